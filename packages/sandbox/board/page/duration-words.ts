import type { Sentence } from '../../../../domain/outcome-row.ts';

const SHORT_MS = 10_000;

/** `0.3 s`, `32 s`, `3 min 5 s`, `2 h 5 min`: the stack runs faster than real time, so tenths of short times matter. */
export function durationInWords(ms: number): Sentence {
  if (ms % 1_000 !== 0 && ms < SHORT_MS - 50) return inUnits([[(ms / 1_000).toFixed(1), SECONDS]]);
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return inUnits([[hours, HOURS], ...rest(minutes % 60, MINUTES)]);
  if (minutes > 0) return inUnits([[minutes, MINUTES], ...rest(seconds % 60, SECONDS)]);
  return inUnits([[seconds, SECONDS]]);
}

const SECONDS: Sentence = { ja: '秒', en: 's' };
const MINUTES: Sentence = { ja: '分', en: 'min' };
const HOURS: Sentence = { ja: '時間', en: 'h' };

const rest = (count: number, unit: Sentence): [number, Sentence][] => (count === 0 ? [] : [[count, unit]]);

const inUnits = (parts: readonly [number | string, Sentence][]): Sentence => ({
  ja: parts.map(([count, { ja }]) => `${count} ${ja}`).join(' '),
  en: parts.map(([count, { en }]) => `${count} ${en}`).join(' '),
});
