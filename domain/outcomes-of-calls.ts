import type { OutcomeRow } from './outcome-row.ts';

/** Outcomes of a call that Amazon Connect accepted: `call_placed` until its end is known, then one of the others. */
export const CALL_OUTCOMES = {
  call_placed: {
    class: 'placed',
    failsExecution: false,
    ja: 'Amazon Connect に発信を依頼しました。',
    en: 'The call was handed to Amazon Connect.',
    reasons: {
      accepted: { ja: '結果はまだ分かっていません。', en: 'Its result is not known yet.' },
    },
  },
  completed: {
    class: 'reached',
    failsExecution: false,
    ja: 'お客様がオペレーターとお話しになりました。',
    en: 'The customer spoke with an agent.',
    reasons: {
      agent_connected: { ja: 'オペレーターにつながりました。', en: 'The call reached an agent.' },
    },
  },
  abandoned: {
    class: 'missed',
    failsExecution: false,
    ja: '応答はありましたが、オペレーターにつながる前に終わりました。',
    en: 'The call was answered and ended before an agent took it.',
    reasons: {
      before_queue: { ja: '案内の途中で終わりました。', en: 'It ended during the announcements.' },
      in_queue: {
        ja: 'オペレーターを待っている間に終わりました。',
        en: 'It ended while the customer waited for an agent.',
      },
      flow_hung_up: {
        ja: 'コンタクトフローが通話を終えました (受付時間外・満員・エラーなど)。',
        en: 'The contact flow hung up: queue closed or full, nobody at work, or an error.',
      },
      wants_call_back: {
        ja: 'お待ちいただいている間に、折り返しのお電話を希望されました。',
        en: 'While waiting for an agent, the customer asked to be called back.',
      },
    },
  },
  no_key_pressed: {
    class: 'missed',
    failsExecution: false,
    ja: '応答はありましたが、数字の 1 が押されませんでした。',
    en: 'The call was answered, but nobody pressed 1.',
    reasons: {
      no_key: {
        ja: '留守番電話だったか、ボタン操作がありませんでした。',
        en: 'It was a voicemail, or somebody who pressed another key or none.',
      },
    },
  },
  not_answered: {
    class: 'missed',
    failsExecution: false,
    ja: 'お客様の応答がありませんでした。',
    en: 'Nobody answered the phone.',
    reasons: {
      rang_out: { ja: '呼び出しましたが、応答がありませんでした。', en: 'The phone rang, but nobody answered.' },
      never_connected: {
        ja: 'つながりませんでした。理由は通知されていません。',
        en: 'The call never connected, and Amazon Connect gave no reason.',
      },
    },
  },
  busy: {
    class: 'missed',
    failsExecution: false,
    ja: 'お話し中か、着信が拒否されました。',
    en: 'The line was busy, or the call was declined.',
    reasons: {
      line_busy: {
        ja: 'お話し中でした。',
        en: 'Amazon Connect reported a busy line; a declined call may look the same.',
      },
    },
  },
  failed_to_connect: {
    class: 'missed',
    failsExecution: false,
    ja: '呼び出しに至らず、つながりませんでした。',
    en: 'The call failed before the phone rang.',
    reasons: {
      network: { ja: '電話網または事業者のエラーです。', en: 'A network or carrier error.' },
      number_unreachable: {
        ja: '使われていない番号か、電源が入っていないか、電波の届かない所にあります。',
        en: 'The number is not in use, or the phone is switched off or out of reach.',
      },
    },
  },
  lost: {
    class: 'missed',
    failsExecution: false,
    ja: '発信した電話の結果が分かりません。',
    en: 'The result of the call is unknown.',
    reasons: {
      no_sign: {
        ja: '通知がなく、Amazon Connect に問い合わせても分かりませんでした。',
        en: 'No event reported it, and Amazon Connect could not tell when asked.',
      },
    },
  },
} as const satisfies Record<string, OutcomeRow>;
