import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../simulation/scenario.ts';
import { simulate } from '../simulation/simulate.ts';
import { entriesOf } from '../simulation/trace.ts';
import { arrivals, of, outcomeCounts, outcomes, phone, requestId, scenario } from './simulation-support.ts';

/** The fault's kind, a chance at which it meets some of the requests, and how the trace names it. */
const FAULTS: readonly [FaultKind, number, RegExp][] = [
  ['startThrottled', 0.3, /^startThrottled$/],
  ['startUnavailable', 0.3, /^startUnavailable$/],
  ['startTimeoutBefore', 0.3, /^startTimeoutBefore$/],
  ['startTimeoutAfter', 0.3, /^startTimeoutAfter$/],
  ['readThrottled', 0.3, /^readThrottled$/],
  ['readTimeout', 0.2, /^readTimeout$/],
  ['tableThrottled', 0.03, /^tableThrottled$/],
  ['tableTimeout', 0.03, /^tableTimeout$/],
  ['functionDies', 0.1, / dies$/],
  ['startCallDies', 0.4, /^startCall dies$/],
  ['answerLost', 0.4, /^answerLost$/],
  ['executionAborted', 0.3, /^executionAborted$/],
  ['executionTimedOut', 0.3, /^executionTimedOut$/],
  ['contactEventLost', 0.3, /^contactEventLost$/],
  ['contactEventLate', 0.3, /^contactEventLate$/],
  ['contactEventDoubled', 0.3, /^contactEventDoubled$/],
  ['callSilent', 0.3, /^callSilent$/],
];

const fifteen = () => arrivals(15, 2_000, { copies: [500] });

describe('each fault of a simulated world', () => {
  it.each(FAULTS)(
    '%s happens, and every request still has one outcome and one call at most',
    async (kind, rate, name) => {
      // Act
      const { trace, unfinished } = await simulate(
        scenario({ seed: 4, arrivals: fifteen(), faults: { [kind]: rate, executionEndsMs: [0, 8_000] } }),
      );

      // Assess
      expect(entriesOf(trace, 'fault').map(({ fault }) => fault)).toContainEqual(expect.stringMatching(name));
      expect(Object.keys(outcomes(trace))).toHaveLength(15);
      const rang = entriesOf(trace, 'rang').map((entry) => entry.requestId);
      expect(rang).toEqual([...new Set(rang)]);
      expect(unfinished).toBe(0);
    },
  );

  it('two more need somebody who waits: messages that come twice, and answers to tokens that nobody hears of', async () => {
    // Act: the agents are seen late, so that everybody waits.
    const { trace } = await simulate(
      scenario({
        seed: 4,
        arrivals: arrivals(15, 100, { at: 5_000 }),
        faults: { messageDoubled: 0.5, tokenTimeout: 0.5 },
      }),
    );

    // Assess
    const faults = entriesOf(trace, 'fault').map(({ fault }) => fault);
    expect(faults).toContain('messageDoubled');
    expect(faults).toContain('tokenTimeout');
    expect(outcomeCounts(trace)).toEqual({ completed: 15 });
  });

  it('a silent call may be untold, too: then nothing tells what became of it', async () => {
    // Act
    const faults = { callSilent: 1, callUntold: 0.5 };
    const { trace, tables } = await simulate(
      scenario({ seed: 4, arrivals: arrivals(15, 2_000), faults, settings: { limits: { maxCallSeconds: 900 } } }),
    );

    // Assess
    const untold = new Set(
      entriesOf(trace, 'fault').flatMap(({ fault, contactId }) => (fault === 'callUntold' ? [contactId] : [])),
    );
    expect(outcomeCounts(trace)).toEqual({ completed: 15 - untold.size, lost: untold.size });
    const lost = tables.calls.filter(({ outcome }) => outcome === 'lost').map(({ contactId }) => contactId);
    expect(new Set(lost)).toEqual(untold);
    expect(untold.size).toBeGreaterThan(2);
  });

  it('clocks that are off change what functions do, not what the trace says of the time', async () => {
    // Act
    const run = async (clockSkewMs: number) =>
      (await simulate(scenario({ arrivals: arrivals(10, 1_000), faults: { clockSkewMs } }))).tables.calls;
    const [exact, skewed] = [await run(0), await run(2_000)];

    // Assess
    const claimedAt = (records: typeof exact) => records.map((record) => record.claimedAt);
    expect(claimedAt(skewed)).not.toEqual(claimedAt(exact));
  });
});

describe('a function that dies', () => {
  it('has done everything up to then, and does nothing after it', async () => {
    // Act: Amazon Connect has accepted, but startCall never gets to say so.
    const { trace } = await simulate(scenario({ seed: 2, arrivals: fifteen(), faults: { startCallDies: 1 } }));

    // Assess
    const died = entriesOf(trace, 'fault').filter(({ fault }) => fault === 'startCall dies');
    expect(died.length).toBeGreaterThan(15);
    expect(entriesOf(trace, 'rang')).toHaveLength(15);
    expect(entriesOf(trace, 'asked').map(({ result }) => result)).toContain('repeated');
    // Their contacts say in the end whose they are.
    expect(outcomeCounts(trace)).toEqual({ completed: 15 });
    const errors = new Set(entriesOf(trace, 'retried').map(({ error }) => error));
    expect(errors).toEqual(new Set(['Lambda.Unknown', 'Sandbox.Timedout']));
  });
});

describe('an execution that is cut short', () => {
  it.each([
    ['executionAborted', 'ABORTED', 'execution_aborted'],
    ['executionTimedOut', 'TIMED_OUT', 'execution_timed_out'],
  ] as const)('by %s ends as %s and is settled from its event', async (kind, status, reason) => {
    // Act
    const { trace } = await simulate(
      scenario({ arrivals: arrivals(1), faults: { [kind]: 1, executionEndsMs: [2_000, 2_000] } }),
    );

    // Assess
    expect(of(trace, 'execution-ended', 0)).toMatchObject([{ status }]);
    expect(of(trace, 'outcome', 0)).toMatchObject([{ outcome: 'internal_error', reason }]);
    const [ended, settled] = [of(trace, 'execution-ended', 0)[0]?.at ?? 0, of(trace, 'outcome', 0)[0]?.at ?? 0];
    expect(settled).toBeGreaterThan(ended);
    expect(entriesOf(trace, 'rang')).toEqual([]);
    expect(entriesOf(trace, 'invoked').filter(({ function: name }) => name === 'settleExecution')).toMatchObject([
      { requestId: requestId(0) },
    ]);
  });
});

describe('an operator', () => {
  it('tries again where a table is too busy for a switch', async () => {
    // Prepare: three writes a second, two for each of twenty numbers that are blocked within two.
    const actions = Array.from({ length: 20 }, (_, index) => ({
      at: index * 100,
      do: 'block' as const,
      phone: phone(index),
    }));

    // Act
    const { trace, tables } = await simulate(
      scenario({ actions, quotas: { tablePartitions: { partitions: 1, write: 3, read: 3_000 } } }),
    );

    // Assess
    expect(new Set(entriesOf(trace, 'blocked').map((entry) => entry.phone)).size).toBe(20);
    expect(entriesOf(trace, 'blocked').at(-1)?.at).toBeGreaterThan((trace[0]?.at ?? 0) + 3_000);
    expect(tables.guards.filter(({ guardId }) => String(guardId).startsWith('blocked#'))).toHaveLength(20);
  });
});
