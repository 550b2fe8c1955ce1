import { describe, expect, it } from 'vitest';
import { simulate } from '../simulation/simulate.ts';
import { entriesOf } from '../simulation/trace.ts';
import {
  arrivals,
  FIRST_ARRIVAL,
  of,
  outcomeCounts,
  outcomes,
  phone,
  requestId,
  scenario,
} from './simulation-support.ts';

const UNCONTENDED = [
  'ValidateRequest',
  'IsRequestValid',
  'CheckQueue',
  'CanQueueTakeIt',
  'StartCall',
  'RecordOutcome',
  'MustSomebodyAct',
  'RequestEnded',
];

describe('a simulated world without faults', () => {
  it('takes a request through the states of the deployed machine to one call', async () => {
    // Act
    const { trace, tables, unfinished, use } = await simulate(scenario({ arrivals: arrivals(1) }));

    // Assess
    expect(of(trace, 'entered', 0).map(({ state }) => state)).toEqual(UNCONTENDED);
    expect(of(trace, 'rang', 0)).toMatchObject([{ phone: phone(0) }]);
    const contactId = of(trace, 'rang', 0)[0]?.contactId;
    const calls = entriesOf(trace, 'call').filter((entry) => entry.contactId === contactId);
    expect(calls.map(({ state }) => state)).toEqual(['in-flow', 'in-queue', 'with-agent', 'ended']);
    expect(tables.calls).toMatchObject([{ requestId: requestId(0), outcome: 'completed', contactId }]);
    expect(of(trace, 'execution-ended', 0)).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(unfinished).toBe(0);
    expect(use.stateTransitions).toBe(UNCONTENDED.length);
    expect(use.functions).toMatchObject({ admit: { invocations: 1 }, road: { invocations: 3 } });
    expect(use.tables.guards.write).toBeGreaterThan(0);
  });

  it('runs the same way again, and another way with another seed', async () => {
    const run = async (seed: number) => (await simulate(scenario({ seed, arrivals: arrivals(30) }))).trace;
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it('leaves the luck of a request as it is when another is taken out', async () => {
    // Prepare: the other one changes nothing that this one could meet.
    const [refused, called] = arrivals(2, 600_000);
    const both = [{ ...refused, typed: '110' }, called] as ReturnType<typeof arrivals>;
    const timesOf = async (those: typeof both) =>
      of((await simulate(scenario({ arrivals: those }))).trace, 'entered', 1).map(({ at }) => at);

    // Assess
    expect(await timesOf(both.slice(1))).toEqual(await timesOf(both));
  });

  it('sends a crowd out at the pace of the quota, in the order of arrival beyond the jitter, and throttles nobody', async () => {
    // Act
    const { trace } = await simulate(scenario({ arrivals: arrivals(30), agents: agents(80) }));

    // Assess
    expect(outcomeCounts(trace)).toEqual({ completed: 30 });
    const rang = entriesOf(trace, 'rang').map(({ at }) => at);
    expect((rang.at(-1) ?? 0) - (rang[0] ?? 0)).toBeGreaterThan(12_000);
    expect(entriesOf(trace, 'asked').filter(({ result }) => result !== 'accepted')).toEqual([]);
  });

  it('lets requests wait for agents whom the metrics do not show yet', async () => {
    // Act
    const { trace, startedAt } = await simulate(scenario({ arrivals: arrivals(1, 0, { at: 1_000 }) }));

    // Assess
    expect(of(trace, 'entered-room', 0)).toHaveLength(1);
    expect(of(trace, 'left-room', 0)).toHaveLength(1);
    expect(of(trace, 'entered', 0).map(({ state }) => state)).toContain('WaitForAgent');
    expect(of(trace, 'rang', 0)[0]?.at).toBeGreaterThan(startedAt + 15_000);
  });

  it('gives up those for whom nobody becomes free until their deadline', async () => {
    const { trace } = await simulate(scenario({ arrivals: arrivals(2), agents: [] }));
    expect(outcomeCounts(trace)).toEqual({ no_agents_available: 2 });
  });

  it('shows agents who come, are called by others, take breaks and go', async () => {
    // Act
    const { trace, startedAt } = await simulate(
      scenario({
        agents: [
          { name: 'a', queues: ['visitors'], from: 1_000, until: 90_000, breaks: [{ from: 60_000, until: 70_000 }] },
        ],
        inbound: [{ at: 5_000, queue: 'visitors', talkSeconds: 20 }],
      }),
    );

    // Assess
    const seen = entriesOf(trace, 'agent').map(({ at, state }) => [Math.round((at - startedAt) / 1_000), state]);
    expect(seen).toEqual([
      [1, 'free'],
      [5, 'busy'],
      [25, 'free'],
      [60, 'break'],
      [70, 'free'],
      [90, 'offline'],
    ]);
    expect(entriesOf(trace, 'inbound').map(({ state }) => state)).toEqual(['started', 'ended']);
  });

  it('stops, resumes and blocks when operators do', async () => {
    // Act
    const { trace } = await simulate(
      scenario({
        arrivals: arrivals(5, 60_000),
        actions: [
          { at: FIRST_ARRIVAL + 30_000, do: 'stop' },
          { at: FIRST_ARRIVAL + 90_000, do: 'resume' },
          { at: FIRST_ARRIVAL + 150_000, do: 'block', phone: phone(3) },
        ],
      }),
    );

    // Assess
    expect(outcomes(trace)).toEqual({
      [requestId(0)]: 'completed',
      [requestId(1)]: 'calling_disabled',
      [requestId(2)]: 'completed',
      [requestId(3)]: 'number_blocked',
      [requestId(4)]: 'completed',
    });
  });

  it('refuses numbers that must not be dialled, and calls nobody while a queue is switched off', async () => {
    // Act
    const [typed, closed, open] = arrivals(3, 120_000);
    const { trace } = await simulate(
      scenario({
        arrivals: [{ ...typed, typed: '110', mustNotRing: 'an emergency number' }, closed, open] as ReturnType<
          typeof arrivals
        >,
        queues: {
          visitors: {
            switched: [
              { at: FIRST_ARRIVAL + 60_000, open: false },
              { at: FIRST_ARRIVAL + 200_000, open: true },
            ],
          },
        },
      }),
    );

    // Assess
    expect(outcomes(trace)).toEqual({
      [requestId(0)]: 'number_refused',
      [requestId(1)]: 'queue_closed',
      [requestId(2)]: 'completed',
    });
    expect(entriesOf(trace, 'closed')).toHaveLength(1);
    expect(entriesOf(trace, 'opened')).toHaveLength(1);
  });
});

const agents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `agent-${index}`, queues: ['members', 'visitors'], from: 0 }));

describe('the quotas of a simulated world', () => {
  it('make a dead letter of an event that cannot start an execution for too long', async () => {
    const { trace } = await simulate(
      scenario({ arrivals: arrivals(3), quotas: { startExecution: { burst: 1, perSecond: 0.001 } } }),
    );
    expect(entriesOf(trace, 'delivered')).toHaveLength(1);
    expect(entriesOf(trace, 'dead-letter')).toHaveLength(2);
  });

  it('slow executions down when there are too many state transitions', async () => {
    const secondsOf = async (perSecond: number) => {
      const { trace, startedAt } = await simulate(
        scenario({ arrivals: arrivals(10), agents: [], quotas: { stateTransitions: { burst: 10, perSecond } } }),
      );
      const checked = entriesOf(trace, 'entered').filter(({ state }) => state === 'CheckQueue');
      return ((checked.at(-1)?.at ?? 0) - startedAt) / 1_000;
    };
    expect((await secondsOf(0.1)) - (await secondsOf(1_000))).toBeGreaterThan(5);
  });

  it('let functions be throttled beyond their concurrency, and the state machine tries again', async () => {
    const { trace } = await simulate(scenario({ arrivals: arrivals(20), quotas: { lambdaConcurrency: 1 } }));
    expect(entriesOf(trace, 'retried').map(({ error }) => error)).toContain('Lambda.TooManyRequestsException');
    expect(Object.values(outcomeCounts(trace)).reduce((sum, count) => sum + count, 0)).toBe(20);
  });
});

describe('a simulation', () => {
  it('puts the real clock, timers and chance back, whatever happens', async () => {
    // Prepare
    const real = [setTimeout, clearTimeout, Date, Math.random, Error.stackTraceLimit];
    const broken = simulate(
      scenario({ arrivals: arrivals(1), inbound: [{ at: 0, queue: 'nowhere', talkSeconds: 1 }] }),
    );

    // Assess
    await expect(broken).rejects.toThrow('nowhere');
    expect([setTimeout, clearTimeout, Date, Math.random, Error.stackTraceLimit]).toEqual(real);
  });

  it('fails loudly where the code is wrong, instead of taking it for a fault', async () => {
    const broken = simulate(scenario({ arrivals: arrivals(1) }), {
      shared: (shared) => ({
        ...shared,
        phones: {
          ...shared.phones,
          hold() {
            throw new TypeError('hold is not what it was');
          },
        },
      }),
    });
    await expect(broken).rejects.toThrow('hold is not what it was');
  });
});
