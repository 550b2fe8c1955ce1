import { expect, it } from 'vitest';
import { timeText, zoneText } from '../browser/time-text.ts';

const NOW = Date.parse('2026-11-28T00:30:00+09:00');

/** Without the zone, which depends on the clock of this machine. */
const withoutZone = (text: string, time: string, language: 'ja' | 'en') => text.replace(zoneText(time, language), '');

it.each([
  ['2026-11-30T09:00:00+09:00', 'ja', '11月30日（月）9:00'],
  ['2026-11-28T18:00:00+09:00', 'ja', '本日 18:00'],
  ['2027-01-01T00:00:00+09:00', 'ja', '1月1日（金）0:00'],
  ['2026-11-28T18:00:00+09:00', 'en', '18:00 today'],
  ['2026-11-27T18:00:00-05:00', 'en', '18:00 on Fri 27 Nov'],
] as const)('%s is read in %s as %s', (time, language, text) => {
  // The day in that zone decides what is today: at half past midnight in Japan, it is yesterday morning in New York.
  const now = time.endsWith('-05:00') ? Date.parse('2026-11-28T12:00:00-05:00') : NOW;
  expect(withoutZone(timeText(time, language, now), time, language).replace(',', '')).toBe(text);
});

it('names the zone where the clock of the visitor is another', () => {
  const elsewhere = new Date(NOW).getTimezoneOffset() === -60 ? '+02:00' : '+01:00';
  expect(zoneText(`2026-11-30T09:00:00${elsewhere}`, 'ja')).toBe(`（UTC${elsewhere}）`);
  const isInJapan = new Date(NOW).getTimezoneOffset() === -540;
  expect(zoneText('2026-11-30T09:00:00+09:00', 'ja')).toBe(isInJapan ? '' : '（日本時間）');
  expect(zoneText('2026-11-30T09:00:00+09:00', 'en')).toBe(isInJapan ? '' : ' (Japan time)');
});
