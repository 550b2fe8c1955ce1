import { describe, expect, it } from 'vitest';
import { violationsOf } from '../simulation/check-invariants.ts';
import type { Expectations } from '../simulation/invariants.ts';
import type { Happening } from '../simulation/trace.ts';
import { lived, START, USUAL } from './invariants-support.ts';

const QUEUE = '00000000-0000-4000-8000-00000000c001';

const EXPECTATIONS: Expectations = {
  ...USUAL,
  openings: new Map([[QUEUE, [{ from: START + 1_000_000, to: START + 9_000_000 }]]]),
};

type At = readonly [seconds: number, happening: Happening];
const agent = (agentId: string, state: 'free' | 'busy'): Happening => ({ kind: 'agent', agentId, state });
/** Each is called on a number of its own. */
const called = (requestId: string, at: number, queueId = 'any', phone = `+44770090000${requestId.slice(1)}`): At[] => [
  [at - 20, { kind: 'arrived', requestId, phone }],
  [at - 5, { kind: 'turn-reserved', turnAt: START + at * 1_000, nextAt: 0 }],
  [at - 5, { kind: 'turn', requestId, turnAt: START + at * 1_000 }],
  [at, { kind: 'rang', requestId, contactId: `c-${requestId}`, phone, queueId }],
  [at + 1, { kind: 'outcome', requestId, outcome: 'call_placed', reason: 'accepted' }],
];
const over = (requestId: string, at: number): At => [at, { kind: 'call', contactId: `c-${requestId}`, state: 'ended' }];

/** What is found, as "invariant: requests". */
function found(happenings: readonly At[], expectations: Partial<Expectations> = {}): string[] {
  const { trace, calls } = lived(
    happenings
      .map(([seconds, happening]) => ({ ...happening, at: START + seconds * 1_000 }))
      .sort((a, b) => a.at - b.at),
  );
  const tables = { calls, guards: [], leases: [], waitingRoom: [] };
  return violationsOf(trace, tables, { ...EXPECTATIONS, ...expectations }).map(
    ({ invariant, requestIds }) => `${invariant}: ${requestIds.join(' ')}`,
  );
}

describe('agents', () => {
  const one: At = [0, agent('a1', 'free')];

  it('are there for every call on its way', () => {
    expect(found([one, ...called('r1', 100), over('r1', 130), ...called('r2', 131)])).toEqual([]);
  });

  it('are not there for two calls when one was free', () => {
    expect(found([one, ...called('r1', 100), ...called('r2', 101)])).toEqual(['over-dial: r2']);
  });

  it.each([
    [60, []],
    [200, ['over-dial: r1']],
  ])('may have been busy for %d s, which the metrics do not tell at once', (seconds, violations) => {
    const busy: At[] = [
      [300 - seconds, agent('a1', 'busy')],
      [301 - seconds, agent('a1', 'busy')],
    ];
    expect(found([one, ...busy, ...called('r1', 300)])).toEqual(violations);
  });
});

describe('calls', () => {
  const agents: At[] = ['a1', 'a2', 'a3'].map((name) => [0, agent(name, 'free')]);
  const three: At[] = [...agents, ...called('r1', 100), ...called('r2', 101), ...called('r3', 102)];

  it.each([
    [3, []],
    [2, ['lines: r3']],
  ])('are at most as many at once as the stage allows: %d', (maxConcurrentCalls, violations) => {
    const gone = (requestId: string, at: number): At => [
      at,
      { kind: 'line-over', requestId, contactId: `c-${requestId}` },
    ];
    const others = [gone('r2', 110), gone('r3', 110)];
    expect(found([...three, gone('r1', 110), ...others], { maxConcurrentCalls })).toEqual(violations);
    expect(found([...three, gone('r1', 101.5), ...others], { maxConcurrentCalls: 2 })).toEqual([]);
  });

  it.each([
    [3, []],
    [2, ['calls per day: r3']],
  ])('are at most as many on a day as the stage allows: %d', (callsPerDay, violations) => {
    expect(found(three, { callsPerDay })).toEqual(violations);
  });

  it.each([
    ['in time', 280_000, 'any', []],
    ['late', 10_000, 'any', ['too late: r1']],
    ['late, but before the queue opens', 10_000, QUEUE, ['closed: r1', 'too late: r1']],
  ])('leave %s', (_name, maxAgeMs, queueId, violations) => {
    expect(found([...agents, ...called('r1', 100, queueId)], { maxAgeMs })).toEqual(violations);
  });

  it('may leave after the opening for which they waited', () => {
    const late = called('r1', 1_010, QUEUE).map(([at, what]): At => [what.kind === 'arrived' ? 0 : at, what]);
    expect(found([...agents, ...late])).toEqual([]);
  });
});

describe('requests to Amazon Connect', () => {
  const asked = (result: string, count: number): At[] =>
    Array.from({ length: count }, (_, index): At => [index, { kind: 'asked', requestId: 'r1', result }]);

  it.each([
    ['one in a hundred', 4, 0, []],
    ['more', 6, 0, ['throttled: r1']],
    ['more, by a fault of the simulation', 6, 2, []],
  ])('are throttled for their rate: %s', (_name, throttled, byFault, violations) => {
    const faults = Array.from({ length: byFault }, (): At => [0, { kind: 'fault', fault: 'startThrottled' }]);
    const all = [...asked('accepted', 396), ...asked('TooManyRequestsException', throttled), ...faults];
    expect(found(all)).toEqual(violations);
  });
});
