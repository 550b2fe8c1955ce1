import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from '../../../domain/phone-number.ts';
import { commandHere, PROJECT } from '../../../tests/run-command.ts';
import { benchBurst } from '../bench/bench-burst.ts';
import { runSeed } from '../bench/bench-faults.ts';
import { enoughStaff, type Measured, measure, scarceStaff, targetsOf } from '../bench/burst-rows.ts';
import type { BurstResult } from '../bench/burst-table.ts';
import { performancePage } from '../bench/performance-page.ts';
import { DRAMA_NUMBERS, dramaNumber } from '../drama-numbers.ts';

const bench = (...args: string[]) => commandHere('bench', ['burst', ...args]);

describe('a burst', () => {
  it('is measured beside two simpler ways on the same arrivals', async () => {
    // Prepare
    const row = enoughStaff(40, 0, 3);
    // Act
    const [ours, noRetry, jitterOnly] = await measure(row, ['this project', 'no retry', 'jitter only']);
    // Assess: the quota lets five go at once and two a second
    expect(ours).toMatchObject({ placed: 40, requests: 40, overtaken: 0, overDial: 0 });
    expect(noRetry).toMatchObject({ requests: 40, asked: 40, retriesPerCall: 0 });
    expect(noRetry?.placed).toBeLessThan(10);
    expect(jitterOnly).toMatchObject({ placed: 40 });
    expect(jitterOnly?.throttled).toBeGreaterThan(40);
    for (const way of [ours, jitterOnly]) expect(way?.seconds).toBeGreaterThan(17);
    expect(ours?.usd).toBeGreaterThan(noRetry?.usd ?? 0);
  }, 60_000);

  it('leaves nobody called for whom no agent is free', async () => {
    // Prepare: a tenth of the row with scarce staff
    const row = scarceStaff(3);
    const scenario = {
      ...row.scenario,
      agents: row.scenario.agents.slice(0, 3),
      arrivals: row.scenario.arrivals.slice(0, 20),
    };
    // Act
    const [ours, noRetry] = await measure({ ...row, scenario }, ['this project', 'jitter only']);
    // Assess
    expect(ours).toMatchObject({ placed: 20, overDial: 0 });
    expect(noRetry?.overDial).toBeGreaterThan(10);
  }, 60_000);
});

describe('the targets', () => {
  const row = enoughStaff(100, 0, 1);
  const good = {
    placed: 100,
    requests: 100,
    seconds: 53.4,
    idealSeconds: 47.5,
    asked: 201,
    throttled: 2,
    overtaken: 0,
    overDial: 0,
    states: { mean: 11.9, max: 12 },
  } as Measured;
  const missed = (ours: Partial<Measured>) =>
    targetsOf(row, { ...good, ...ours })
      .filter(({ met }) => !met)
      .map(({ says }) => says);

  it('are met at their limits', () => {
    expect(missed({})).toEqual([]);
  });

  it.each<[string, Partial<Measured>]>([
    ['all calls placed', { placed: 99 }],
    ['seconds', { seconds: 53.5 }],
    ['throttled', { throttled: 3 }],
    ['called after', { overtaken: 1 }],
    ['free agents', { overDial: 1 }],
    ['states', { states: { mean: 12, max: 13 } }],
  ])('are missed beyond them: %s', (word, ours) => {
    expect(missed(ours)).toEqual([expect.stringContaining(word)]);
  });

  it('of scarce staff are about idle agents', () => {
    const scarce = scarceStaff(1);
    const idle = (idleSeconds: number) => targetsOf(scarce, { ...good, idleSeconds }).every(({ met }) => met);
    expect([idle(22), idle(22.1)]).toEqual([true, false]);
  });
});

describe('numbers for benches', () => {
  it('are of a kind that a stage dials, and each its own', () => {
    const numbers = Array.from({ length: DRAMA_NUMBERS }, (_, index) => dramaNumber(index));
    expect(new Set(numbers).size).toBe(DRAMA_NUMBERS);
    const rules = {
      countries: ['JP', 'GB'],
      numberTypes: ['fixed'],
      allowedPrefixes: [],
      refusedPrefixes: [],
    } as const;
    for (const number of numbers.filter((_, index) => index % 97 === 0)) {
      expect(normalisePhone(number, rules)).toEqual({ ok: true, e164: number });
    }
  });
});

describe('npm run bench -- burst', () => {
  it('prints the table, the targets and the uncontended path', async () => {
    const { stdout } = await bench('--requests', '10', '--arrivals', '30');
    expect(stdout).toMatch(/10 requests in 30 s/);
    expect(stdout).toMatch(/^this project +10 /m);
    expect(stdout).toMatch(/^all calls placed +10 of 10 +met$/m);
    expect(stdout).toContain('Uncontended, a call takes 11 states: ValidateRequest → ');
  }, 60_000);

  it('prints one JSON document', async () => {
    const { stdout } = await bench('--requests', '5', '--json');
    const { seed, rows } = JSON.parse(stdout);
    expect([seed, rows.length, rows[0].measured.length]).toEqual([1, 1, 3]);
  }, 60_000);

  it('tells of its options, and of a mistake in one sentence', async () => {
    expect((await bench('--help')).stdout).toContain('--arrivals once|SECONDS');
    expect(await bench('--requests', '5', '--write')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--write'),
    });
    await expect(benchBurst(['--arrivals', '60'])).rejects.toThrow('--arrivals needs --requests');
  });
});

describe('docs/performance.md', () => {
  const page = join(PROJECT, 'docs/performance.md');

  it('is as the command writes it, but for what is measured', async () => {
    // Prepare: a small run makes the same page with other numbers
    const row = enoughStaff(5, 0, 1);
    const measured = await measure(row, ['this project']);
    const results: BurstResult[] = [{ row, measured, targets: [] }];
    const lines = (text: string, heading: string) => {
      const [, after = ''] = text.split(`\n${heading}\n`);
      return after.split('\n## ')[0];
    };
    // Act
    const written = performancePage(results, await runSeed(1, 10, 0));
    // Assess
    expect(existsSync(page)).toBe(true);
    const kept = readFileSync(page, 'utf8');
    for (const heading of ['### How to read the columns', '### The ways']) {
      expect(lines(kept, heading)).toBe(lines(written, heading));
    }
    const invariants = (text: string) => text.match(/^\| .* \| held \| .*$/gm);
    expect(invariants(kept)).toEqual(invariants(written));
    expect(kept).toContain('npm run bench -- burst --write');
    expect(kept.match(/^### .* requests/gm)).toHaveLength(5);
  }, 60_000);
});
