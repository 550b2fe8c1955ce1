import type { Sentence } from '../../../../domain/outcome-row.ts';
import { zoneName } from '../../../../domain/wall-clock.ts';
import type { DashboardView } from '../dashboard-protocol.ts';

/** Texts of the dashboard page, besides the titles of the widgets. */
export const DASHBOARD_TEXTS = {
  title: { ja: 'ダッシュボード', en: 'Dashboard' },
  intro: {
    ja: '各ステージの CloudWatch ダッシュボードと同じ内容を、このパソコンで動く関数の計測値で表示しています。',
    en: 'The CloudWatch dashboard of every stage, drawn from the metrics of the functions on this machine.',
  },
  loading: { ja: '値を読み込んでいます…', en: 'Loading the values…' },
  lost: {
    ja: 'サーバーから応答がありません (npm start が動いているかご確認ください)。表示は最後に受け取った値です。',
    en: 'The server does not answer (is npm start still running?). These are the last values.',
  },
  none: { ja: 'まだ値がありません。', en: 'No values yet.' },
  noneOfKind: { ja: 'まだ 1 件もありません。', en: 'None yet.' },
  elsewhere: { ja: 'AWS でのみ計測', en: 'measured in AWS only' },
  reason: { ja: '理由', en: 'Reason' },
  count: { ja: '件数', en: 'Count' },
} as const satisfies Record<string, Sentence>;

/** @param speed how many times faster than real time the stack lives */
export const timesFasterHere = (speed: number): Sentence => ({
  ja: `待ち時間は実際の 1/${speed}`,
  en: `waits are ${speed} times shorter than in real time`,
});

/** @param count of voicemails that took an agent today */
export const voicemailsHere = (count: number): Sentence => ({
  ja: `「オペレーターに接続」には、今日の留守番電話 ${count} 件も数えています (CloudWatch では区別できません)。発信ボードでは「つながらなかった」に数えます。`,
  en: `“Reached an agent” counts ${count} of today's voicemails too, which CloudWatch cannot recognise: the call board counts them as not reached.`,
});

const MINUTE_MS = 60_000;

/** The period of the values. */
export function valuesSince({ stage, periodMs, periods, timeZone }: DashboardView): Sentence {
  const minutes = (periodMs * periods) / MINUTE_MS;
  const zone = zoneName(timeZone);
  return {
    ja: `ステージ ${stage}、直近 ${minutes} 分 (${zone})`,
    en: `Stage ${stage}, the last ${minutes} min (${zone})`,
  };
}
