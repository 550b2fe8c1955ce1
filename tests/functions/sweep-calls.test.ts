import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS } from '../../domain/call-lease.ts';
import {
  CONTACT_ID,
  EXECUTION_ID,
  GOOD_CONTENT,
  karteEvent,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ID,
  REQUEST_ID,
  secondsAfter,
  setEnvironment,
} from './function-support.ts';
import { at, event, PLACED, prepareCall } from './placed-call-world.ts';
import { claimedRecord, failOnce, putRecord } from './tables.ts';

setEnvironment();
const { sweepCalls } = await import('../../functions/sweep-calls.ts');

/** As Step Functions tells of an execution. */
const ended = (change: Record<string, unknown> = {}) => ({
  detail: {
    ...{ executionArn: EXECUTION_ID, status: 'ABORTED', startDate: NOW.getTime() },
    input: JSON.stringify(karteEvent(GOOD_CONTENT)),
    ...change,
  },
});

/** A call that was placed at the tests' NOW; the schedule comes 61 s later. */
async function prepareSweep(prepared: Parameters<typeof prepareCall>[0] = {}) {
  const world = await prepareCall(prepared);
  const { clock, dependencies, room } = world;
  clock.at = secondsAfter(61);
  /** Executions that Step Functions names, and since when it was asked. */
  const steps: { found: ReturnType<typeof ended>[] | Error; since: Date[]; takesMs: number } = {
    ...{ found: [], since: [], takesMs: 0 },
  };
  const pauses: number[] = [];
  const requests: string[] = [];
  const run = sweepCalls({
    ...dependencies,
    room,
    centre: world.centre.readings,
    executions: {
      startedBetween: async () => [],
      outputOf: async () => undefined,
      async endedSince(since) {
        steps.since.push(since);
        clock.at = new Date(clock.at.getTime() + steps.takesMs);
        if (steps.found instanceof Error) throw steps.found;
        return steps.found;
      },
    },
    async pause(milliseconds) {
      pauses.push(milliseconds);
      clock.at = new Date(clock.at.getTime() + milliseconds);
    },
    measure(figures, dimensions: Readonly<Record<string, string>>) {
      dependencies.measure(figures, dimensions);
      if ('RequestsEnded' in figures) requests.push(String(dimensions.outcome));
    },
  });
  return { ...world, pauses, requests, run, steps };
}

/** Calls of which nothing is heard, besides the one there is. */
async function moreCalls(world: Awaited<ReturnType<typeof prepareSweep>>, number: number): Promise<void> {
  for (let index = 0; index < number; index += 1) {
    const [requestId, contactId] = [`request-${index}`, `contact-${index}`];
    await putRecord(world, claimedRecord({ ...PLACED, requestId, contactId, phone: '+447700900001' }));
    await world.shared.leases.ringing(requestId, QUEUE_ID, contactId, NOW.getTime(), 7_200_000);
    world.centre.contacts[contactId] = { agentAt: at(20) };
  }
}

describe('sweepCalls, for calls of which nothing was heard', () => {
  it('renews what a call holds that goes on', async () => {
    const { centre, lease, run } = await prepareSweep();
    centre.contacts[CONTACT_ID] = { agentAt: at(20) };
    expect(await run()).toEqual({ looked: 1, settled: 0 });
    expect(await lease()).toMatchObject({ agentUntil: at(20) + METRICS_LAG_MS, lineUntil: at(61 + 7_200) });
  });

  it('settles one that is over, and wakes those who wait', async () => {
    const { centre, record, run, sent } = await prepareSweep({ someoneWaits: true });
    centre.contacts[CONTACT_ID] = { endedAt: at(30), reason: 'TELECOM_TIMEOUT' };
    await run();
    expect(await record()).toMatchObject({ outcome: 'not_answered' });
    expect(sent).toEqual([{ delaySeconds: 0 }]);
  });

  it('calls one lost of which nothing tells any more', async () => {
    const { clock, counted, record, run } = await prepareSweep();
    clock.at = secondsAfter(7_201);
    await run();
    expect(await record()).toMatchObject({ outcome: 'lost' });
    expect(counted).toEqual(['lost']);
  });

  it('looks at five at once, then waits a second, until all were looked at', async () => {
    const world = await prepareSweep();
    await moreCalls(world, 11);
    expect(await world.run()).toMatchObject({ looked: 12 });
    expect(world.pauses).toEqual([1_000, 1_000]);
  });

  it('leaves the rest to the next run where there are too many', async () => {
    const world = await prepareSweep();
    await moreCalls(world, 250);
    const { looked } = await world.run();
    expect(looked).toBe(5 * (world.pauses.length + 1));
    // Its time-out is 60 s.
    expect(world.pauses.length).toBeLessThan(50);
    expect((await world.run()).looked).toBe(251 - looked);
  });

  it('does nothing where all is known', async () => {
    const { centre, run, tell } = await prepareSweep();
    await tell(event('CONNECTED_TO_AGENT', 60));
    centre.asked.splice(0);
    expect(await run()).toEqual({ looked: 0, settled: 0 });
    expect(centre.asked.filter((what) => what.startsWith('contact'))).toEqual([]);
  });
});

describe('sweepCalls, for executions that ended without a word', () => {
  const CLAIMED = { record: claimedRecord({ queueId: QUEUE_ID }), linked: false };

  it('settles their requests', async () => {
    const { holderOf, record, requests, run, steps } = await prepareSweep(CLAIMED);
    steps.found = [ended(), ended({ executionArn: OTHER_EXECUTION_ID, input: '{"id":"another-request"}' })];
    expect(await run()).toMatchObject({ settled: 2 });
    expect(await record()).toMatchObject({ outcome: 'internal_error', reason: 'execution_aborted' });
    expect(await record('another-request')).toMatchObject({ executionId: OTHER_EXECUTION_ID });
    expect(requests).toEqual(['internal_error', 'internal_error']);
    expect(holderOf('+819012345678')).toBeUndefined();
  });

  it('leaves those alone that recorded their outcome, and whose calls are followed', async () => {
    const { guard, record, requests, run, steps } = await prepareSweep();
    const before = guard('phone#+819012345678');
    steps.found = [ended({ status: 'FAILED', error: 'call_unconfirmed' })];
    expect(await run()).toMatchObject({ settled: 0 });
    expect(guard('phone#+819012345678')).toEqual(before);
    steps.found = [ended({ status: 'FAILED', error: 'States.Runtime' })];
    expect(await run()).toMatchObject({ settled: 0 });
    expect(await record()).toEqual(PLACED);
    expect(requests).toEqual([]);
  });

  it('asks from where the run before began, a little earlier; the first time, an hour back', async () => {
    const { clock, run, steps } = await prepareSweep();
    steps.takesMs = 30_000;
    await run();
    clock.at = secondsAfter(121);
    await run();
    clock.at = secondsAfter(181);
    await run();
    expect(steps.since.map((since) => (since.getTime() - NOW.getTime()) / 1_000)).toEqual([
      ...[61 - 3_600 - 120, 61 - 120, 121 - 120],
    ]);
  });

  it.each(['Step Functions does not answer', 'one cannot be settled'])(
    'asks for the same time again where %s, and looks at the calls all the same',
    async (what) => {
      // Prepare
      const world = await prepareSweep(CLAIMED);
      await moreCalls(world, 1);
      const error = what.startsWith('Step')
        ? new Error('no answer')
        : failOnce(
            world,
            'before',
            ({ name, table, key }) => `${name} ${table} ${key}` === `UpdateCommand calls ${REQUEST_ID}`,
          );
      world.steps.found = what.startsWith('Step') ? error : [ended()];

      // Act
      await expect(world.run()).rejects.toBe(error);
      world.steps.found = [ended()];
      world.clock.at = secondsAfter(121);
      await world.run();

      // Assess
      expect(world.steps.since[1]).toEqual(secondsAfter(121 - 3_600 - 120));
      expect(await world.record()).toMatchObject({ outcome: 'internal_error' });
      expect(await world.record('request-0')).toHaveProperty('agentAt');
    },
  );

  it('settles them all the same where calls cannot be looked at', async () => {
    const world = await prepareSweep(CLAIMED);
    const error = new Error('the table does not answer');
    // What measures the stage reads the leases, too.
    world.interference.before = ({ name }) => {
      if (name === 'QueryCommand') throw error;
    };
    world.steps.found = [ended()];
    await expect(world.run()).rejects.toBe(error);
    expect(await world.record()).toMatchObject({ outcome: 'internal_error' });
  });
});
