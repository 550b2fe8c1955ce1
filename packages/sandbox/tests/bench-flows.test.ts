import { lintFlow, readFlow, simulateCall } from 'connect-flow-kit';
import { describe, expect, it } from 'vitest';
import { commandHere } from '../../../tests/run-command.ts';
import { run } from '../../../tests/tools/github-support.ts';
import { syntheticFlow } from '../bench/synthetic-flow.ts';

const bench = (...args: string[]) => commandHere('bench', ['flows', ...args]);

describe('npm run bench -- flows', () => {
  it('prints a row for each task and size, each beside its baseline', async () => {
    // Act
    const { code, stdout } = await bench('--runs', '2');
    // Assess
    expect(code).toBe(0);
    const rows = stdout.split('\n').filter((line) => / ms /.test(line));
    expect(rows.map((row) => row.trim().split(/ {2,}/).slice(0, 2).join(': '))).toEqual(
      ['90', '250'].flatMap((blocks) =>
        [
          'parse and write JSON (baseline)',
          'read',
          'read and lint',
          'simulate 3 calls',
          'compare with all blocks renamed',
        ].map((task) => `${blocks}: ${task}`),
      ),
    );
    expect(rows[0]).toMatch(/ 1\.0$/);
  });

  it('prints one JSON document', async () => {
    const { stdout } = await bench('--runs', '1', '--json');
    const { runs, rows } = JSON.parse(stdout);
    expect(runs).toBe(1);
    expect(rows).toHaveLength(10);
    for (const { ms, blocksPerSecond, visited, ratio } of rows) {
      expect(Math.min(ms, blocksPerSecond, visited, ratio)).toBeGreaterThan(0);
    }
  });

  it('measures the commands as whole processes beside those of a commit', async () => {
    // Act
    const args = ['tools/bench.ts', 'flows', '--against', 'HEAD', '--only', 'diff', '--runs', '1', '--json'];
    const { stdout, stderr } = await run(process.execPath, args);
    // Assess
    expect(stderr).toBe('');
    const { rows } = JSON.parse(stdout);
    expect(rows.map(({ flows, command }: { flows: string; command: string }) => `${flows}: ${command}`)).toEqual([
      '250 blocks: diff',
      'our 4 flows: diff',
    ]);
    for (const { before, now, ratio } of rows) expect(Math.min(before, now, ratio)).toBeGreaterThan(0);
  });

  it('knows which commands it measures, and beside what', async () => {
    expect(await bench('--against', 'HEAD', '--only', 'lintt')).toMatchObject({
      code: 2,
      stderr: '--only is lintt: expected one of lint, simulate, diff, review\n',
    });
    expect(await bench('--only', 'lint')).toMatchObject({ code: 2, stderr: '--only needs --against\n' });
  });

  it('says which commit git does not know', async () => {
    expect(await bench('--against', 'no-such-commit')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('git knows no commit no-such-commit'),
    });
  });

  it('is among the benches, and tells of its options', async () => {
    expect((await commandHere('bench', ['--help'])).stdout).toContain('  flows ');
    expect((await bench('--help')).stdout).toContain('--runs N');
    expect(await bench('--runs', '0')).toMatchObject({ code: 2, stderr: expect.stringContaining('--runs is 0') });
  });
});

describe('a made-up flow', () => {
  it.each([14, 90, 91, 250])(
    'of %i blocks has so many, nothing to be said against it, and a way to an agent',
    (blocks) => {
      // Prepare
      const document = syntheticFlow(blocks);
      // Act
      const findings = lintFlow(readFlow(JSON.stringify(document)));
      const { end, taken } = simulateCall(
        { name: 'synthetic', document },
        {
          attributes: { queue_arn: '00000000-0000-4000-8000-00000000c001' },
          press: Array.from({ length: 200 }, () => ''),
        },
        () => undefined,
      );
      // Assess
      expect(document.Actions).toHaveLength(blocks);
      expect(findings).toEqual([]);
      expect(end).toBe('agent');
      expect(taken.length).toBeGreaterThan(blocks / 2);
    },
  );
});
