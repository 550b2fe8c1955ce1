import { describe, expect, it } from 'vitest';
import { MISSED, NEVER_CONNECTED, OFFERED, ONCE, prepare, SECOND_TRY, WISHED } from './call-once-more-world.ts';
import { CONTACT_ID, EXECUTION_ID, GOOD_CONTENT, karteEvent, REQUEST_ID } from './function-support.ts';
import { at, event, iso, PHONE } from './placed-call-world.ts';
import { failOnce } from './tables.ts';

/** A call that nobody answered, of which the sweep knows. */
async function missed(change = ONCE) {
  const world = await prepare(change);
  world.centre.contacts[CONTACT_ID] = NEVER_CONNECTED;
  await world.tell(MISSED);
  await world.sweep(61);
  return world;
}

describe('a call that nobody answered', () => {
  it('is followed by another one, which is asked for by the functions that look after calls', async () => {
    const { centre, record, started, sweep, tell } = await prepare();
    centre.contacts[CONTACT_ID] = NEVER_CONNECTED;
    await tell(MISSED);
    expect(started).toEqual([]);
    await sweep(61);
    expect(started).toMatchObject([
      {
        name: expect.stringMatching(/^[0-9a-f]{64}$/),
        input: {
          event: karteEvent(GOOD_CONTENT),
          ownRequest: {
            ...{ requestId: SECOND_TRY, tryOf: REQUEST_ID, try: 2, after: REQUEST_ID, because: 'not_reached' },
            ...{ endedAt: iso(60), receivedAt: iso(360), notBefore: iso(360), deadlineAt: iso(660) },
          },
        },
      },
    ]);
    expect(await record()).toMatchObject({ outcome: 'not_answered', tries: [SECOND_TRY], triedAgainAs: SECOND_TRY });
  });

  it('is followed by nothing where the stage does not say so', async () => {
    const { lease, started } = await missed({});
    expect(await lease()).toMatchObject({ lookAt: Number.MAX_SAFE_INTEGER });
    expect(started).toEqual([]);
  });

  it('is followed by one call where the function dies between its start and the record', async () => {
    // Prepare
    const world = await prepare();
    const { centre, record, started, sweep, tell } = world;
    centre.contacts[CONTACT_ID] = NEVER_CONNECTED;
    await tell(MISSED);
    let writes = 0;
    failOnce(world, 'before', ({ name, table }) => {
      if (name === 'UpdateCommand' && table === 'calls') writes += 1;
      return writes === 2;
    });

    // Act
    await sweep(61);
    const half = await record();
    await sweep(130);
    await sweep(200);

    // Assess
    expect(half?.triedAgainAs).toBeUndefined();
    expect(started).toHaveLength(1);
    expect(await record()).toMatchObject({ triedAgainAs: SECOND_TRY });
  });

  it('is followed by one call, although its news come again and again', async () => {
    const { started, sweep, tell } = await missed();
    for (const seconds of [130, 200]) {
      await tell(MISSED);
      await sweep(seconds);
    }
    expect(started).toHaveLength(1);
  });

  it('is followed by none where Step Functions has forgotten what the visitor asked for', async () => {
    const world = await prepare();
    world.centre.contacts[CONTACT_ID] = NEVER_CONNECTED;
    world.inputs.delete(EXECUTION_ID);
    await world.tell(MISSED);
    await world.sweep(61);
    expect(world.started).toEqual([]);
    expect(world.log.lines).toMatchObject([
      { level: 'error', message: expect.stringContaining('not called once more') },
    ]);
  });

  it('lets the try have the number when it is due, which nobody else had since', async () => {
    const { due, holderOf } = await missed();
    expect(await due(360)).toBe('may be called');
    expect(holderOf(PHONE)).toBe(SECOND_TRY);
  });

  it('is not tried again where it is told later that somebody had answered', async () => {
    const { due, tell } = await missed();
    await tell(event('CONNECTED_TO_AGENT', 62, { agentInfo: { connectedToAgentTimestamp: iso(20) } }));
    expect(await due(360)).toEqual({ outcome: 'not_tried_again', reason: 'reached_meanwhile' });
  });

  it('is not tried again while the visitor is called who asked once more', async () => {
    const { askAgain, due } = await missed();
    expect(await askAgain(130)).toBeUndefined();
    expect(await due(360)).toEqual({ outcome: 'number_held', reason: 'live_request' });
  });

  it.each([
    ['had a call of its own', (world: Awaited<ReturnType<typeof missed>>) => over(world)],
    [
      'came to nothing',
      ({ shared }: Awaited<ReturnType<typeof missed>>) => shared.phones.release(PHONE, 'asked-again-1', '2026-11-22'),
    ],
  ])('is not tried again after another request of the number that %s', async (_what, happens) => {
    const world = await missed();
    expect(await world.askAgain(130)).toBeUndefined();
    await happens(world);
    expect(await world.due(86_000)).toEqual({ outcome: 'number_held', reason: 'another_since' });
  });

  function over({ shared }: Awaited<ReturnType<typeof missed>>) {
    const ended = { day: '2026-11-22', neverAnswered: false, version: 1 };
    return shared.phones.callIsOver(PHONE, 'asked-again-1', new Date(at(1_000)), ended);
  }

  it.each([
    ['stopped', 'calling_disabled', 'stopped', [true]],
    ['stopped for a while', 'not_tried_again', 'stopped_meanwhile', [true, false]],
  ] as const)('is not tried again where calling was %s since', async (_what, outcome, reason, switches) => {
    const { due, shared } = await missed();
    for (const stopped of switches) {
      await shared.controls.setStopped(stopped, { by: 'somebody', at: iso(100), why: 'the tests' });
    }
    expect(await due(360)).toEqual({ outcome, reason });
  });

  it('is not tried again where the number was blocked since', async () => {
    const { due, shared } = await missed();
    await shared.controls.block({ phone: PHONE, kind: 'opted_out', by: 'somebody', at: iso(100), why: 'the tests' });
    expect(await due(360)).toEqual({ outcome: 'number_blocked', reason: 'opted_out' });
  });
});

describe('a customer who pressed 1 in the queue', () => {
  it('is called back at once, in the old place in line, although the number cools down', async () => {
    const { centre, due, record, started, sweep, tell } = await prepare(OFFERED);
    centre.contacts[CONTACT_ID] = WISHED;
    await tell(event('DISCONNECTED', 200, { disconnectReason: 'CONTACT_FLOW_DISCONNECT' }));
    await sweep(201);
    expect(await record()).toMatchObject({ outcome: 'abandoned', reason: 'wants_call_back' });
    expect(started[0]?.input.ownRequest).toMatchObject({
      ...{ requestId: SECOND_TRY, because: 'call_back', receivedAt: (await record())?.receivedAt },
      ...{ notBefore: iso(200), deadlineAt: iso(3_800) },
    });
    expect(await due(202)).toBe('may be called');
  });

  it('is not called back where an agent took the call in the last moment', async () => {
    const { centre, started, sweep, tell } = await prepare(OFFERED);
    centre.contacts[CONTACT_ID] = { ...WISHED, agentAt: at(199) };
    await tell(event('DISCONNECTED', 200, { disconnectReason: 'CONTACT_FLOW_DISCONNECT' }));
    await sweep(201);
    expect(started).toEqual([]);
  });

  it('is called back although calling was stopped for a while: it was promised', async () => {
    const { centre, due, shared, sweep, tell } = await prepare(OFFERED);
    centre.contacts[CONTACT_ID] = WISHED;
    await tell(event('DISCONNECTED', 200, { disconnectReason: 'CONTACT_FLOW_DISCONNECT' }));
    await sweep(201);
    for (const stopped of [true, false]) {
      await shared.controls.setStopped(stopped, { by: 'somebody', at: iso(210), why: 'the tests' });
    }
    expect(await due(220)).toBe('may be called');
  });
});

describe('what comes from outside', () => {
  it('asks for nothing in our name', async () => {
    const { started, due } = await missed();
    const { ownRequest } = started[0]?.input ?? {};
    started.push({ name: 'forged', input: { ownRequest: { ...ownRequest, try: 'two' }, event: undefined } as never });
    expect(await due(360)).toEqual({ outcome: 'invalid_event', reason: 'content_missing' });
  });
});
