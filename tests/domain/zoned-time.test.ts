import { expect, it } from 'vitest';
import { isoInZone } from '../../domain/zoned-time.ts';

it.each([
  ['Asia/Tokyo', '2026-11-28T03:00:00.999Z', '2026-11-28T12:00:00+09:00'],
  ['Asia/Tokyo', '2026-12-31T15:00:01Z', '2027-01-01T00:00:01+09:00'],
  ['UTC', '2026-11-28T03:00:00Z', '2026-11-28T03:00:00+00:00'],
  ['Asia/Kolkata', '2026-11-28T03:00:00Z', '2026-11-28T08:30:00+05:30'],
  ['America/St_Johns', '2026-11-28T03:00:00Z', '2026-11-27T23:30:00-03:30'],
  // The hour that is there twice when the clock is put back.
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00+01:00'],
])('writes a moment with the offset of %s', (zone, utc, expected) => {
  const at = new Date(utc);
  expect(isoInZone(at, zone)).toBe(expected);
  expect(Date.parse(isoInZone(at, zone))).toBe(Math.floor(at.getTime() / 1000) * 1000);
});
