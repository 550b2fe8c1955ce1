import { describe, expect, it } from 'vitest';
import { holdsCard, holdsLongNumber } from '../../domain/long-numbers.ts';
import { cpuTime } from '../cpu-time.ts';

describe('a number as long as that of a card', () => {
  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '４１１１ー１１１１ー１１１１ー１１１１',
    '4111・1111・1111・1111',
    '3782 822463 10005',
    'カード4111-1111-1111-1111です',
    '4111111111111112',
    '1'.repeat(13),
    '1'.repeat(19),
    '4111-1111-1111-1111-111',
    '4111.1111.1111.1111',
    '4111，1111，1111，1111',
    '4111、1111、1111、1111',
    '4111:1111:1111:1111',
    '4111*1111*1111*1111',
    '4111\u200b1111\u200b1111\u200b1111',
    '4\u200b111111111111111',
    '4111\n1111\r\n1111\n1111',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    '4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1 ',
    '41111111-11111111',
    '41111111 11111111',
    '٤١١١ ١١١١ ١١١١ ١١١١',
    '四一一一 一一一一 一一一一 一一一一',
    '4111%201111%201111%201111',
    '4111&#45;1111&#x2d;1111\\u002d1111',
    // Nothing tells these from a card, and a check digit would let one in ten pass.
    'order 2026112800012345',
    '4901234567894',
    '1795316400000',
  ])('is known: %s', (text) => {
    expect(holdsLongNumber(text)).toBe(true);
  });

  it.each([
    '1'.repeat(12),
    '1'.repeat(20),
    '4829-1532',
    '2026-11-22 03:00:00.000',
    '2026-11-22T03:00:00.000Z',
    '20261122-20261128',
    '0.30000000000000004',
    '1,000,000,000,000',
    'GA1.1.1234567890.1795316400',
    '11111111-2222-4333-8444-555555555555',
    'd41d8cd98f00b204e9800998ecf84270',
    '1000 2000 3000',
    '20261122 20261128',
    '1 2 3 4 5 6 7 8 9 10 11 12 13',
    '1234,567,890,123',
    '2026.11.22.03.00.00',
    '2026-11-22 10:30 / 2026-11-28 11:00',
    '48291532-48291533-48291534',
    '100%25 200%25',
  ])('is told from another: %s', (text) => {
    expect(holdsLongNumber(text)).toBe(false);
  });
});

describe('the number of a card in an id that a firm makes', () => {
  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111.1111.1111.1111',
    '41 11-1111/1111 1 111',
    '5555-5555-5555-4444',
    '378282246310005',
    '3530111333300000',
    '2223003122003222',
    'order 4111-1111-1111-1111',
    '4111%2D1111%2D1111%2D1111',
    '４１１１１１１１１１１１１１１１',
  ])('is known: %s', (text) => {
    expect(holdsCard(text)).toBe(true);
  });

  it.each([
    ['another check digit', '4111111111111112'],
    ['a right check digit by chance, but the year in front', '2026112200012348'],
    ['too many digits', '41111111111111111111'],
    ['too few', '411111111116'],
    ['eight digits', '48291532'],
    ['letters among them', '4111a1111b1111c1111'],
    ['nothing', ''],
  ])('is none with %s', (_what, text) => {
    expect(holdsCard(text)).toBe(false);
  });
});

it('costs little to look for, however long the text is', () => {
  const look = (piece: string) => {
    const text = piece.repeat(65_536 / piece.length);
    holdsLongNumber(text);
    holdsCard(text);
  };
  // Some 150 where it grows with the length of the text; many seconds where it grows faster.
  const pieces = ['4 ', '4111 ', '4111.', '4', '41111111-', '4%20', '٤', '&#45;', '\\u0034'];
  expect(cpuTime(() => pieces.forEach(look))).toBeLessThan(1_500);
});
