import { describe, expect, it } from 'vitest';
import type { Deferred } from '../../domain/call-state.ts';
import { intervals, prepareCheckQueue } from './check-queue-world.ts';
import { DAY, EXECUTION_ID, goodRequest, holdUntil, NOW, REQUEST_ID, secondsAfter } from './function-support.ts';

describe('checkQueue, in a stage that waits for the opening', () => {
  const WAIT = { whenClosed: { do: 'wait', maxDelaySeconds: 57_600, callWithinSeconds: 7_200 } } as const;
  /** From one in the afternoon. */
  const AFTERNOON = intervals({ date: '2026-11-22', start: 13 * 60, end: 18 * 60 });
  const OPENS = secondsAfter(3_600);

  /** A request that was claimed while the queue is closed. */
  async function prepareDeferred() {
    const prepared = prepareCheckQueue(WAIT);
    prepared.centre.queue = AFTERNOON;
    await prepared.shared.phones.hold(goodRequest.phone, REQUEST_ID, holdUntil(secondsAfter(900), NOW));
    return prepared;
  }

  it('defers the request, counts its deadline from the opening and holds its number until after it', async () => {
    // Prepare
    const { guard, guardsLike, run } = await prepareDeferred();

    // Act
    const state = await run();

    // Assess
    expect(state).toEqual({
      decision: 'opening',
      holdsGuards: true,
      request: {
        ...goodRequest,
        deadlineAt: secondsAfter(3_600 + 7_200).toISOString(),
        opensAt: OPENS.toISOString(),
      },
      opensAt: OPENS.toISOString(),
    });
    expect(guard(`phone#${goodRequest.phone}`)).toMatchObject({
      requestId: REQUEST_ID,
      until: secondsAfter(3_600 + 7_200 + 900).getTime(),
    });
    expect(guardsLike('leases#')).toEqual([]);
  });

  it('puts the request in line after the opening, though somebody is free: others asked before', async () => {
    // Prepare
    const { clock, run } = await prepareDeferred();
    const deferred = (await run()) as Deferred;
    clock.at = OPENS;

    // Act
    const state = await run(deferred);

    // Assess
    expect(state).toMatchObject({ decision: 'wait', waitSeconds: 7_200 });
  });

  it('ends the request where the opening lies too far away', async () => {
    const { centre, run } = await prepareDeferred();
    centre.queue = intervals({ date: '2026-11-23', start: 9 * 60, end: 18 * 60 });
    expect(await run()).toMatchObject({ ending: { outcome: 'queue_closed', reason: 'opens_too_late' } });
  });

  it('ends the request where its number went to another one', async () => {
    const { shared, run } = await prepareDeferred();
    await shared.phones.release(goodRequest.phone, REQUEST_ID, DAY);
    await shared.phones.hold(goodRequest.phone, 'another-request', holdUntil(secondsAfter(900), NOW));
    expect(await run()).toMatchObject({ ending: { outcome: 'number_held', reason: 'live_request' } });
  });

  it('holds no number anew after the opening where its execution was settled meanwhile', async () => {
    // Prepare
    const { calls, clock, shared, holderOf, record, run } = await prepareDeferred();
    const deferred = (await run()) as Deferred;
    const ended = { outcome: 'internal_error', reason: 'execution_aborted', class: 'failed' } as const;
    await calls.settle({ requestId: REQUEST_ID, executionId: EXECUTION_ID, endedAt: '', ...ended }, await record());
    await shared.phones.release(goodRequest.phone, REQUEST_ID, DAY);
    clock.at = OPENS;

    // Act & Assess
    expect(await run(deferred)).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
    expect(holderOf(goodRequest.phone)).toBeUndefined();
  });

  it('does not wait for a queue that is disabled', async () => {
    const { centre, run } = await prepareDeferred();
    centre.queue = { ...AFTERNOON, enabled: false };
    expect(await run()).toMatchObject({ ending: { outcome: 'queue_disabled' } });
  });
});
