import type { Sentence } from '../../domain/outcome-row.ts';
import type { Outcome } from '../../domain/outcomes.ts';
import { MINUTES_OF_A_CALL } from '../prices.ts';

/** Names of lines that several widgets share: short, for legends. */
export const WORDS = {
  asked: { ja: 'お申し込み', en: 'asked' },
  called: { ja: '発信', en: 'called' },
  reached: { ja: 'オペレーターに接続', en: 'reached an agent' },
  waiting: { ja: '順番待ち', en: 'waiting' },
  lines: { ja: '使用中の回線', en: 'lines in use' },
  agents: { ja: '対応可能なオペレーター (確保済みを含む)', en: 'agents available, with those reserved' },
} as const satisfies Record<string, Sentence>;

/** Ends of calls: the sentences of the outcomes are too long for a legend. */
export const CALL_WORDS: Readonly<Partial<Record<Outcome, Sentence>>> = {
  completed: WORDS.reached,
  abandoned: { ja: '途中で切断', en: 'hung up before' },
  no_key_pressed: { ja: '1 が押されず', en: 'no key pressed' },
  not_answered: { ja: '応答なし', en: 'not answered' },
  busy: { ja: 'お話し中', en: 'busy' },
  failed_to_connect: { ja: 'つながらず', en: 'not connected' },
  lost: { ja: '結果不明', en: 'not known' },
};

export const TITLES = {
  now: { ja: '現在の状況', en: 'Now' },
  cost: {
    ja: `1 日の費用 (米ドル、概算: 通話を ${MINUTES_OF_A_CALL} 分として計算)`,
    en: `Cost of the day (USD, an estimate: calls of ${MINUTES_OF_A_CALL} min)`,
  },
  /** Amazon Connect cannot detect a voicemail, unless customers are asked to press 1 (connect.pressToConnect). */
  funnel: {
    ja: 'お申し込みから通話まで (1 を押す設定でなければ留守番電話を含む)',
    en: 'From request to conversation (voicemails count, unless customers press 1)',
  },
  reasons: { ja: 'おかけしなかった理由 (多い順)', en: 'Why nobody was called (most first)' },
  requests: { ja: 'お申し込みと発信の推移', en: 'Requests and calls over time' },
  ends: { ja: 'お電話の結果', en: 'How calls ended' },
  toPlaced: { ja: 'お申し込みから発信まで', en: 'From the click to the call' },
  toRing: { ja: 'お申し込みから呼び出しまで', en: 'From the click to the ring' },
  toAgent: { ja: '応答からオペレーターまで', en: 'From pick-up to the agent' },
  busy: { ja: 'オペレーター・回線・順番待ち', en: 'Agents, lines and who waits' },
  errors: { ja: 'エラー', en: 'Errors' },
  deadLetters: { ja: '届かなかったイベント (デッドレター)', en: 'Dead letters' },
} as const satisfies Record<string, Sentence>;
