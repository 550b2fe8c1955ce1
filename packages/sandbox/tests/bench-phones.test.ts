import { describe, expect, it } from 'vitest';
import { run } from '../../../tests/tools/github-support.ts';

const bench = (...args: string[]) => run(process.execPath, ['tools/bench.ts', 'phones', ...args]);

describe('npm run bench -- phones', () => {
  it('prints a row for the bare loop and the command at each size', async () => {
    // Act
    const { stdout, stderr } = await bench('--rows', '100,200', '--runs', '1', '--json');
    // Assess
    expect(stderr).toBe('');
    const { rows } = JSON.parse(stdout);
    expect(rows.map(({ rows: size, who }: { rows: number; who: string }) => `${size} ${who}`)).toEqual([
      '100 bare loop',
      '100 phones',
      '200 bare loop',
      '200 phones',
    ]);
    for (const { rowsPerSecond, ratio, peakMb } of rows)
      expect(Math.min(rowsPerSecond, ratio, peakMb)).toBeGreaterThan(0);
  });

  it('is among the benches, and tells of its options', async () => {
    expect((await run(process.execPath, ['tools/bench.ts', '--help'])).stdout).toContain('  phones ');
    expect((await bench('--help')).stdout).toContain('--rows N');
    expect(await bench('--rows', '0')).toMatchObject({ code: 2, stderr: expect.stringContaining('--rows is 0') });
  });
});
