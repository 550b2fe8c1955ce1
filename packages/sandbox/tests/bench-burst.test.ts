import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from '../../../domain/phone-number.ts';
import { commandHere, PROJECT } from '../../../tests/run-command.ts';
import { benchBurst } from '../bench/bench-burst.ts';
import { runSeed } from '../bench/bench-faults.ts';
import {
  enoughStaff,
  lostAnswers,
  missedCalls,
  NIGHT,
  night,
  oneAtATime,
  refusedRingTimeout,
  scarceStaff,
} from '../bench/burst-rows.ts';
import { type BurstResult, remarksOn } from '../bench/burst-table.ts';
import { targetsOf } from '../bench/burst-targets.ts';
import { type Measured, measure } from '../bench/measure-burst.ts';
import { performancePage } from '../bench/performance-page.ts';
import { DRAMA_NUMBERS, dramaNumber } from '../drama-numbers.ts';

const bench = (...args: string[]) => commandHere('bench', ['burst', ...args]);

describe('a burst', () => {
  it('is measured beside simpler ways on the same arrivals', async () => {
    // Prepare
    const row = enoughStaff(40, 0, 3);
    // Act
    const [ours, guides, asksOnce, jitterOnly] = await measure(row, [
      'this project',
      "guide's function",
      'asks once',
      'jitter only',
    ]);
    // Assess: the quota lets five go at once and two a second
    expect(ours).toMatchObject({ placed: 40, requests: 40, overtaken: 0, overDial: 0 });
    expect(asksOnce).toMatchObject({ requests: 40, asked: 40, retriesPerCall: 0 });
    expect(asksOnce?.placed).toBeLessThan(10);
    expect(guides?.placed).toBeGreaterThan(asksOnce?.placed ?? 40);
    expect(jitterOnly).toMatchObject({ placed: 40 });
    expect(jitterOnly?.throttled).toBeGreaterThan(40);
    for (const way of [ours, jitterOnly]) expect(way?.seconds).toBeGreaterThan(17);
    expect(ours?.usd).toBeGreaterThan(asksOnce?.usd ?? 0);
  });

  it('leaves nobody called for whom no agent is free', async () => {
    // Prepare: a tenth of the row with scarce staff
    const row = scarceStaff(3);
    const scenario = {
      ...row.scenario,
      agents: row.scenario.agents.slice(0, 3),
      arrivals: row.scenario.arrivals.slice(0, 20),
    };
    // Act
    const [ours, jitterOnly] = await measure({ ...row, scenario }, ['this project', 'jitter only']);
    // Assess
    expect(ours).toMatchObject({ placed: 20, overDial: 0 });
    expect(jitterOnly?.overDial).toBeGreaterThan(10);
  });

  it('says beside the figure how much of a wait is only inferred', async () => {
    // Act
    const row = oneAtATime(3, 60, 1, 'the note');
    const measured = await measure(row, ['this project', 'no state delay']);
    const [note, remark] = remarksOn({ row, measured, targets: [] });

    // Assess
    const [ours = 0, undelayed = 0] = measured.map(({ waitSeconds }) => waitSeconds.median);
    expect(ours - undelayed).toBeGreaterThan(3);
    expect(note).toBe('the note');
    expect(remark).toContain(`median wait of ${ours.toFixed(1)} s`);
    expect(remark).toContain(`${(ours - undelayed).toFixed(1)} s are the assumed delay of 0–1.5 s`);
  });

  it('rings nobody twice whose answer got lost, which the function of the guide does', async () => {
    // Prepare: a tenth of the row, with more losses
    const row = lostAnswers(1);
    const { arrivals, faults } = row.scenario;
    const scenario = {
      ...row.scenario,
      arrivals: arrivals.slice(0, 20),
      faults: { ...faults, startTimeoutAfter: 0.3 },
    };
    // Act
    const [ours, guides] = await measure({ ...row, scenario }, ['this project', "guide's function"]);
    // Assess
    expect(ours).toMatchObject({ placed: 20, extraCalls: 0 });
    expect(guides?.extraCalls).toBeGreaterThan(0);
  });

  it('of a night is counted from the opening, and everybody has an outcome', async () => {
    // Act
    const row = night(1);
    const [ours] = await measure(row);

    // Assess: nobody before the opening, and at least one call for each agent
    expect(ours?.waitSeconds.longest).toBeGreaterThan(3_600);
    expect(ours?.seconds).toBeGreaterThan(0);
    expect(ours?.seconds).toBeLessThan(NIGHT.callWithinSeconds + 60);
    expect(ours?.placed).toBeGreaterThanOrEqual(NIGHT.agents);
    expect(ours).toMatchObject({ requests: NIGHT.requests, overDial: 0 });
    expect(Object.values(ours?.outcomes ?? {}).reduce((sum, count) => sum + count, 0)).toBe(NIGHT.requests);
  });

  it('of an account that refuses the ring time-out is called all the same', async () => {
    // Prepare
    const row = refusedRingTimeout(1);
    const scenario = { ...row.scenario, arrivals: row.scenario.arrivals.slice(0, 10) };
    // Act
    const [ours] = await measure({ ...row, scenario });
    // Assess
    expect(ours?.placed).toBe(10);
    expect(ours?.rejected).toBeGreaterThan(0);
  });
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

  it.each<[string, Partial<Measured>, string[]]>([
    ['met', {}, []],
    ['missed by more refusals than leave together', { rejected: 6 }, ['refused for the option']],
    ['missed by a request beyond the turns', { asked: 101 }, ['without a turn']],
  ])('of a refused ring time-out are %s', (_, ours, words) => {
    const measured = { ...good, asked: 100, turns: 100, rejected: 1, throttled: 0, ...ours };
    const missing = targetsOf(refusedRingTimeout(1), measured).filter(({ met }) => !met);
    expect(missing.map(({ says }) => says)).toEqual(words.map((word) => expect.stringContaining(word)));
  });

  it.each([
    [40, 40, true],
    [39, 40, false],
    [40, 39, false],
  ])('of a night: %i called, %i outcomes: %s', (placed, ended, met) => {
    const measured = { ...good, requests: 40, placed, outcomes: { 'call_placed (accepted)': ended } };
    expect(targetsOf(night(1), measured).every((target) => target.met)).toBe(met);
  });

  it.each([
    [1, true],
    [2, false],
  ])('of missed calls allow that one customer in a hundred meets nobody: %i of 100, %s', (metNobody, met) => {
    expect(targetsOf(missedCalls(1), { ...good, metNobody }).every((target) => target.met)).toBe(met);
  });

  it('of lost answers are missed by one phone that rings again', () => {
    const met = (extraCalls: number) =>
      targetsOf(lostAnswers(1), { ...good, extraCalls }).every((target) => target.met);
    expect([met(0), met(1)]).toEqual([true, false]);
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
    expect(stdout).toContain('A call that does not have to wait takes 8 states: ValidateRequest → ');
  });

  it('prints one JSON document', async () => {
    const { stdout } = await bench('--requests', '5', '--json');
    const { seed, rows } = JSON.parse(stdout);
    expect([seed, rows.length, rows[0].measured.length]).toEqual([1, 1, 6]);
  });

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
    for (const heading of ['### How to read the columns', '### The approaches']) {
      expect(lines(kept, heading)).toBe(lines(written, heading));
    }
    const invariants = (text: string) => text.match(/^\| .* \| held \| .*$/gm);
    expect(invariants(kept)).toEqual(invariants(written));
    expect(kept).toContain('npm run bench -- burst --write');
    expect(kept.match(/^### .* requests/gm)).toHaveLength(11);
  });
});
