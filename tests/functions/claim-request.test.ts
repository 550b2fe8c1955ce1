import { describe, expect, it } from 'vitest';
import type { Continuing } from '../../domain/call-state.ts';
import type { Limits, StageSettings } from '../../domain/stage-settings.ts';
import {
  EXECUTION_ID,
  goodRequest,
  holdsTheNumber,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { claimedRecord, failOnce, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { claimRequest } = await import('../../functions/claim-request.ts');

const PHONE = goodRequest.phone;
const STATE: Continuing = { decision: 'continue', request: goodRequest };
const CLAIMED = { ...STATE, holdsGuards: true, executionId: EXECUTION_ID };
const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };
const TODAY = '2026-11-22';
const COUNTS = [
  `limit#minute#${TODAY}T03:00`,
  `limit#number#${TODAY}#${PHONE}`,
  `limit#day#${TODAY}`,
] as const satisfies string[];

function prepare(limits: Partial<Limits> = {}, mode: StageSettings['signature']['mode'] = 'required') {
  const tables = prepareTables();
  tables.clock.at = secondsAfter(1);
  const log = recordingLog();
  const { calls, guards, now } = tables;
  const settings = { ...stage, limits: { ...stage.limits, ...limits }, signature: { ...stage.signature, mode } };
  const claim = claimRequest({ stage: settings, calls, guards, now, log });
  return {
    ...tables,
    log,
    run: (state = STATE, executionId = EXECUTION_ID) => claim({ executionId, state }),
    /** Another request for the same number, or for a number of its own. */
    other: (requestId: string, phone = PHONE) =>
      claim({
        executionId: `${EXECUTION_ID}-${requestId}`,
        state: { ...STATE, request: { ...goodRequest, requestId, phone } },
      }),
    countedBy: (id: string) => [...((tables.guard(id)?.requests as Set<string> | undefined) ?? [])],
  };
}

describe('claimRequest', () => {
  it('writes the record, holds the number and counts the request, and hands it on', async () => {
    // Prepare
    const { countedBy, guard, log, record, run } = prepare();

    // Act
    const state = await run();

    // Assess
    expect(state).toEqual(CLAIMED);
    expect(log.lines).toEqual([]);
    expect(await record()).toEqual({
      requestId: REQUEST_ID,
      executionId: EXECUTION_ID,
      status: 'claimed',
      attempts: 0,
      phone: PHONE,
      userType: 'visitor',
      inquiryType: 'KARTE Datahubについて',
      trackId: '48291532',
      queueId: QUEUE_ID,
      leftOut: ['email'],
      requestedAt: NOW.toISOString(),
      receivedAt: NOW.toISOString(),
      claimedAt: secondsAfter(1).toISOString(),
      expiresAt: NOW.getTime() / 1000 + 30 * 86_400,
    });
    // Until long after the deadline, should nothing give it back.
    expect(guard(`phone#${PHONE}`)).toMatchObject({
      requestId: REQUEST_ID,
      until: secondsAfter(300 + 900).getTime(),
      coolingDown: false,
    });
    for (const id of COUNTS) expect(countedBy(id)).toEqual([REQUEST_ID]);
  });

  it('takes the same again where Step Functions repeats the state, and counts it once', async () => {
    // Prepare
    const { countedBy, run } = prepare({ callsPerNumberPerDay: 1, callsPerDay: 1, requestsPerMinute: 1 });
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await run({ ...STATE, signature });

    // Act
    const again = await run({ ...STATE, signature });

    // Assess
    expect(again).toEqual({ ...CLAIMED, signature });
    for (const id of COUNTS) expect(countedBy(id)).toEqual([REQUEST_ID]);
  });

  it.each(
    [`calls ${REQUEST_ID}`, `guards phone#${PHONE}`, ...COUNTS.map((id) => `guards ${id}`)].flatMap((item) =>
      (['before', 'after'] as const).map((when) => [item, when] as const),
    ),
  )('claims at the second try where the write of %s failed %s its effect', async (item, when) => {
    // Prepare
    const tables = prepare({ callsPerNumberPerDay: 1, callsPerDay: 1, requestsPerMinute: 1 });
    const error = failOnce(tables, when, ({ table, key }) => `${table} ${key}` === item);

    // Act & Assess
    await expect(tables.run()).rejects.toBe(error);
    expect(await tables.run()).toEqual(CLAIMED);
    for (const id of COUNTS) expect(tables.countedBy(id)).toEqual([REQUEST_ID]);
  });

  it('claims where every limit is lifted, and counts nothing', async () => {
    const { guardsLike, run } = prepare({ callsPerNumberPerDay: null, callsPerDay: null, requestsPerMinute: null });
    expect(await run()).toEqual(CLAIMED);
    expect(guardsLike('limit#')).toEqual([]);
  });

  it.each(['a.request:with_odd-characters', `${'x'.repeat(127)}.`, '__proto__-and-more', 'constructor-of-more'])(
    'takes any usable request id: %s',
    async (requestId) => {
      const { other, record } = prepare();
      expect(await other(requestId)).toMatchObject({ decision: 'continue', holdsGuards: true });
      expect(await record(requestId)).toMatchObject({ status: 'claimed' });
    },
  );
});

describe('claimRequest, for a second delivery of the same request', () => {
  it('ends as a duplicate, and touches nothing the first one holds', async () => {
    // Prepare
    const { countedBy, guard, log, record, run } = prepare();
    await run(STATE, OTHER_EXECUTION_ID);
    const held = guard(`phone#${PHONE}`);

    // Act
    const state = await run();

    // Assess
    expect(state).toEqual({
      decision: 'end',
      request: goodRequest,
      ending: { outcome: 'duplicate', reason: 'already_claimed' },
    });
    expect(state).not.toHaveProperty('holdsGuards');
    expect(await record()).toMatchObject({ executionId: OTHER_EXECUTION_ID });
    expect(guard(`phone#${PHONE}`)).toEqual(held);
    for (const id of COUNTS) expect(countedBy(id)).toEqual([REQUEST_ID]);
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'request refused',
        fields: { requestId: REQUEST_ID, outcome: 'duplicate', reason: 'already_claimed' },
      },
    ]);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it('gives the request to one of two executions that come at once', async () => {
    const { run } = prepare();
    const states = await Promise.all([run(), run(STATE, OTHER_EXECUTION_ID)]);
    expect(states.map(({ decision }) => decision).sort()).toEqual(['continue', 'end']);
  });

  it.each(['calling', 'ended'] as const)(
    'never takes a record back that got further, even its own, which is %s: a function may outlive its execution',
    async (status) => {
      // Prepare
      const { calls, guardsLike, record, run } = prepare();
      await putRecord({ calls }, claimedRecord({ status, attempts: 1, unanswered: true }));

      // Act
      const state = await run();

      // Assess
      expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
      expect(await record()).toMatchObject({ status, attempts: 1, unanswered: true });
      expect(guardsLike('')).toEqual([]);
    },
  );
});

describe('claimRequest, where something speaks against the call', () => {
  it('refuses while calling is stopped, and takes nothing', async () => {
    // Prepare
    const { guards, guardsLike, run } = prepare();
    await guards.controls.setStopped(true, WHO);

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'calling_disabled', reason: 'stopped' } });
    expect(state).toHaveProperty('holdsGuards', true);
    expect(guardsLike('limit#')).toEqual([]);
    expect(guardsLike('phone#')).toEqual([]);
  });

  it('calls again after it was resumed', async () => {
    const { guards, run } = prepare();
    await guards.controls.setStopped(true, WHO);
    await guards.controls.setStopped(false, WHO);
    expect(await run()).toEqual(CLAIMED);
  });

  it.each(['blocked', 'opted_out'] as const)('refuses a number that is %s, and takes nothing', async (kind) => {
    // Prepare
    const { guards, guardsLike, log, run } = prepare();
    await guards.controls.block({ ...WHO, phone: PHONE, kind });

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'number_blocked', reason: kind } });
    expect(state).toHaveProperty('holdsGuards', true);
    expect(guardsLike('limit#')).toEqual([]);
    expect(guardsLike('phone#')).toEqual([]);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it('refuses beyond the requests of a minute, and says that it holds the number', async () => {
    // Prepare
    const { other, run } = prepare({ requestsPerMinute: 2 });
    await other('request-of-another', '+447700900001');
    await other('request-of-a-third', '+447700900002');

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ ending: { outcome: 'limit_reached', reason: 'requests_per_minute' } });
    expect(state).toHaveProperty('holdsGuards', true);
  });

  it('leaves the minute to others where requests are refused because their own number is held', async () => {
    // Prepare
    const { other, run } = prepare({ requestsPerMinute: 2 });
    for (const click of ['first', 'second', 'third', 'fourth']) await other(`click-${click}`, '+447700900001');

    // Act & Assess
    expect(await run()).toMatchObject({ decision: 'continue' });
  });

  it('uses up no nonce where the number is held: the visitor may ask with it again', async () => {
    // Prepare
    const { clock, guards, run } = prepare();
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await guards.phones.coolDown(PHONE, 'an-earlier-request', secondsAfter(10));
    expect(await run({ ...STATE, signature })).toMatchObject({ ending: { outcome: 'number_held' } });
    clock.at = secondsAfter(10);
    const request = { ...goodRequest, requestId: 'asked-again' };

    // Act & Assess
    expect(await run({ ...STATE, request, signature })).toMatchObject({ decision: 'continue' });
  });

  it("counts no request whose nonce was used: tokens that are sent again and again use up nobody's minute", async () => {
    // Prepare
    const { countedBy, guards, run } = prepare();
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await guards.nonces.use('nonce-1', 'another-request', secondsAfter(300));

    // Act
    await run({ ...STATE, signature });

    // Assess
    for (const id of COUNTS) expect(countedBy(id)).toEqual([]);
  });

  it('gives back what an attempt took that was cut off before something spoke against the call', async () => {
    // Prepare
    const tables = prepare();
    failOnce(tables, 'after', ({ table, key }) => `${table} ${key}` === `guards ${COUNTS[2]}`);
    await expect(tables.run()).rejects.toThrow('the table does not answer');
    await tables.guards.controls.block({ ...WHO, phone: PHONE, kind: 'blocked' });

    // Act
    const state = await tables.run();

    // Assess
    expect(state).toMatchObject({ ending: { outcome: 'number_blocked' }, holdsGuards: true });
  });

  it('holds nothing where its execution was settled while it worked', async () => {
    // Prepare
    const tables = prepare();
    tables.interference.before = async ({ name, key }) => {
      if (name !== 'UpdateCommand' || key !== `phone#${PHONE}`) return;
      tables.interference.before = () => undefined;
      const ending = { outcome: 'internal_error', reason: 'execution_aborted', class: 'failed' } as const;
      await tables.calls.settle(
        { requestId: REQUEST_ID, executionId: EXECUTION_ID, endedAt: NOW.toISOString(), ...ending },
        await tables.record(),
      );
    };

    // Act
    const state = await tables.run();

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
    expect(tables.guardsLike('phone#')).toEqual([]);
    expect(tables.countedBy(COUNTS[1])).toEqual([]);
    expect(tables.countedBy(COUNTS[2])).toEqual([]);
    expect(await tables.record()).toMatchObject({ outcome: 'internal_error' });
  });

  it.each([
    ['number_per_day', { callsPerNumberPerDay: 1 }, COUNTS[1]],
    ['calls_per_day', { callsPerDay: 1 }, COUNTS[2]],
  ] as const)(
    'refuses beyond the calls of a day, %s, and says that it holds the number',
    async (reason, limits, id) => {
      // Prepare
      const { countedBy, guards, other, run } = prepare(limits);
      await other('the-first-request');
      await guards.phones.release(PHONE, 'the-first-request');

      // Act
      const state = await run();

      // Assess
      expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'limit_reached', reason }, holdsGuards: true });
      expect(countedBy(id)).toEqual(['the-first-request']);
    },
  );

  it('obeys limits that were changed at run time', async () => {
    // Prepare
    const { guards, run } = prepare();
    await guards.controls.setLimits({ callsPerDay: 0 }, WHO);

    // Act & Assess
    expect(await run()).toMatchObject({ ending: { outcome: 'limit_reached', reason: 'calls_per_day' } });
  });

  it('refuses a nonce that another request used', async () => {
    // Prepare
    const { guards, run } = prepare();
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await guards.nonces.use('nonce-1', 'another-request', secondsAfter(300));

    // Act
    const state = await run({ ...STATE, signature });

    // Assess
    expect(state).toMatchObject({ ending: { outcome: 'signature_refused', reason: 'already_used' } });
    expect(state).toHaveProperty('holdsGuards', true);
  });

  it('only notes that a nonce was used, where the stage only warns', async () => {
    // Prepare
    const { guards, log, run } = prepare({}, 'warn');
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await guards.nonces.use('nonce-1', 'another-request', secondsAfter(300));

    // Act
    const state = await run({ ...STATE, signature });

    // Assess
    expect(state).toMatchObject({ decision: 'continue', holdsGuards: true });
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'signature would be refused',
        fields: { requestId: REQUEST_ID, reason: 'already_used' },
      },
    ]);
  });

  it('refuses a number that has a live request, and leaves it to that', async () => {
    // Prepare
    const { guard, other, run } = prepare();
    await other('the-first-request');

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ ending: { outcome: 'number_held', reason: 'live_request' } });
    expect(state).toHaveProperty('holdsGuards', true);
    expect(guard(`phone#${PHONE}`)).toMatchObject({ requestId: 'the-first-request' });
  });

  it('takes one of two requests for the same number that come at once', async () => {
    const { other } = prepare();
    const states = await Promise.all([other('request-one'), other('request-two')]);
    expect(states.map(({ decision }) => decision).sort()).toEqual(['continue', 'end']);
  });

  it('refuses a number that cools down, and takes it again afterwards', async () => {
    // Prepare
    const { clock, guards, other, run } = prepare();
    await guards.phones.coolDown(PHONE, 'an-earlier-request', secondsAfter(600));

    // Act
    const tooSoon = await run();
    clock.at = secondsAfter(600);
    const afterwards = await other('a-later-request');

    // Assess
    expect(tooSoon).toMatchObject({ ending: { outcome: 'number_held', reason: 'cool_down' } });
    expect(afterwards).toMatchObject({ decision: 'continue' });
  });

  it.each(['calls', 'guards'])('fails where the table of %s fails, so that nobody is called', async (table) => {
    const tables = prepare();
    const error = failOnce(tables, 'before', (command) => command.table === table);
    await expect(tables.run()).rejects.toBe(error);
  });
});
