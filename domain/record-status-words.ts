import type { CallRecord } from './call-record.ts';
import type { Sentence } from './outcome-row.ts';

/** Progress of a request whose record has no outcome yet. */
export const RECORD_STATUS_WORDS: Readonly<Record<CallRecord['status'], Sentence>> = {
  claimed: { ja: '受付済み、発信前', en: 'taken, not called yet' },
  calling: { ja: '発信を依頼済み', en: 'asked for' },
  ended: { ja: '終了', en: 'over' },
};
