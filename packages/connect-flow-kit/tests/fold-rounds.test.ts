import { describe, expect, it } from 'vitest';
import { foldRounds } from '../src/fold-rounds.ts';

const times = (count: number, ...round: string[]): string[] =>
  Array.from({ length: count }, (_, index) => round.map((line) => line.replace('#', String(index * 60)))).flat();

describe('rounds', () => {
  it('are counted where there are three and more', () => {
    expect(foldRounds(['a', ...times(312, '# s go', '「待」'), 'z'], '  ')).toEqual([
      'a',
      '0 s go',
      '「待」',
      '  … and so on: these 2 lines × 312',
      'z',
    ]);
    expect(foldRounds(times(3, 'x'))).toEqual(['x', '… and so on: this line × 3']);
    expect(foldRounds(times(2, '# s go', '「待」'))).toHaveLength(4);
  });

  it('may differ in numbers, and in the space before them, but not in those that are spoken', () => {
    expect(foldRounds(['  9.5 s go', ' 69.5 s go', '129.5 s go'])).toHaveLength(2);
    expect(foldRounds(['「3人」', '「2人」', '「1人」'])).toHaveLength(3);
  });

  it('may be cut short at the end', () => {
    expect(foldRounds([...times(3, 'a', 'b'), 'a'])).toEqual(['a', 'b', '… and so on: these 2 lines × 3', 'a']);
  });
});
