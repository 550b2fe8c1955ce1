import { describe, expect, it } from 'vitest';
import { heldUntil } from '../../domain/phone-hold.ts';

describe('heldUntil', () => {
  it.each([
    ['the retries of recording the end', 0, '2026-11-22T03:20:00.000Z'],
    ['a short cool-down, which ends before that', 600, '2026-11-22T03:20:00.000Z'],
    [
      'a cool-down of a day: the phone may have rung at the deadline, and nothing told of it',
      86_400,
      '2026-11-23T03:05:00.000Z',
    ],
  ])('outlives %s', (_what, coolDownSeconds, until) => {
    expect(heldUntil('2026-11-22T03:05:00.000Z', { coolDownSeconds })).toEqual(new Date(until));
  });
});
