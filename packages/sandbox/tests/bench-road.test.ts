import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandHere, PROJECT } from '../../../tests/run-command.ts';
import { coldStartPage } from '../bench/cold-start-page.ts';
import { inRow, type RoadCall, type RoadStep, untilAsked, wallOf, wholeCall } from '../bench/road-figures.ts';
import { openRoad, type Road, type RoadMoment } from '../bench/road-runner.ts';
import { summaryOf } from '../bench/road-summary.ts';
import { type MeasuredWay, targetsOf } from '../bench/road-table.ts';
import { projectWay, type RoadWay } from '../bench/road-ways.ts';
import { readService } from '../service.ts';

const DELAYS = { tableMs: 5, parameterMs: 5, connectReadMs: 10, startCallMs: 10 };

describe('requests in a row', () => {
  it.each([
    ['none', [], 0],
    [
      'one after the other',
      [
        [0, 5],
        [5, 9],
        [12, 15],
      ],
      3,
    ],
    [
      'together',
      [
        [0, 5],
        [1, 6],
        [2, 4],
      ],
      1,
    ],
    [
      'a long one beside three short ones',
      [
        [0, 80],
        [1, 6],
        [8, 12],
        [13, 20],
      ],
      3,
    ],
    [
      'two lines side by side',
      [
        [0, 5],
        [0, 7],
        [6, 10],
        [8, 11],
        [12, 13],
      ],
      3,
    ],
    [
      'in whatever order they are told',
      [
        [12, 15],
        [0, 5],
        [5, 9],
      ],
      3,
    ],
  ] as const)('%s', (_, requests, count) => {
    expect(inRow(requests.map(([from, to]) => ({ from, to })))).toBe(count);
  });

  it('a request without an answer lets none follow', () => {
    expect(inRow([{ from: 0, to: 5 }, { from: 6 }, { from: 7 }])).toBe(2);
  });
});

describe('the figures of a call', () => {
  const NOTHING = { cpuMs: 0, idleMs: 0 };
  const step = (changes: Partial<RoadStep>): RoadStep => ({
    state: 'Any',
    function: 'any',
    memoryMb: 1_769 / 4,
    cpuMs: 10,
    idleMs: 5,
    requests: [],
    maxRssMb: 60,
    ...changes,
  });
  const call: RoadCall = {
    states: 2,
    readUnits: 0,
    writeUnits: 0,
    steps: [
      step({ started: { nodeCpuMs: 30, loadCpuMs: 40 }, requests: [{ operation: 'GetItem', from: 0, to: 5 }] }),
      step({
        asked: { cpuMs: 4, idleMs: 2 },
        requests: [
          { operation: 'GetItem', from: 0, to: 5 },
          { operation: 'PUT', from: 6, to: 80, asks: true },
          { operation: 'UpdateItem', from: 81, to: 85 },
        ],
      }),
    ],
  };

  it('what is computed takes longer on a share of a core, the waiting does not', () => {
    expect(wallOf({ cpuMs: 10, idleMs: 5 }, 0.25)).toBe(45);
  });

  it('the whole of it', () => {
    expect(wholeCall(call)).toEqual({
      cpuMs: 60,
      nodeCpuMs: 30,
      wallMs: 70 * 4 + 2 * 45,
      wallInitBoostedMs: 70 + 2 * 45,
      inRow: 4,
      requests: 4,
    });
  });

  it('until the phone is asked for: the request that asks is the last one counted', () => {
    expect(untilAsked(call)).toMatchObject({ cpuMs: 54, wallMs: 70 * 4 + 45 + 18, inRow: 3, requests: 3 });
  });

  it('Lambda bills the start, and each begun millisecond', () => {
    const { gbSeconds } = summaryOf([
      { ...call, steps: [step({ memoryMb: 1_024, cpuMs: 0, idleMs: 0.2, asked: NOTHING })] },
    ]);
    expect(gbSeconds).toBe(0.001);
    const started = step({
      memoryMb: 1_769,
      started: { nodeCpuMs: 30, loadCpuMs: 40 },
      asked: { cpuMs: 1, idleMs: 1 },
    });
    expect(summaryOf([{ ...call, steps: [started] }]).gbSeconds).toBeCloseTo((85 / 1_000) * (1_769 / 1_024), 6);
  });
});

describe('the road of this project', () => {
  let road: Road;
  let way: RoadWay;
  let calls: Record<RoadMoment, RoadCall>;
  let processesBefore: number;
  const processes = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
  beforeAll(async () => {
    road = await openRoad(DELAYS);
    way = await projectWay('this project', undefined, road.port);
    processesBefore = processes();
    calls = await road.run(way);
  });
  afterAll(async () => {
    way.dispose();
    await road.close();
    // That of the end points is gone, and so is every function's: forgotten some turns of the event loop after they ended.
    await vi.waitFor(() => expect(processes()).toBe(processesBefore - 1), 10_000);
  });

  it('leads through functions that the state machine names, each in a process of its own that stays', () => {
    const { stateMachine } = readService('local', 0);
    const tasks = new Set(
      Object.entries(stateMachine.definition.States).flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : [])),
    );
    for (const { steps, states } of Object.values(calls)) {
      expect(steps.map(({ state }) => state).filter((state) => !tasks.has(state))).toEqual([]);
      expect(states).toBeGreaterThan(steps.length);
    }
    const started = ({ steps }: RoadCall) => steps.filter((step) => step.started).map((step) => step.function);
    expect(started(calls.cold)).toEqual([...new Set(calls.cold.steps.map((step) => step.function))]);
    expect(started(calls.first)).toEqual(started(calls.cold));
    expect(started(calls.warm)).toEqual([]);
  });

  it('asks for the phone in each call, once, and writes what became of it afterwards', () => {
    for (const { steps } of Object.values(calls)) {
      expect(steps.filter(({ asked }) => asked)).toHaveLength(1);
      expect(steps.flatMap(({ requests }) => requests).filter(({ asks }) => asks)).toHaveLength(1);
      expect(steps.at(-1)?.asked).toBeUndefined();
      expect(steps.at(-1)?.requests).not.toEqual([]);
    }
  });

  it('reads Amazon Connect less often the more is known', () => {
    const reads = ({ steps }: RoadCall) =>
      steps.flatMap(({ requests }) => requests).filter(({ operation, asks }) => operation.includes(' ') && !asks)
        .length;
    expect(reads(calls.first)).toBeGreaterThan(reads(calls.cold));
    expect(reads(calls.cold)).toBeGreaterThan(0);
    // On a machine that is busy the free agents may have been read too long ago once more.
    expect(reads(calls.warm)).toBeLessThanOrEqual(reads(calls.cold));
  });

  it('has figures that fit together', () => {
    for (const call of Object.values(calls)) {
      const [asked, whole] = [untilAsked(call), wholeCall(call)];
      expect(asked.inRow).toBeLessThanOrEqual(asked.requests);
      expect(whole.inRow).toBeLessThanOrEqual(whole.requests);
      expect(asked.requests).toBeLessThan(whole.requests);
      expect(asked.cpuMs).toBeLessThan(whole.cpuMs);
      // The waiting is at least what the end points let a chain wait, but for what is computed meanwhile.
      expect(whole.wallMs).toBeGreaterThan(DELAYS.tableMs * whole.inRow);
      expect(call.readUnits + call.writeUnits).toBeGreaterThan(0);
      for (const { maxRssMb, cpuMs } of call.steps) {
        expect(maxRssMb).toBeGreaterThan(20);
        expect(cpuMs).toBeGreaterThan(0);
      }
    }
  });

  it('tells which function failed, at once, where a call does not come about', async () => {
    const elsewhere = { ...way, instance: { ...way.instance, queues: {} } };
    await expect(road.run(elsewhere)).rejects.toThrow(/^this project: \w+ failed with /);
  });

  it('is on the page as the command writes it, but for what is measured', () => {
    // Prepare
    const moments = { first: summaryOf([calls.first]), cold: summaryOf([calls.cold]), warm: summaryOf([calls.warm]) };
    const measured: MeasuredWay = { name: 'this project', says: 'this project', moments };
    const targets = targetsOf(measured, measured);
    // Act
    const written = coldStartPage({ options: '', runs: 1, delays: DELAYS, ways: [measured], targets });
    // Assess
    const kept = readFileSync(join(PROJECT, 'docs/cold-start.md'), 'utf8');
    const headings = (page: string) => page.match(/^#.*$|^- \*\*(?:first|to phone|CPU|in a row|units|GB).*$/gm);
    expect(headings(kept)).toEqual(expect.arrayContaining(headings(written) ?? []));
    expect(kept.match(/^\| this project \| (?:first|cold|warm) \| /gm)).toHaveLength(3);
    expect(targets.filter(({ says }) => says.includes('×')).map(({ met }) => met)).toEqual([false, false]);
  });
});

describe('npm run bench -- road', () => {
  it('tells of its options, and of a mistake in one sentence', async () => {
    expect((await commandHere('bench', ['road', '--help'])).stdout).toContain('--against REF');
    const mistakes = [
      [['--runs', '0'], '--runs'],
      [['--against', 'no-such-commit', '--runs', '1'], 'git knows no commit no-such-commit'],
    ] as const;
    for (const [args, sentence] of mistakes) {
      expect(await commandHere('bench', ['road', ...args])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(sentence),
      });
    }
  });
});
