import type { OutcomeRow, Sentence } from './outcome-row.ts';
import { CALL_OUTCOMES } from './outcomes-of-calls.ts';
import { REFUSALS } from './outcomes-of-refusals.ts';

/**
 * All endings of requests and their calls. The call record, the alarms, the runbook and the tests are derived from this table or
 * checked against it. Which error leads to which ending: errors.ts; which call: call-outcome.ts.
 */

export const OUTCOMES = {
  ...CALL_OUTCOMES,
  ...REFUSALS,
  calling_disabled: {
    class: 'unavailable',
    failsExecution: false,
    ja: 'ただいま発信を停止しています。',
    en: 'Calling is stopped for the stage.',
    reasons: {
      stopped: { ja: '担当者が発信を停止しました。', en: 'Somebody stopped calling (npm run calls -- stop).' },
    },
  },
  queue_closed: {
    class: 'unavailable',
    failsExecution: false,
    ja: '営業時間外のため、おかけできません。',
    en: 'It is outside opening or calling hours.',
    reasons: {
      outside_opening_hours: {
        ja: 'キューの営業時間外か、休業日です。',
        en: 'It is outside the opening hours of the queue, overrides included.',
      },
      outside_calling_hours: {
        ja: 'お電話をおかけしてよい時間帯ではありません。',
        en: "It is outside the stage's calling hours.",
      },
      closed_meanwhile: {
        ja: 'お待ちいただいている間に、受付時間が終わりました。',
        en: 'The queue closed or the calling hours ended while the request was waiting.',
      },
      opens_too_late: {
        ja: '次の営業開始までの時間が、お待ちいただける上限を超えています。',
        en: 'The wait until the next opening is longer than the stage allows.',
      },
    },
  },
  queue_disabled: {
    class: 'unavailable',
    failsExecution: false,
    ja: 'ただいま受付を停止しています。',
    en: 'The queue is disabled in Amazon Connect.',
    reasons: { disabled: { ja: 'キューが無効になっています。', en: 'The status of the queue is DISABLED.' } },
  },
  no_agents_available: {
    class: 'unavailable',
    failsExecution: false,
    ja: 'ただいま対応できるオペレーターがおりません。',
    en: 'No agent is free to answer.',
    reasons: {
      waited_in_vain: {
        ja: '期限までに、対応できるオペレーターが見つかりませんでした。',
        en: 'No agent, line or turn became free before the deadline.',
      },
    },
  },
  expired: {
    class: 'unavailable',
    failsExecution: false,
    ja: 'お待ちいただく時間が長くなりすぎたため、おかけしません。',
    en: 'The deadline passed before the call could go out.',
    reasons: {
      deadline_passed: { ja: 'お電話の期限を過ぎました。', en: 'The deadline of the request has passed.' },
    },
  },
  deferred_in_vain: {
    class: 'failed',
    failsExecution: true,
    ja: '営業開始後におかけする予定でしたが、おかけできませんでした。',
    en: 'A call that was deferred until the next opening was not placed.',
    reasons: {
      not_in_time: {
        ja: '営業開始後の期限までに、対応できるオペレーターが見つかりませんでした。',
        en: 'No agent, line or turn became free within whenClosed.callWithinSeconds of the opening.',
      },
      closed_again: {
        ja: 'おかけする前に、受付時間が再び終わったか、キューが無効になりました。',
        en: 'Before the call could go out, the queue closed again or was disabled, or the calling hours ended.',
      },
    },
  },
  appointment_missed: {
    class: 'failed',
    failsExecution: true,
    ja: 'お約束した日時に、お電話をおかけできませんでした。',
    en: 'A call that was promised for a certain time was not placed.',
    reasons: {
      not_in_time: {
        ja: '期限までに、対応できるオペレーターが見つかりませんでした。',
        en: 'No agent, line or turn became free before the deadline, which is counted from the promised time.',
      },
      closed_when_due: {
        ja: 'お約束の日時に、キューが営業時間外か無効でした。',
        en: 'When the call was due, the queue was closed or disabled, or it was outside the calling hours.',
      },
      stopped: {
        ja: 'お約束の日時に、担当者が発信を停止していました。',
        en: 'Calling was stopped when the call was due (npm run calls -- stop).',
      },
      limit_used_up: {
        ja: 'お約束の日の発信回数が、上限に達していました。',
        en: "The day's limit of calls had been reached when the call was due.",
      },
      number_held: {
        ja: 'お約束の日時に、同じ電話番号の別のお申し込みを処理していたか、お電話が終わったばかりでした。',
        en: 'When the call was due, another request for the number was under way, or a call to it had just ended.',
      },
    },
  },
  call_back_in_vain: {
    class: 'failed',
    failsExecution: true,
    ja: '折り返しのお電話をお約束しましたが、おかけできませんでした。',
    en: 'A customer who was promised a call-back was not called back.',
    reasons: {
      not_in_time: {
        ja: '期限までに、対応できるオペレーターが見つかりませんでした。',
        en: 'No agent, line or turn became free within offerCallBack.callWithinSeconds.',
      },
      closed: {
        ja: 'おかけする前に、受付時間が終わったか、キューが無効になりました。',
        en: 'Before the call could go out, the queue closed or was disabled, or the calling hours ended.',
      },
      limit: {
        ja: '発信回数の上限に達していました。',
        en: 'A limit of calls had been reached.',
      },
      stopped: {
        ja: 'おかけするときに、担当者が発信を停止していました。',
        en: 'Calling was stopped when the call was to go out (npm run calls -- stop).',
      },
      wish_unknown: {
        ja: 'お待ちいただいたお電話がどう終わったか分からず、折り返しをご希望だった可能性があります。',
        en: 'The result of the call in which the call-back was offered is unknown: the customer may have accepted.',
      },
      request_unknown: {
        ja: '最初のお申し込みの内容が残っていないため、おかけできません。',
        en: 'Step Functions no longer has the original request.',
      },
    },
  },
  throttled: {
    class: 'failed',
    failsExecution: true,
    ja: 'Amazon Connect の API 呼び出し回数の上限に達したため、おかけできませんでした。',
    en: 'The API rate limit of Amazon Connect was exceeded until the deadline.',
    reasons: {
      api_rate: {
        ja: 'StartOutboundVoiceContact の毎秒の上限に達しました。',
        en: 'The rate quota of StartOutboundVoiceContact was exceeded.',
      },
    },
  },
  capacity_exhausted: {
    class: 'failed',
    failsExecution: true,
    ja: '同時通話数などの上限に達したため、おかけできませんでした。',
    en: 'A quota of Amazon Connect (such as concurrent calls) stayed used up until the deadline.',
    reasons: {
      quota: {
        ja: 'インスタンスの上限 (同時通話数など) に達しました。',
        en: 'A quota of the instance, such as concurrent calls, was used up.',
      },
    },
  },
  destination_not_allowed: {
    class: 'failed',
    failsExecution: true,
    ja: 'この国・地域への発信が Amazon Connect で許可されていません。',
    en: 'The Amazon Connect instance is not allowed to call this country or kind of number.',
    reasons: {
      country_not_enabled: {
        ja: 'インスタンスで発信を許可している国を確認してください。',
        en: 'Check which countries the instance is allowed to call.',
      },
    },
  },
  outbound_not_permitted: {
    class: 'failed',
    failsExecution: true,
    ja: 'Amazon Connect で発信が有効になっていません。',
    en: 'Outbound calls are not enabled for the Amazon Connect instance.',
    reasons: {
      outbound_disabled: {
        ja: 'インスタンスの発信 (アウトバウンド) を有効にしてください。',
        en: 'Enable outbound calls in the telephony settings of the instance.',
      },
    },
  },
  misconfigured: {
    class: 'failed',
    failsExecution: true,
    ja: '設定に誤りがあるため、おかけできませんでした。',
    en: 'Amazon Connect refused the request: a setting of the stage is wrong.',
    reasons: {
      request_rejected: {
        ja: '発信元の電話番号・コンタクトフロー・キューの設定を確認してください。',
        en: 'Check the source number, the contact flow and the queue in the stage settings.',
      },
      resource_not_found: {
        ja: 'インスタンス・フロー・キューの ID が見つかりません。',
        en: 'Amazon Connect does not know the id of the instance, flow or queue.',
      },
      no_source_number: {
        ja: '発信元の電話番号が、まだ設定されていません。',
        en: 'The settings have no number to call from yet.',
      },
      ids_missing: {
        ja: 'デプロイで書き込まれるはずの ID (インスタンス・フロー・キュー) がないか、正しくありません。',
        en: 'The ids that a deployment writes (instance, flow, queues) are missing or wrong.',
      },
    },
  },
  access_denied: {
    class: 'failed',
    failsExecution: true,
    ja: '権限が不足しているため、おかけできませんでした。',
    en: 'The function is not allowed to use Amazon Connect.',
    reasons: {
      not_authorized: { ja: 'IAM ロールの権限を確認してください。', en: 'Check the IAM role of the function.' },
    },
  },
  queue_unreadable: {
    class: 'failed',
    failsExecution: true,
    ja: 'キューの状態を確認できないため、おかけしませんでした。',
    en: 'The state of the queue could not be read, so nobody was called.',
    reasons: {
      connect_unavailable: { ja: 'Amazon Connect が応答しません。', en: 'Amazon Connect did not respond.' },
      function_failed: {
        ja: 'ステップ CheckQueue か BookAppointment が失敗しました。',
        en: 'The step CheckQueue or BookAppointment failed.',
      },
    },
  },
  call_unconfirmed: {
    class: 'failed',
    failsExecution: true,
    ja: '発信できたかどうかを確認できませんでした。',
    en: 'It is unknown whether the call went out; it is not tried again.',
    reasons: {
      connect_unavailable: {
        ja: 'Amazon Connect から応答がありませんでした。',
        en: 'Amazon Connect did not respond, but the call may have been placed.',
      },
      function_failed: { ja: 'ステップ StartCall が失敗しました。', en: 'The step StartCall failed.' },
      execution_ended: {
        ja: '発信を依頼している間に、処理が打ち切られました。',
        en: 'The execution was aborted or timed out while the call was being requested.',
      },
    },
  },
  internal_error: {
    class: 'failed',
    failsExecution: true,
    ja: 'システムの不具合により、おかけできませんでした。',
    en: 'A part of this system failed before the call.',
    reasons: {
      function_failed: { ja: '関数が失敗しました。', en: 'A function failed.' },
      ids_unreadable: {
        ja: 'デプロイで書き込まれた ID を読み取れませんでした。',
        en: 'The ids that the deployment wrote could not be read.',
      },
      execution_aborted: { ja: '処理が中止されました。', en: 'The execution was aborted.' },
      execution_timed_out: { ja: '処理の制限時間を過ぎました。', en: 'The execution timed out.' },
      execution_failed: { ja: '処理そのものが失敗しました。', en: 'The execution itself failed.' },
    },
  },
} as const satisfies Record<string, OutcomeRow>;

export type Outcome = keyof typeof OUTCOMES;

/** The reasons that belong to outcome `O`. */
export type ReasonOf<O extends Outcome> = keyof (typeof OUTCOMES)[O]['reasons'] & string;

/** Outcomes of requests that became a call. */
export type CallOutcome = keyof typeof CALL_OUTCOMES;

/** Only if certainly no phone rang may the number be called again at once. */
export const mayHaveRung = (outcome: Outcome): boolean =>
  Object.hasOwn(CALL_OUTCOMES, outcome) || outcome === 'call_unconfirmed';

/** How a request ends: an outcome with one of its own reasons. */
export type Ending = { [O in Outcome]: { outcome: O; reason: ReasonOf<O> } }[Outcome];

/** The sentences of an ending: the outcome's own, then the reason's. */
export function describeEnding(ending: { outcome: Outcome; reason: string }): { outcome: Sentence; reason: Sentence } {
  const row: OutcomeRow = OUTCOMES[ending.outcome];
  return { outcome: { ja: row.ja, en: row.en }, reason: row.reasons[ending.reason] ?? { ja: row.ja, en: row.en } };
}

/** The runbook section of the outcome. */
export const runbookAnchor = (outcome: Outcome): string => `docs/runbook.md#${outcome}`;
