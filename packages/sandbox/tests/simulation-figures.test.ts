import { describe, expect, it } from 'vitest';
import { costOf, PRICES } from '../../../resources/prices.ts';
import { figuresOf } from '../simulation/report-figures.ts';
import { longestIdle, metNobody, peakOverDial } from '../simulation/report-staffing.ts';
import { markdownTable, textTable } from '../simulation/simulation-report.ts';
import type { Happening, TraceEntry } from '../simulation/trace.ts';

type At = readonly [seconds: number, happening: Happening];
const traceOf = (...happenings: At[]): TraceEntry[] =>
  happenings.map(([seconds, happening]) => ({ ...happening, at: seconds * 1_000 }));

const agent = (agentId: string, state: 'free' | 'busy' | 'break'): Happening => ({ kind: 'agent', agentId, state });
const arrived = (requestId: string): Happening => ({
  kind: 'arrived',
  requestId,
  phone: '+447700900001',
});
const delivered = (requestId: string): Happening => ({ kind: 'delivered', requestId, executionId: `of-${requestId}` });
const entered = (requestId: string, state: string): Happening => ({
  kind: 'entered',
  requestId,
  executionId: `of-${requestId}`,
  state,
});
const turn = (requestId: string): Happening => ({ kind: 'turn', requestId, turnAt: 0 });
const rang = (requestId: string): Happening => ({
  kind: 'rang',
  requestId,
  contactId: `call-${requestId}`,
  phone: '+447700900001',
  queueId: 'q',
});
const call = (requestId: string, state: 'in-queue' | 'with-agent' | 'ended'): Happening => ({
  kind: 'call',
  contactId: `call-${requestId}`,
  state,
});
const waits = (requestId: string): Happening => ({
  kind: 'entered-room',
  requestId,
  queueId: 'q',
  place: requestId,
  deadlineAt: Number.POSITIVE_INFINITY,
});
const waited = (requestId: string): Happening => ({ kind: 'left-room', requestId, queueId: 'q' });

const PACE = { callsPerSecond: 2, burst: 5 };
const figures = (trace: TraceEntry[], jitterMs = 0) => figuresOf(trace, PACE, jitterMs);

describe('time', () => {
  it('is counted from the first arrival to the last call, beside the least that the quota allows', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `r${index}`);
    const trace = traceOf(
      ...ids.map((id): At => [100, arrived(id)]),
      ...ids.map((id, index): At => [101 + index, rang(id)]),
    );
    expect(figures(trace)).toMatchObject({ requests: 25, placed: 25, seconds: 25, idealSeconds: 10 });
  });

  it('is at least as long as people keep asking', () => {
    const trace = traceOf([0, arrived('r1')], [1, rang('r1')], [60, arrived('r2')], [61, rang('r2')]);
    expect(figures(trace)).toMatchObject({ seconds: 61, idealSeconds: 60 });
  });
});

describe('calls', () => {
  const trace = traceOf([0, arrived('r1')], [1, arrived('r2')], [4, rang('r1')], [9, rang('r1')], [11, rang('r2')]);

  it('beyond the first of a request are counted apart', () => {
    expect(figures(trace)).toMatchObject({ requests: 2, placed: 2, extraCalls: 1 });
  });

  it('are waited for until the first of a request', () => {
    expect(figures(trace).waitSeconds).toEqual({ median: 10, longest: 10 });
  });

  it('take their time from the opening, where they wait for one', () => {
    expect(figuresOf(trace, PACE, 0, 3_000).seconds).toBe(8);
  });
});

describe('requests that were overtaken', () => {
  const trace = traceOf(
    [0, delivered('r1')],
    [5, delivered('r2')],
    [6, delivered('r3')],
    [20, rang('r3')],
    [21, rang('r1')],
    [22, rang('r2')],
  );

  it.each([
    [0, 2],
    [2, 1],
    [5.9, 1],
    [6, 0],
  ])('are those called after somebody who came more than %d s later: %i', (jitter, count) => {
    expect(figures(trace, jitter * 1_000).overtaken).toBe(count);
  });
});

describe('calls beyond the free agents', () => {
  it('are counted at their worst moment, from dialling until an agent has the call', () => {
    const trace = traceOf(
      [0, agent('a1', 'free')],
      [1, rang('r1')],
      [2, rang('r2')],
      [3, rang('r3')],
      [4, call('r3', 'ended')],
      [9, call('r1', 'in-queue')],
      [9, agent('a1', 'busy')],
      [9, call('r1', 'with-agent')],
    );
    expect(peakOverDial(trace)).toBe(2);
  });

  it('are none while an agent takes the call: that is one moment', () => {
    const trace = traceOf(
      [0, agent('a1', 'free')],
      [1, rang('r1')],
      [9, agent('a1', 'busy')],
      [9, call('r1', 'with-agent')],
    );
    expect(peakOverDial(trace)).toBe(0);
  });

  it('are there when an agent goes on a break meanwhile', () => {
    expect(peakOverDial(traceOf([0, agent('a1', 'free')], [1, rang('r1')], [2, agent('a1', 'break')]))).toBe(1);
  });
});

describe('customers who meet nobody', () => {
  it('come to a queue while no agent is free, whatever happens afterwards', () => {
    const trace = traceOf(
      [0, agent('a1', 'free')],
      [1, call('r1', 'in-queue')],
      [1, agent('a1', 'busy')],
      [2, call('r2', 'in-queue')],
      [9, agent('a1', 'free')],
      [9, agent('a1', 'busy')],
    );
    expect(metNobody(trace)).toBe(1);
  });
});

describe('the longest idleness of an agent while somebody waits', () => {
  it('lasts from when both are there until a call is on its way', () => {
    const trace = traceOf(
      [0, agent('a1', 'busy')],
      [1, waits('r1')],
      [10, agent('a1', 'free')],
      [27, turn('r1')],
      [27, waited('r1')],
      [40, rang('r1')],
      [50, agent('a1', 'busy')],
      [50, call('r1', 'with-agent')],
    );
    expect(longestIdle(trace)).toBe(17_000);
  });

  it('begins when somebody waits, not when the agent became free', () => {
    expect(longestIdle(traceOf([0, agent('a1', 'free')], [100, waits('r1')], [103, turn('r1')]))).toBe(3_000);
  });

  it('does not count agents to whom a call is on its way', () => {
    const trace = traceOf(
      [0, agent('a1', 'free')],
      [0, agent('a2', 'free')],
      [0, turn('r1')],
      [0, turn('r2')],
      [1, waits('r3')],
      [60, rang('r1')],
    );
    expect(longestIdle(trace)).toBe(0);
  });

  it('counts each agent by itself: one after the other is no longer than one', () => {
    const trace = traceOf(
      [0, waits('r1')],
      [0, waits('r2')],
      [0, waits('r3')],
      [1, agent('a1', 'free')],
      [6, agent('a2', 'free')],
      [9, turn('r1')],
      [14, turn('r2')],
    );
    expect(longestIdle(trace)).toBe(8_000);
  });

  it('goes on after a call that came to nothing', () => {
    const trace = traceOf(
      [0, agent('a1', 'free')],
      [0, turn('r1')],
      [0, waits('r2')],
      [5, { kind: 'outcome', requestId: 'r1', outcome: 'expired', reason: 'deadline_passed' }],
      [9, turn('r2')],
    );
    expect(longestIdle(trace)).toBe(9_000);
  });
});

describe('states', () => {
  it('are counted for executions whose call was placed, retries for each call, and everything for Step Functions', () => {
    const trace = traceOf(
      ...['ValidateRequest', 'StartCall', 'RecordOutcome'].map((state): At => [1, entered('r1', state)]),
      ...['ValidateRequest', 'WaitForAgent', 'StartCall', 'RecordOutcome'].map(
        (state): At => [2, entered('r2', state)],
      ),
      [3, entered('r3', 'ValidateRequest')],
      [3, { kind: 'retried', requestId: 'r2', executionId: 'of-r2', state: 'StartCall', error: 'ConnectThrottled' }],
      [4, rang('r1')],
      [4, rang('r2')],
    );
    expect(figures(trace)).toMatchObject({
      states: { mean: 3.5, max: 4 },
      shortestPath: ['ValidateRequest', 'StartCall', 'RecordOutcome'],
      retriesPerCall: 0.5,
      transitions: 9,
    });
  });

  it('of a second delivery are not those of the call', () => {
    const trace = traceOf(
      [1, entered('r1', 'StartCall')],
      [2, { kind: 'entered', requestId: 'r1', executionId: 'again', state: 'ValidateRequest' }],
      [3, rang('r1')],
    );
    expect(figures(trace).states).toEqual({ mean: 1, max: 1 });
  });
});

describe('attempts', () => {
  it('are throttled under either name of it', () => {
    const asked = (result: string): At => [1, { kind: 'asked', requestId: 'r1', result }];
    const trace = traceOf(
      asked('accepted'),
      asked('TooManyRequestsException'),
      asked('ThrottlingException'),
      asked('no-answer'),
    );
    expect(figures(trace)).toMatchObject({ asked: 4, throttled: 2, rejected: 0 });
  });
});

describe('cost', () => {
  it('is the sum of what was used, each at its price', () => {
    const nothing = {
      stateTransitions: 0,
      lambdaRequests: 0,
      lambdaGbSeconds: 0,
      writeUnits: 0,
      readUnits: 0,
      queueRequests: 0,
      partnerEvents: 0,
    };
    expect(costOf(nothing)).toBe(0);
    expect(costOf({ ...nothing, stateTransitions: 11_000, writeUnits: 1_000_000 })).toBeCloseTo(0.275 + 0.715, 10);
    expect(costOf({ ...nothing, lambdaGbSeconds: 75_000, partnerEvents: 1_000_000 })).toBeCloseTo(1.000005 + 1, 10);
  });

  it('has a source for each price', () => {
    for (const { source, says } of Object.values(PRICES)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing\//);
      expect(says).toContain('$');
    }
  });
});

describe('tables', () => {
  it('put numbers to the right and words to the left', () => {
    expect(
      textTable(
        ['who', 'calls'],
        [
          ['ours', '9'],
          ['theirs', '10'],
        ],
      ),
    ).toBe('who     calls\nours        9\ntheirs     10\n');
  });

  it('are written for pages, too', () => {
    expect(markdownTable(['who', 'calls'], [['a|b', '9']])).toBe('| who | calls |\n| --- | --- |\n| a\\|b | 9 |\n');
  });
});
