import { describe, expect, it } from 'vitest';
import { luckOf } from '../simulation/random.ts';

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

describe('repeatable chance', () => {
  it('draws the same for the same seed, name, purpose and count, and something else for any other', () => {
    const of = (seed: number, name: string, purpose: string) => {
      const luck = luckOf(seed).branch(name);
      return draws(5, () => luck.draw(purpose));
    };
    expect(of(1, 'request', 'ring')).toEqual(of(1, 'request', 'ring'));
    const all = [of(1, 'request', 'ring'), of(2, 'request', 'ring'), of(1, 'other', 'ring'), of(1, 'request', 'talk')];
    expect(new Set(all.flat()).size).toBe(20);
  });

  it('draws the same for one request whatever others draw, in whatever order', () => {
    // Prepare
    const alone = luckOf(7).branch('a');
    const together = luckOf(7);

    // Act
    const expected = [alone.draw('x'), alone.draw('y'), alone.draw('x')];
    const [a, b] = [together.branch('a'), together.branch('b')];
    b.draw('x');
    const got = [a.draw('x'), together.draw('x'), a.draw('y'), b.draw('y'), a.draw('x')];

    // Assess
    expect([got[0], got[2], got[4]]).toEqual(expected);
  });

  it('branches to the same luck whenever it is asked, whatever it drew before', () => {
    const luck = luckOf(7);
    const first = luck.branch('a').draw('x');
    luck.draw('x');
    expect(luck.branch('a').draw('x')).toBe(first);
  });

  it('spreads evenly between 0 and 1, for each count and across names', () => {
    const one = luckOf(3);
    const samples = [
      draws(10_000, () => one.draw('x')),
      draws(10_000, () => 0).map((_, index) => luckOf(3).branch(`request ${index}`).draw('x')),
      draws(10_000, () => 0).map((_, seed) => luckOf(seed).draw('x')),
    ];
    for (const sample of samples) {
      const tenths = new Array<number>(10).fill(0);
      for (const value of sample) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(1);
        const tenth = Math.floor(value * 10);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
      // Each tenth has 1,000 of 10,000; five standard deviations are 150.
      for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    }
  });

  it('happens about as often as its probability says, and never without one', () => {
    const luck = luckOf(5);
    const often = draws(10_000, () => Number(luck.happens('fault', 0.03))).reduce((sum, value) => sum + value, 0);
    expect(often).toBeGreaterThan(200);
    expect(often).toBeLessThan(400);
    expect(draws(1_000, () => Number(luck.happens('never', 0)))).not.toContain(1);
    expect(draws(1_000, () => Number(luck.happens('always', 1)))).not.toContain(0);
  });

  it('stays within a range, and makes ids in the form of a UUID', () => {
    const luck = luckOf(9);
    for (const value of draws(1_000, () => luck.between('ms', [5, 60]))) {
      expect(value).toBeGreaterThanOrEqual(5);
      expect(value).toBeLessThan(60);
    }
    const ids = new Set(draws(1_000, () => 0).map(() => luck.id('id')));
    expect(ids.size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
