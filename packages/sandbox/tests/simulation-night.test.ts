import { describe, expect, it } from 'vitest';
import { simulate } from '../simulation/simulate.ts';
import { entriesOf } from '../simulation/trace.ts';
import { arrivals, outcomeCounts, requestId, scenario } from './simulation-support.ts';

const MINUTE = 60_000;
const OPENS_AT = 120 * MINUTE;
const OPEN = { start: '09:00', end: '21:00' };

/** Forty visitors ask between seven and eight in the morning; at nine, three agents are there for an hour or more. */
const night = (callWithinSeconds: number, agents = 3) =>
  scenario({
    startsAt: '2026-11-24T07:00:00+09:00',
    endsAt: 12 * 60 * MINUTE,
    arrivals: arrivals(40, 1.5 * MINUTE),
    agents: Array.from({ length: agents }, (_, index) => ({
      name: `agent-${index}`,
      queues: ['members', 'visitors'],
      from: OPENS_AT - 2 * MINUTE,
    })),
    queues: Object.fromEntries(['members', 'visitors'].map((name) => [name, { overrides: { '2026-11-24': [OPEN] } }])),
    settings: { whenClosed: { do: 'wait', maxDelaySeconds: 57_600, callWithinSeconds } },
  });

describe('the morning after a night', () => {
  it('calls everybody whom the agents can serve, one after the other, those who asked first before the others', async () => {
    // Act
    const { trace, tables } = await simulate(night(7_200));

    // Assess
    expect(outcomeCounts(trace)).toEqual({ completed: 40 });
    const rang = entriesOf(trace, 'rang');
    expect(rang.every(({ at }) => at >= Date.parse('2026-11-24T09:00:00+09:00'))).toBe(true);
    const served = entriesOf(trace, 'left-room').map(({ requestId: id }) => id);
    expect(served).toEqual(Array.from({ length: 40 }, (_, index) => requestId(index)));
    expect(tables.waitingRoom).toEqual([]);
  });

  it('tells an operator of everybody who was not reached in time', async () => {
    // Act
    const { trace } = await simulate(night(600));

    // Assess
    const { completed: called = 0, deferred_in_vain: missed = 0, ...others } = outcomeCounts(trace);
    expect(others).toEqual({});
    expect(called).toBeGreaterThan(3);
    expect(called + missed).toBe(40);
    const failed = entriesOf(trace, 'execution-ended').filter(({ status }) => status === 'FAILED');
    expect(failed).toHaveLength(missed);
  });

  it('tells an operator of everybody where nobody came', async () => {
    const { trace } = await simulate(night(600, 0));
    expect(outcomeCounts(trace)).toEqual({ deferred_in_vain: 40 });
  });
});
