import type { OutcomeRow } from './outcome-row.ts';

/** Outcomes of requests that must not be called, whoever could answer. */
export const REFUSALS = {
  invalid_event: {
    class: 'refused',
    failsExecution: false,
    ja: 'イベントの形式が正しくないため、おかけできません。',
    en: 'The event is not a call request.',
    reasons: {
      not_an_object: { ja: 'イベントがオブジェクトではありません。', en: 'The event is not a JSON object.' },
      wrong_envelope: {
        ja: 'イベントそのものではなく、イベントを包む形 (Entries、Records、Message、Detail、または配列) で届きました。',
        en: 'The event arrived inside a wrapper (Entries, Records, Message, Detail or a list).',
      },
      wrong_type: { ja: 'イベントの項目の型が違います。', en: 'A field of the event has the wrong type.' },
      content_missing: { ja: 'detail.content がありません。', en: 'detail.content is missing.' },
      content_not_json: {
        ja: 'detail.content の文字列が JSON ではありません。',
        en: 'detail.content is a string that is not JSON.',
      },
      content_not_an_object: {
        ja: 'detail.content がオブジェクトではありません。',
        en: 'detail.content is not a JSON object.',
      },
      time_unusable: { ja: 'イベントの時刻を読み取れません。', en: "The event's time cannot be read." },
      time_in_future: { ja: 'イベントの時刻が未来です。', en: "The event's time is in the future." },
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
  appointment_refused: {
    class: 'refused',
    failsExecution: false,
    ja: 'ご希望の日時にはおかけできません。',
    en: 'No call can be made at the chosen time (call_at).',
    reasons: {
      not_offered: {
        ja: 'このステージでは、日時を指定したお申し込みを受け付けていません。',
        en: 'The stage offers no appointments: appointments is null in its settings.',
      },
      unreadable: { ja: 'call_at を日時として読み取れません。', en: 'call_at is not an ISO 8601 time.' },
      without_offset: {
        ja: 'call_at に時差 (+09:00 など) がありません。',
        en: 'call_at has no UTC offset, such as +09:00, so it is ambiguous.',
      },
      in_the_past: { ja: 'ご希望の時間帯は、もう終わっています。', en: 'The chosen slot is over.' },
      too_far_ahead: {
        ja: 'ご希望の日時が先すぎます。',
        en: 'The slot is further ahead than appointments.maxDays allows.',
      },
      between_slots: {
        ja: 'ご希望の時刻は、予約枠の始まりではありません。',
        en: 'No slot begins at that time: appointments.slotMinutes sets when slots begin.',
      },
      closed_then: {
        ja: 'ご希望の時間帯は、受付時間外です。',
        en: 'The slot is not entirely within the hours of the queue and the calling hours of the stage.',
      },
      slot_full: { ja: 'ご希望の時間帯は、予約でいっぱいです。', en: 'All places in the slot are taken.' },
      number_has_slot: {
        ja: 'この電話番号は、同じ時間帯に予約済みです。',
        en: 'The number already has an appointment at that time.',
      },
      number_has_enough: {
        ja: 'この電話番号の予約が、上限に達しています。',
        en: 'The number already has as many appointments as allowed.',
      },
    },
  },
  cancelled: {
    class: 'refused',
    failsExecution: false,
    ja: 'お電話は取り消されました。',
    en: 'The call was cancelled before it went out.',
    reasons: {
      by_staff: { ja: '担当者が取り消しました。', en: 'Somebody cancelled it (npm run calls -- cancel).' },
    },
  },
  duplicate: {
    class: 'refused',
    failsExecution: false,
    ja: '同じお申し込みを受付済みです。',
    en: 'The same request was already accepted.',
    reasons: {
      already_claimed: {
        ja: '同じリクエスト ID を別の実行が処理しています。',
        en: 'Another execution has already claimed the request id.',
      },
    },
  },
  signature_refused: {
    class: 'refused',
    failsExecution: false,
    ja: 'お申し込みの正当性を確認できないため、おかけできません。',
    en: 'The request has no valid signature from the company.',
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
    en: 'This telephone number cannot be called.',
    reasons: {
      missing: { ja: '電話番号がありません。', en: 'There is no telephone number.' },
      not_filled_in: {
        ja: '電話番号の変数に値が入っていません。',
        en: 'The KARTE variable for the number was not filled in.',
      },
      impossible: { ja: '電話番号の形式が正しくありません。', en: 'This is not a telephone number.' },
      too_few_digits: { ja: '電話番号の桁が足りません。', en: 'Digits of the number are missing.' },
      too_many_digits: { ja: '電話番号の桁が多すぎます。', en: 'The number has too many digits.' },
      two_numbers: { ja: '電話番号が 2 つ以上入っています。', en: 'There are two or more numbers.' },
      letters_beside: {
        ja: '電話番号の数字のほかに文字が入っています。',
        en: 'The number contains letters as well as digits.',
      },
      signs_beside: {
        ja: '電話番号の数字のほかに、区切りではない記号が入っています。',
        en: 'The number contains symbols that are not separators.',
      },
      extension_beside: { ja: '電話番号に内線番号が付いています。', en: 'The number has an extension.' },
      plus_before_zero: {
        ja: '+ の直後が 0 で、国番号がありません。',
        en: 'A + is followed by a 0 instead of a country code.',
      },
      emergency: { ja: '緊急通報の番号にはおかけできません。', en: 'This is an emergency number.' },
      special_service: { ja: '特別なサービス用の番号にはおかけできません。', en: 'This is a special service number.' },
      toll_free: { ja: 'フリーダイヤルの番号にはおかけできません。', en: 'This is a toll-free number.' },
      shared_cost: {
        ja: 'ナビダイヤルなど、0570 の番号にはおかけできません。',
        en: 'This is a shared-cost number (0570).',
      },
      premium_rate: { ja: '情報料のかかる番号にはおかけできません。', en: 'This is a premium-rate number.' },
      machine: { ja: '020 で始まる番号にはおかけできません。', en: 'This is the number of a machine or pager (020).' },
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
    en: 'This number is on the block list.',
    reasons: {
      blocked: { ja: '担当者が発信を禁止した番号です。', en: 'Somebody blocked this number.' },
      opted_out: { ja: 'お客様がお電話を希望されていません。', en: 'The customer asked not to be called.' },
    },
  },
  number_held: {
    class: 'refused',
    failsExecution: false,
    ja: '同じ電話番号のお申し込みを受付済みです。',
    en: 'The number already has another request, or was called a moment ago.',
    reasons: {
      live_request: {
        ja: '同じ電話番号の別のお申し込みを処理しています。',
        en: 'Another request for this number is under way.',
      },
      cool_down: {
        ja: 'この電話番号へのお電話が、終わったばかりです。',
        en: 'A call to this number has just ended: the cool-down of the stage, or the short pause after a missed call.',
      },
      another_since: {
        ja: 'この電話番号について、その後、別のお申し込みがありました。',
        en: 'A further call was planned, but another request for this number has come in since.',
      },
    },
  },
  not_tried_again: {
    class: 'refused',
    failsExecution: false,
    ja: 'もう一度おかけする必要がなくなりました。',
    en: 'A further call was planned but not made.',
    reasons: {
      reached_meanwhile: {
        ja: '前のお電話がつながっていたと分かったか、結果が不明になりました。',
        en: 'The previous call turned out to have been answered, or its result is no longer certain.',
      },
      called_back: {
        ja: 'お客様から、すでにお電話をいただいています。',
        en: "A call from the customer's number has come in since.",
      },
      stopped_meanwhile: {
        ja: '前のお電話の後に、担当者が発信を停止しました。',
        en: 'Somebody stopped calling after the previous call (npm run calls -- stop).',
      },
    },
  },
  limit_reached: {
    class: 'refused',
    failsExecution: false,
    ja: 'お申し込み数が上限に達したため、おかけできません。',
    en: 'A limit of the stage has been reached.',
    reasons: {
      tries_per_day: {
        ja: 'つながらなかったお電話の回数が、本日の上限に達しました。',
        en: 'Too many calls to this number went unanswered today.',
      },
      number_per_day: {
        ja: 'この電話番号への本日の発信回数が上限に達しました。',
        en: 'Too many calls to this number today.',
      },
      calls_per_day: { ja: '本日の発信回数が上限に達しました。', en: 'Too many calls from the stage today.' },
      requests_per_minute: {
        ja: '1 分あたりの受付数が上限に達しました。',
        en: 'Too many requests to the stage in this minute.',
      },
    },
  },
} as const satisfies Record<string, OutcomeRow>;
