import type { OutcomeClass, Sentence } from '../../domain/outcome-row.ts';
import { describeEnding, OUTCOMES, type Outcome } from '../../domain/outcomes.ts';

/** How a request ended, for people. */
interface EndingInWords {
  class: OutcomeClass;
  outcome: Sentence;
  reason: Sentence;
}

const TOOK_THE_CALL: Sentence = {
  ja: '留守番電話が応答し、オペレーターにつながりました。お客様とはお話ししていません。',
  en: 'A voicemail answered and reached an agent: nobody spoke with the customer.',
};
const RECORD_CANNOT_TELL: Sentence = {
  ja: '記録上は completed です。数字の 1 を押していただく設定 (connect.pressToConnect) でないと、Amazon Connect は留守番電話を見分けられません。',
  en: 'The record says completed: unless customers press 1 (connect.pressToConnect), Amazon Connect cannot tell a voicemail.',
};

/**
 * How a request of the local stack ended. A record knows only that somebody answered; this machine, which is the phone
 * network too, knows who did. @param voicemail answered the call
 */
export function endingInWords(
  ending: { outcome: Outcome; reason: string },
  voicemail: boolean | undefined,
): EndingInWords {
  const { class: kind } = OUTCOMES[ending.outcome];
  if (voicemail && kind === 'reached') return { class: 'missed', outcome: TOOK_THE_CALL, reason: RECORD_CANNOT_TELL };
  return { class: kind, ...describeEnding(ending) };
}
