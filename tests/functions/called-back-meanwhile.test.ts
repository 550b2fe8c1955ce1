import { describe, expect, it } from 'vitest';
import { MISSED, NEVER_CONNECTED, OFFERED, ONCE, prepare, SECOND_TRY, WISHED } from './call-once-more-world.ts';
import { CONTACT_ID, REQUEST_ID } from './function-support.ts';
import { event, iso } from './placed-call-world.ts';
import { putRecord } from './tables.ts';

const CALLED_BACK = { outcome: 'not_tried_again', reason: 'called_back' };
const calledBack = (seconds: number) => ({ contactId: 'contact of the caller', at: iso(seconds) });

/** A call that nobody answered; nobody has looked after it yet. */
async function missed(change = ONCE) {
  const world = await prepare(change);
  world.centre.contacts[CONTACT_ID] = NEVER_CONNECTED;
  await world.tell(MISSED);
  return world;
}

/** A customer who waited, and pressed 1 to be called back. */
async function wished() {
  const world = await prepare(OFFERED);
  world.centre.contacts[CONTACT_ID] = WISHED;
  await world.tell(event('DISCONNECTED', 200, { disconnectReason: 'CONTACT_FLOW_DISCONNECT' }));
  return world;
}

describe('a customer who did not answer, and called back', () => {
  it('before a try was asked for: none is', async () => {
    const { calls, record, started, sweep } = await missed();
    await calls.noteCalledBack(REQUEST_ID, calledBack(61));
    await sweep(62);
    await sweep(3_600);
    expect(started).toEqual([]);
    expect(await record()).not.toHaveProperty('triedAgainAs');
  });

  it('before the try was due: it ends', async () => {
    const { calls, due, sweep } = await missed();
    await sweep(61);
    await calls.noteCalledBack(REQUEST_ID, calledBack(100));
    expect(await due(360)).toEqual(CALLED_BACK);
  });

  it('while the try waited for an agent: the phone does not ring', async () => {
    const { asked, calls, due, ring, sweep } = await missed();
    await sweep(61);
    expect(await due(360)).toBe('may be called');
    await calls.noteCalledBack(REQUEST_ID, calledBack(400));
    expect(await ring(420)).toEqual(CALLED_BACK);
    expect(asked).toEqual([]);
  });

  it('after a call before the last one, which was told late: no third try', async () => {
    const world = await missed({ retryUnanswered: { times: 2, afterSeconds: 300 } });
    const { calls, onceMore, record, started, sweep } = world;
    await sweep(61);
    const first = await record();
    if (!first) throw new Error('there is no first request');
    const second = { ...first, requestId: SECOND_TRY, tryOf: REQUEST_ID, try: 2, because: 'not_reached' as const };
    await putRecord(world, second);
    world.inputs.set(second.executionId, started[0]?.input);

    await onceMore(second, 'not_reached', Date.parse(iso(420)));
    expect(started.map(({ input }) => input.ownRequest.requestId)).toEqual([SECOND_TRY, `${REQUEST_ID}.try3`]);
    await calls.noteCalledBack(REQUEST_ID, calledBack(430));
    expect(await world.due(720)).toEqual(CALLED_BACK);
    started.splice(1);
    await onceMore(second, 'not_reached', Date.parse(iso(420)));
    expect(started).toHaveLength(1);
  });
});

describe('a customer who was promised a call', () => {
  it('and called first is not called', async () => {
    const { calls, due, sweep } = await wished();
    await sweep(201);
    await calls.noteCalledBack(REQUEST_ID, calledBack(230));
    expect(await due(240)).toEqual(CALLED_BACK);
  });

  it('after having called back is called: the promise is the later one', async () => {
    const { calls, due, sweep, started } = await wished();
    await calls.noteCalledBack(REQUEST_ID, calledBack(150));
    await sweep(201);
    expect(started).toHaveLength(1);
    expect(await due(240)).toBe('may be called');
  });
});
