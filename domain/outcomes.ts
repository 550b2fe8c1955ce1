import type { OutcomeRow, Sentence } from './outcome-row.ts';
import { CALL_OUTCOMES } from './outcomes-of-calls.ts';

/**
 * The one table of how a request can end, and how its call did. The call record, the alarms, the runbook and the tests are
 * derived from it or checked against it. Which error leads to which ending: errors.ts; which call: call-life.ts.
 */

export const OUTCOMES = {
  ...CALL_OUTCOMES,
  invalid_event: {
    class: 'refused',
    failsExecution: false,
    ja: 'イベントの形式が正しくないため、おかけできません。',
    en: 'The event is not a call request.',
    reasons: {
      not_an_object: { ja: 'イベントがオブジェクトではありません。', en: 'The event is not a JSON object.' },
      wrong_type: { ja: 'イベントの項目の型が違います。', en: 'A field of the event has the wrong type.' },
      content_missing: { ja: 'detail.content がありません。', en: 'detail.content is missing.' },
      content_not_json: {
        ja: 'detail.content の文字列が JSON ではありません。',
        en: 'detail.content is text that is not JSON.',
      },
      content_not_an_object: {
        ja: 'detail.content がオブジェクトではありません。',
        en: 'detail.content is not a JSON object.',
      },
      time_unusable: { ja: 'イベントの時刻を読み取れません。', en: "The event's time cannot be read." },
      time_in_future: { ja: 'イベントの時刻が未来です。', en: "The event's time lies in the future." },
    },
  },
  stale: {
    class: 'refused',
    failsExecution: false,
    ja: 'お申し込みから時間が経ちすぎたため、おかけしません。',
    en: 'The request is older than the stage allows.',
    reasons: {
      too_old: { ja: 'イベントが届くまでに時間がかかりすぎました。', en: 'The event arrived too late.' },
    },
  },
  duplicate: {
    class: 'refused',
    failsExecution: false,
    ja: '同じお申し込みを受付済みです。',
    en: 'The same request was already taken.',
    reasons: {
      already_claimed: {
        ja: '同じリクエスト ID を別の実行が処理しています。',
        en: 'Another execution holds the same request id.',
      },
    },
  },
  signature_refused: {
    class: 'refused',
    failsExecution: false,
    ja: 'お申し込みの正当性を確認できないため、おかけできません。',
    en: "The request does not carry the firm's own signature.",
    reasons: {
      missing: { ja: '署名 (call_token) がありません。', en: 'There is no call_token.' },
      malformed: { ja: '署名の形式が正しくありません。', en: 'The call_token cannot be read.' },
      expired: { ja: '署名の有効期限が切れています。', en: 'The call_token has expired.' },
      wrong: {
        ja: '署名がこの電話番号と合いません。',
        en: 'The call_token was not issued for this number with a key of this stage.',
      },
      already_used: { ja: '署名は使用済みです。', en: 'The call_token was used by another request.' },
    },
  },
  number_refused: {
    class: 'refused',
    failsExecution: false,
    ja: 'この電話番号にはおかけできません。',
    en: 'This telephone number is not called.',
    reasons: {
      missing: { ja: '電話番号を入力してください。', en: 'There is no telephone number.' },
      not_filled_in: {
        ja: '電話番号の変数に値が入っていません。',
        en: 'The KARTE variable of the number was not filled in.',
      },
      impossible: { ja: '電話番号の形式が正しくありません。', en: 'This is not a telephone number.' },
      letters_beside: {
        ja: '電話番号の数字のほかに文字が入っています。',
        en: 'Letters stand beside the digits of the number.',
      },
      signs_beside: {
        ja: '電話番号の数字のほかに、区切りではない記号が入っています。',
        en: 'Signs that are no separators stand beside the digits of the number.',
      },
      extension_beside: { ja: '電話番号に内線番号が付いています。', en: 'An extension stands behind the number.' },
      plus_before_zero: {
        ja: '+ のすぐ後が 0 です。国番号がありません。',
        en: 'A + stands in front of a 0, where a country code belongs.',
      },
      emergency: { ja: '緊急通報の番号にはおかけできません。', en: 'This is an emergency number.' },
      special_service: { ja: '特殊なサービスの番号にはおかけできません。', en: 'This is a special service number.' },
      toll_free: { ja: 'フリーダイヤルの番号にはおかけできません。', en: 'This is a toll-free number.' },
      shared_cost: {
        ja: 'ナビダイヤルなど、0570 の番号にはおかけできません。',
        en: 'This is a shared-cost number (0570).',
      },
      premium_rate: { ja: '情報料のかかる番号にはおかけできません。', en: 'This is a premium-rate number.' },
      machine: { ja: '020 で始まる番号にはおかけできません。', en: 'This number belongs to a machine or pager (020).' },
      country_not_allowed: {
        ja: 'この国・地域の電話番号にはおかけできません。',
        en: 'The country of this number is not allowed in this stage.',
      },
      type_not_allowed: {
        ja: 'この種類の電話番号にはおかけできません。',
        en: 'This kind of number is not allowed in this stage.',
      },
      prefix_not_allowed: {
        ja: 'この番号帯にはおかけできません。',
        en: "The number begins with none of the stage's allowed prefixes.",
      },
      prefix_refused: {
        ja: 'この番号帯にはおかけできません。',
        en: "The number begins with one of the stage's refused prefixes.",
      },
      example_number: {
        ja: 'サンプルの電話番号にはおかけできません。',
        en: 'This is the number of the sample events, which only the local stack calls.',
      },
    },
  },
  number_blocked: {
    class: 'refused',
    failsExecution: false,
    ja: 'この電話番号にはおかけしません。',
    en: 'This number is on the list of numbers that are not called.',
    reasons: {
      blocked: { ja: '担当者が発信を禁止した番号です。', en: 'Somebody blocked this number.' },
      opted_out: { ja: 'お客様が発信を希望されていません。', en: 'The customer asked not to be called.' },
    },
  },
  number_held: {
    class: 'refused',
    failsExecution: false,
    ja: '同じ電話番号のお申し込みを受付済みです。',
    en: 'The same number has a request already, or was called a moment ago.',
    reasons: {
      live_request: {
        ja: '同じ電話番号の別のお申し込みを処理しています。',
        en: 'Another request for this number is under way.',
      },
      cool_down: {
        ja: 'この電話番号へのお電話が、先ほど終わったばかりです。',
        en: 'A call to this number was over a moment ago: the cool-down of the stage, or the short pause after a missed call.',
      },
    },
  },
  limit_reached: {
    class: 'refused',
    failsExecution: false,
    ja: 'お申し込み数が上限に達したため、おかけできません。',
    en: 'A limit of the stage is used up.',
    reasons: {
      tries_per_day: {
        ja: 'つながらなかったお電話の回数が、本日の上限に達しました。',
        en: 'Calls to this number today that nobody answered.',
      },
      number_per_day: { ja: 'この電話番号への本日の発信回数が上限に達しました。', en: 'Calls to this number today.' },
      calls_per_day: { ja: '本日の発信回数が上限に達しました。', en: 'Calls of the stage today.' },
      requests_per_minute: {
        ja: '1 分あたりの受付数が上限に達しました。',
        en: 'Requests of the stage in this minute.',
      },
    },
  },
  calling_disabled: {
    class: 'unavailable',
    failsExecution: false,
    ja: 'ただいま発信を停止しています。',
    en: 'Calling is switched off for the stage.',
    reasons: {
      stopped: { ja: '担当者が発信を停止しました。', en: 'Somebody stopped calling (npm run calls -- stop).' },
    },
  },
  queue_closed: {
    class: 'unavailable',
    failsExecution: false,
    ja: '営業時間外のため、おかけできません。',
    en: "The queue's opening hours say closed.",
    reasons: {
      outside_opening_hours: {
        ja: 'キューの営業時間外か、休業日です。',
        en: 'Now is outside the opening hours of the queue, overrides included.',
      },
      outside_calling_hours: {
        ja: 'お電話をおかけしてよい時間帯ではありません。',
        en: "Now is outside the stage's calling hours.",
      },
      closed_meanwhile: {
        ja: 'お待ちいただいている間に、受付時間が終わりました。',
        en: 'The queue or the calling hours closed while the request waited.',
      },
      opens_too_late: {
        ja: '次の営業開始までの時間が、お待ちいただける上限を超えています。',
        en: 'The next opening lies beyond the longest delay of the stage.',
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
        en: 'No agent, no line and turn became free before the deadline.',
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
    en: 'A request that waited for the opening was not called after it.',
    reasons: {
      not_in_time: {
        ja: '営業開始後の期限までに、対応できるオペレーターが見つかりませんでした。',
        en: 'No agent, no line and no turn became free within whenClosed.callWithinSeconds of the opening.',
      },
      closed_again: {
        ja: 'おかけする前に、受付時間が再び終わったか、キューが無効になりました。',
        en: 'The queue closed again, was disabled, or the calling hours ended before the call could go out.',
      },
    },
  },
  throttled: {
    class: 'failed',
    failsExecution: true,
    ja: 'Amazon Connect の API 呼び出し回数の上限に達したため、おかけできませんでした。',
    en: 'The API rate of Amazon Connect stayed exceeded until the deadline.',
    reasons: {
      api_rate: {
        ja: 'StartOutboundVoiceContact の毎秒の上限に達しました。',
        en: 'The rate quota of StartOutboundVoiceContact.',
      },
    },
  },
  capacity_exhausted: {
    class: 'failed',
    failsExecution: true,
    ja: '同時通話数などの上限に達したため、おかけできませんでした。',
    en: 'A quota of Amazon Connect (such as calls at once) stayed used up until the deadline.',
    reasons: {
      quota: {
        ja: 'インスタンスの上限 (同時通話数など) に達しました。',
        en: 'A quota of the instance, such as calls at once.',
      },
    },
  },
  destination_not_allowed: {
    class: 'failed',
    failsExecution: true,
    ja: 'この国・地域への発信が Amazon Connect で許可されていません。',
    en: 'The Connect instance may not call this country or kind of number.',
    reasons: {
      country_not_enabled: {
        ja: 'インスタンスの発信可能な国の設定を確認してください。',
        en: 'Check the countries the instance may call.',
      },
    },
  },
  outbound_not_permitted: {
    class: 'failed',
    failsExecution: true,
    ja: 'Amazon Connect で発信が有効になっていません。',
    en: 'Outbound calls are not enabled for the Connect instance.',
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
        ja: '発信元番号・コンタクトフロー・キューの設定を確認してください。',
        en: 'Check the source number, the contact flow and the queue in the stage settings.',
      },
      resource_not_found: {
        ja: 'インスタンス・フロー・キューの ID が見つかりません。',
        en: 'The id of the instance, flow or queue is unknown to Amazon Connect.',
      },
    },
  },
  access_denied: {
    class: 'failed',
    failsExecution: true,
    ja: '権限が不足しているため、おかけできませんでした。',
    en: 'The function may not use Amazon Connect.',
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
      connect_unavailable: { ja: 'Amazon Connect が応答しません。', en: 'Amazon Connect does not answer.' },
      function_failed: { ja: 'ステップ CheckQueue が失敗しました。', en: 'The step CheckQueue failed.' },
    },
  },
  call_unconfirmed: {
    class: 'failed',
    failsExecution: true,
    ja: '発信できたかどうかを確認できませんでした。',
    en: 'Whether the call went out is unknown; it is not tried again.',
    reasons: {
      connect_unavailable: {
        ja: 'Amazon Connect から応答がありませんでした。',
        en: 'Amazon Connect gave no answer, which does not prove that no call was placed.',
      },
      function_failed: { ja: 'ステップ StartCall が失敗しました。', en: 'The step StartCall failed.' },
      execution_ended: {
        ja: '発信を依頼している間に、処理が打ち切られました。',
        en: 'The execution was aborted or timed out while the call was being asked for.',
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
      execution_aborted: { ja: '処理が中止されました。', en: 'The execution was aborted.' },
      execution_timed_out: { ja: '処理の制限時間を過ぎました。', en: 'The execution ran into its time limit.' },
      execution_failed: { ja: '処理そのものが失敗しました。', en: 'The execution itself failed.' },
    },
  },
} as const satisfies Record<string, OutcomeRow>;

export type Outcome = keyof typeof OUTCOMES;

/** The reasons that belong to outcome `O`. */
export type ReasonOf<O extends Outcome> = keyof (typeof OUTCOMES)[O]['reasons'] & string;

/** Outcomes of requests that became a call. */
export type CallOutcome = keyof typeof CALL_OUTCOMES;

/** Only where it is certain that no phone rang may the number be called again at once. */
export const mayHaveRung = (outcome: Outcome): boolean =>
  Object.hasOwn(CALL_OUTCOMES, outcome) || outcome === 'call_unconfirmed';

/** How a request ends: an outcome with one of its own reasons. */
export type Ending = { [O in Outcome]: { outcome: O; reason: ReasonOf<O> } }[Outcome];

/** The sentences of an ending: the outcome's own, then the reason's. */
export function describeEnding(ending: { outcome: Outcome; reason: string }): { outcome: Sentence; reason: Sentence } {
  const row: OutcomeRow = OUTCOMES[ending.outcome];
  return { outcome: { ja: row.ja, en: row.en }, reason: row.reasons[ending.reason] ?? { ja: row.ja, en: row.en } };
}

/** Where the runbook explains the outcome. */
export const runbookAnchor = (outcome: Outcome): string => `docs/runbook.md#${outcome}`;
