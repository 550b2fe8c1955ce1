import { describe, expect, it } from 'vitest';
import { shortId } from '../../../adapters/shared-state/short-id.ts';
import type { CallRecord } from '../../../domain/call-record.ts';
import { violationsOf } from '../simulation/check-invariants.ts';
import type { Expectations, FinalTables } from '../simulation/invariants.ts';
import { renderStory } from '../simulation/simulation-report.ts';
import { type Happening, storyOf, type TraceEntry } from '../simulation/trace.ts';
import { lived, START, USUAL } from './invariants-support.ts';

const PHONE = '+447700900001';
const QUEUE = '00000000-0000-4000-8000-00000000c001';

const EXPECTATIONS: Expectations = { ...USUAL, coolDownMs: 600_000, clockSkewMs: 2_000, maxAgeMs: 3_600_000 };
const EMPTY: FinalTables = { calls: [], guards: [], leases: [], waitingRoom: [] };

/** A happening at a second of the run. */
type At = readonly [seconds: number, happening: Happening];
const traceOf = (...happenings: At[]): TraceEntry[] =>
  happenings.map(([seconds, happening]) => ({ ...happening, at: START + seconds * 1_000 }));

const arrived = (requestId: string, phone = PHONE): Happening => ({
  kind: 'arrived',
  requestId,
  phone,
});
const looked = (requestId: string): Happening => ({
  kind: 'looked',
  requestId,
  by: `startCall for ${requestId}`,
});
const rang = (requestId: string, contactId: string, phone = PHONE): Happening => ({
  kind: 'rang',
  requestId,
  contactId,
  phone,
  queueId: QUEUE,
});
const expired = (requestId: string): Happening => outcome(requestId, 'expired', 'deadline_passed');
const outcome = (requestId: string, name = 'call_placed', reason = 'accepted'): Happening => ({
  kind: 'outcome',
  requestId,
  outcome: name,
  reason,
});

/** Enough for every call of these traces. */
const AGENTS = traceOf(...['a1', 'a2', 'a3'].map((agentId): At => [-60, { kind: 'agent', agentId, state: 'free' }]));

/** What is found, as "invariant: requests". */
function found(trace: TraceEntry[], expectations: Partial<Expectations> = {}, tables: Partial<FinalTables> = {}) {
  const whole = lived([...AGENTS, ...trace]);
  return violationsOf(
    whole.trace,
    { ...EMPTY, calls: whole.calls, ...tables },
    { ...EXPECTATIONS, ...expectations },
  ).map(({ invariant, requestIds }) => `${invariant}: ${requestIds.join(' ')}`);
}

describe('a run in which everything holds', () => {
  it('has no violations', () => {
    const trace = traceOf(
      [0, arrived('r1')],
      [5, looked('r1')],
      [5.2, rang('r1', 'c1')],
      [7, outcome('r1')],
      [700, arrived('r2')],
      [705, looked('r2')],
      [705.2, rang('r2', 'c2')],
      [706, outcome('r2')],
      [710, arrived('r3')],
      [720, { kind: 'dead-letter', requestId: 'r3', reason: 'too old' }],
    );
    expect(found(trace)).toEqual([]);
  });
});

describe('phones that ring', () => {
  it('must not ring twice for one request, not even after the cool-down', () => {
    const trace = traceOf([0, arrived('r1')], [1, rang('r1', 'c1')], [900, rang('r1', 'c2')], [901, outcome('r1')]);
    expect(found(trace)).toEqual(['one call: r1']);
  });

  it('must not ring where the one who made the request knows better', () => {
    const mustNotRing = 'a premium-rate number';
    const trace = traceOf(
      [0, { kind: 'arrived', requestId: 'r1', phone: PHONE, mustNotRing }],
      [1, rang('r1', 'c1')],
      [2, outcome('r1')],
    );
    expect(found(trace)).toEqual(['wrong number: r1']);
  });

  it.each([
    ['before it looked', 4, [] as At[], 1],
    ['after it looked', 6, [], 0],
    ['before it looked, and given free again', 3, [[4, { kind: 'unblocked', phone: PHONE }]] as At[], 0],
  ])('must not ring for a number that was blocked %s', (_name, seconds, more, count) => {
    const trace = traceOf(
      [0, arrived('r1')],
      [seconds, { kind: 'blocked', phone: PHONE }],
      ...more,
      [5, looked('r1')],
      [7, rang('r1', 'c1')],
      [8, outcome('r1')],
    ).sort((a, b) => a.at - b.at);
    expect(found(trace)).toEqual(count === 0 ? [] : ['blocked: r1']);
  });

  it('may ring for an attempt that was given up and works on, by what it had looked at', () => {
    const given: Happening = { kind: 'fault', fault: 'answerLost', requestId: 'r1', by: 'startCall for r1' };
    const trace = (...lost: At[]) =>
      traceOf(
        [0, arrived('r1')],
        [2, looked('r1')],
        ...lost,
        [4, { kind: 'blocked', phone: PHONE }],
        [5, { kind: 'looked', requestId: 'r1', by: 'startCall again' }],
        [7, rang('r1', 'c1')],
        [8, outcome('r1')],
      );
    expect(found(trace([3, given]))).toEqual([]);
    expect(found(trace())).toEqual(['blocked: r1']);
  });

  it('must not ring when calling was stopped before startCall looked, however often it had looked before', () => {
    const trace = traceOf(
      [0, arrived('r1')],
      [1, looked('r1')],
      [2, { kind: 'stopped' }],
      [3, looked('r1')],
      [4, rang('r1', 'c1')],
      [5, outcome('r1')],
      [6, { kind: 'resumed' }],
      [7, arrived('r2', '+447700900002')],
      [8, looked('r2')],
      [9, rang('r2', 'c2', '+447700900002')],
      [9, outcome('r2')],
    );
    expect(found(trace)).toEqual(['stopped: r1']);
  });

  it.each([
    [7.9, ['closed: r1']],
    [8, []],
    [21.9, []],
    [22, ['closed: r1']],
    [35, []],
  ])(
    'must not ring where startCall looks at %d s, with clocks two seconds off, and it is open from 10 to 20 and after 30',
    (second, violations) => {
      const trace = traceOf(
        [0, arrived('r1')],
        [second, looked('r1')],
        [second + 1, rang('r1', 'c1')],
        [40, outcome('r1')],
      );
      const [opening, later] = [
        [10, 20],
        [30, 60],
      ].map(([from = 0, to = 0]) => ({ from: START + from * 1_000, to: START + to * 1_000 }));
      const openings = new Map([[QUEUE, opening && later ? [opening, later] : []]]);
      expect(found(trace, { openings })).toEqual(violations);
      expect(found(trace, { openings: new Map([['another queue', []]]) })).toEqual([]);
    },
  );
});

describe('outcomes', () => {
  it('are there for every request that is no dead letter', () => {
    const trace = traceOf([0, arrived('r1')], [0, arrived('r2')], [9, expired('r2')]);
    expect(found(trace)).toEqual(['one outcome: r1']);
  });

  it('never change', () => {
    const trace = traceOf([0, arrived('r1')], [1, outcome('r1')], [2, expired('r1')]);
    expect(found(trace)).toEqual(['one outcome: r1']);
  });

  it('may be told twice', () => {
    expect(found(traceOf([0, arrived('r1')], [1, expired('r1')], [2, expired('r1')]))).toEqual([]);
  });

  it.each([
    ['claimed', ['open record: r1']],
    ['ended', []],
  ] as const)('leave no record behind that says %s when its execution has ended', (status, violations) => {
    const trace = traceOf(
      [0, arrived('r1')],
      [1, { kind: 'delivered', requestId: 'r1', executionId: 'e1' }],
      [2, expired('r1')],
      [3, { kind: 'execution-ended', requestId: 'r1', executionId: 'e1', status: 'ABORTED' }],
    );
    const record = { requestId: 'r1', executionId: 'e1', status } as CallRecord;
    expect(found(trace, {}, { calls: [record] })).toEqual(violations);
  });
});

describe('what is recorded', () => {
  it.each([
    ['a call', 'call_placed', []],
    ['perhaps a call', 'call_unconfirmed', []],
    ['no call', 'internal_error', ['honest outcome: r1']],
  ])('of a phone that rang may not be otherwise: %s', (_name, name, violations) => {
    const trace = traceOf([0, arrived('r1')], [1, rang('r1', 'c1')], [2, outcome('r1', name, 'because')]);
    expect(found(trace)).toEqual(violations);
  });

  it('is no call where none was', () => {
    expect(found(traceOf([0, arrived('r1')], [2, outcome('r1')]))).toEqual(['honest outcome: r1']);
  });
});

describe('turns', () => {
  const turns = (...seconds: number[]) =>
    traceOf(...seconds.map((second): At => [0, { kind: 'turn-reserved', turnAt: START + second * 1_000, nextAt: 0 }]));

  it.each([
    ['five at once, then two a second', [0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3], 0],
    ['six at once', [0, 0, 0, 0, 0, 0], 1],
    ['six at once after a pause, in any order', [60, 60, 60, 0, 60, 60, 60], 1],
    ['three a second for long', Array.from({ length: 30 }, (_, index) => Math.floor(index / 3)), 6],
  ])('are given out within the quota: %s', (_name, seconds, count) => {
    expect(found(turns(...seconds), { clockSkewMs: 0 }).length > 0).toBe(count > 0);
  });

  it('are taken out of the row before anybody is told', () => {
    const told: Happening = { kind: 'turn', requestId: 'r1', turnAt: START };
    const reserved: Happening = { kind: 'turn-reserved', turnAt: START, nextAt: 0 };
    expect(found(traceOf([0, reserved], [0, told]))).toEqual([]);
    expect(found(traceOf([0, told]))).toEqual(['pacing: r1']);
  });

  it('may be more by what clocks that disagree give out together', () => {
    const crowd = turns(...Array.from({ length: 9 }, () => 0));
    expect(found(crowd, { clockSkewMs: 1_000 })).toEqual([]);
    expect(found(crowd, { clockSkewMs: 999 })).not.toEqual([]);
  });
});

describe('what is left at the end', () => {
  const trace = traceOf([0, arrived('r1')], [60, expired('r1')]);
  const end = START + 60_000;

  it.each([
    [
      'a number that is held',
      { guardId: `phone#${PHONE}`, requestId: 'r1', until: end + 1, coolingDown: false },
      ['held number: r1'],
    ],
    [
      'a number that was held until its time was up',
      { guardId: `phone#${PHONE}`, requestId: 'r1', until: end - 1, coolingDown: false },
      ['held number: r1'],
    ],
    [
      'a call of a number that was none',
      { guardId: `phone#${PHONE}`, '2026-11-24': new Set([shortId('r1')]) },
      ['counted in vain: r1'],
    ],
    [
      'a call of a day that was none',
      { guardId: 'limit#day#2026-11-24#7', tally: 10_001, [shortId('r1')]: 10_001 },
      ['counted in vain: r1', 'counted in vain: '],
    ],
    ['a count of requests', { guardId: 'limit#minute#2026-11-24T01:00#7', [shortId('r1')]: 10_001 }, []],
    [
      'a total of requests that nobody is in',
      { guardId: 'limit#day#2026-11-24#total', counted: 1 },
      ['counted in vain: '],
    ],
    [
      'a number in its cool-down',
      { guardId: `phone#${PHONE}`, requestId: 'r1', until: end + 1, coolingDown: true },
      [],
    ],
  ])('is looked at: %s', (_name, item, violations) => {
    expect(found(trace, {}, { guards: [item] })).toEqual(violations);
  });

  it.each([
    ['an agent', { agentUntil: end + 1, lineUntil: 0 }, ['leases: r1']],
    ['a line', { agentUntil: 0, lineUntil: end + 1 }, ['leases: r1']],
    ['neither any more', { agentUntil: end, lineUntil: end }, []],
  ])('is a lease that holds %s', (_name, lease, violations) => {
    expect(found(trace, {}, { leases: [{ requestId: 'r1', ...lease }] })).toEqual(violations);
  });

  it('is nobody in the waiting room', () => {
    expect(found(trace, {}, { waitingRoom: [{ requestId: 'r1' }] })).toEqual(['waiting room: r1']);
  });
});

describe('the story of a violation', () => {
  const trace = traceOf(
    [0, arrived('r1')],
    [0, arrived('r2', '+447700900002')],
    [1, { kind: 'blocked', phone: '+447700900003' }],
    [2, { kind: 'blocked', phone: PHONE }],
    [3, looked('r1')],
    [4, rang('r1', 'c1')],
    [4, rang('r2', 'c2', '+447700900002')],
    [5, { kind: 'call', contactId: 'c1', state: 'ended' }],
    [5, { kind: 'call', contactId: 'c2', state: 'ended' }],
    [6, outcome('r1')],
    [6, outcome('r2')],
  );

  it('is what happened to its requests, their numbers and calls, and to the whole stage', () => {
    expect(storyOf(trace, ['r1']).map(({ kind }) => kind)).toEqual([
      'arrived',
      'blocked',
      'looked',
      'rang',
      'call',
      'outcome',
    ]);
  });

  it('is printed with times since the start and without a whole number', () => {
    const [violation] = violationsOf(trace, EMPTY, EXPECTATIONS);
    const text = violation ? renderStory(trace, violation) : '';
    expect(text.split('\n')[0]).toBe('blocked: r1 was blocked before startCall looked, at 4.000 s');
    expect(text).toContain('4.000 s  r1       rang');
    expect(text).not.toContain(PHONE);
  });
});
