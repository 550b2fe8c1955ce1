import { describe, expect, it } from 'vitest';
import { OFFERED, ONCE, prepare, SECOND_TRY, WISHED } from './call-once-more-world.ts';
import { CONTACT_ID, EXECUTION_ID, REQUEST_ID } from './function-support.ts';
import { event, iso } from './placed-call-world.ts';

const BY_FLOW = { disconnectReason: 'CONTACT_FLOW_DISCONNECT' };
/** As long after the last sign of a call as it may go on without one. */
const GIVEN_UP = 7_500;

/** A call that was answered, and waited from the 20th second until it was over; Amazon Connect itself tells nothing of it. */
async function untold(endedAt: number, { change = OFFERED, reason = BY_FLOW } = {}) {
  const world = await prepare(change);
  world.centre.contacts[CONTACT_ID] = new Error('not today');
  await world.tell(event('QUEUED', 20, { queueInfo: { enqueueTimestamp: iso(20) } }));
  await world.tell(event('DISCONNECTED', endedAt, { disconnectTimestamp: iso(endedAt), ...reason }));
  await world.sweep(endedAt + 60);
  return world;
}

describe('a call whose customer may have wished to be called back', () => {
  it.each([
    ['the flow ended', BY_FLOW],
    ['the customer ended, who may have heard the promise', { disconnectReason: 'CUSTOMER_DISCONNECT' }],
  ])('and of which nobody tells how %s it rings the alarm once it is given up', async (_what, reason) => {
    const { due, record, started, sweep } = await untold(200, { reason });
    expect(started).toEqual([]);
    await sweep(GIVEN_UP);
    await sweep(GIVEN_UP + 60);
    expect(started).toHaveLength(1);
    expect(await record()).toMatchObject({ outcome: 'abandoned', tries: [SECOND_TRY], triedAgainAs: SECOND_TRY });
    expect(await due(GIVEN_UP)).toEqual({ outcome: 'call_back_in_vain', reason: 'wish_unknown' });
  });

  it('and of which nothing told at all: so does one that is lost', async () => {
    const { due, record, sweep } = await prepare(OFFERED);
    await sweep(GIVEN_UP);
    expect(await record()).toMatchObject({ outcome: 'lost', triedAgainAs: SECOND_TRY });
    expect(await due(GIVEN_UP)).toEqual({ outcome: 'call_back_in_vain', reason: 'wish_unknown' });
  });

  it.each([
    ['ended before the offer', 100, OFFERED],
    ['was in a stage that offers nothing', 200, ONCE],
  ])('but %s asks for nobody', async (_what, endedAt, change) => {
    const { started, sweep } = await untold(endedAt, { change });
    await sweep(GIVEN_UP);
    expect(started).toEqual([]);
  });

  it('is called, where Amazon Connect tells of the wish in the end', async () => {
    const { centre, due, started, sweep } = await untold(200);
    centre.contacts[CONTACT_ID] = WISHED;
    await sweep(400);
    expect(started).toMatchObject([{ input: { ownRequest: { because: 'call_back' } } }]);
    expect(await due(401)).toBe('may be called');
  });
});

describe('a call that was promised', () => {
  async function promised() {
    const world = await prepare(OFFERED);
    world.centre.contacts[CONTACT_ID] = WISHED;
    await world.tell(event('DISCONNECTED', 200, BY_FLOW));
    return world;
  }

  it('rings the alarm where Step Functions has forgotten what the visitor asked for', async () => {
    const { due, inputs, record, started, sweep } = await promised();
    inputs.delete(EXECUTION_ID);
    await sweep(201);
    expect(started).toMatchObject([{ input: { event: null, ownRequest: { tryOf: REQUEST_ID } } }]);
    expect(await record()).toMatchObject({ triedAgainAs: SECOND_TRY });
    expect(await due(202)).toEqual({ outcome: 'call_back_in_vain', reason: 'request_unknown' });
  });

  it('leads from its record to the first request, also where it is refused at once', async () => {
    const { due, inputs, lastState, sweep } = await promised();
    inputs.delete(EXECUTION_ID);
    await sweep(201);
    await due(202);
    expect(lastState()).toMatchObject({
      request: { requestId: SECOND_TRY, own: { tryOf: REQUEST_ID, try: 2, after: REQUEST_ID, endedAt: iso(200) } },
    });
  });
});
