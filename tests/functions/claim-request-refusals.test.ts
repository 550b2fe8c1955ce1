import { describe, expect, it } from 'vitest';
import { shortId } from '../../adapters/shared-state/short-id.ts';
import { CLAIMED, COUNTS, PHONE, prepareClaim, STATE, WHO } from './claim-request-world.ts';
import { DAY, goodRequest, holdsTheNumber, NOW, OVER, REQUEST_ID, secondsAfter } from './function-support.ts';
import { failOnce } from './tables.ts';

describe('claimRequest, where something speaks against the call', () => {
  it('refuses while calling is stopped, and takes nothing', async () => {
    // Prepare
    const { shared, guardsLike, run } = prepareClaim();
    await shared.controls.setStopped(true, WHO);

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'calling_disabled', reason: 'stopped' } });
    expect(state).toHaveProperty('holdsGuards', true);
    expect(guardsLike('limit#')).toEqual([]);
    expect(guardsLike('phone#')).toEqual([]);
  });

  it('calls again after it was resumed', async () => {
    const { shared, run } = prepareClaim();
    await shared.controls.setStopped(true, WHO);
    await shared.controls.setStopped(false, WHO);
    expect(await run()).toEqual(CLAIMED);
  });

  it.each(['blocked', 'opted_out'] as const)('refuses a number that is %s, and takes nothing', async (kind) => {
    // Prepare
    const { shared, guardsLike, log, run } = prepareClaim();
    await shared.controls.block({ ...WHO, phone: PHONE, kind });

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
    const { other, run } = prepareClaim({ requestsPerMinute: 2 });
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
    const { other, run } = prepareClaim({ requestsPerMinute: 2 });
    for (const click of ['first', 'second', 'third', 'fourth']) await other(`click-${click}`, '+447700900001');

    // Act & Assess
    expect(await run()).toMatchObject({ decision: 'continue' });
  });

  it('leaves the minute to others where a number has had its calls of the day', async () => {
    // Prepare
    const { shared, other, run } = prepareClaim({ requestsPerMinute: 2, callsPerNumberPerDay: 1 });
    await other('an-earlier-call', '+447700900001');
    await shared.phones.callIsOver('+447700900001', 'an-earlier-call', NOW, OVER);
    for (const click of ['first', 'second', 'third', 'fourth']) {
      expect(await other(`click-${click}`, '+447700900001')).toMatchObject({ ending: { reason: 'number_per_day' } });
      await shared.phones.release('+447700900001', `click-${click}`, DAY);
    }

    // Act & Assess
    expect(await run()).toMatchObject({ decision: 'continue' });
  });

  it('uses up no nonce where the number is held: the visitor may ask with it again', async () => {
    // Prepare
    const { clock, shared, run } = prepareClaim();
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await shared.phones.callIsOver(PHONE, 'an-earlier-request', secondsAfter(10), OVER);
    expect(await run({ ...STATE, signature })).toMatchObject({ ending: { outcome: 'number_held' } });
    clock.at = secondsAfter(10);
    const request = { ...goodRequest, requestId: 'asked-again' };

    // Act & Assess
    expect(await run({ ...STATE, request, signature })).toMatchObject({ decision: 'continue' });
  });

  it("counts no request whose nonce was used: tokens that are sent again and again use up nobody's minute", async () => {
    // Prepare
    const { countedBy, shared, run } = prepareClaim();
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await shared.nonces.use('nonce-1', 'another-request', secondsAfter(300));

    // Act
    await run({ ...STATE, signature });

    // Assess
    const [minute, , day] = COUNTS;
    for (const id of [minute, day]) expect(countedBy(id)).toEqual([]);
  });

  it('gives back what an attempt took that was cut off before something spoke against the call', async () => {
    // Prepare
    const tables = prepareClaim();
    failOnce(tables, 'after', ({ table, key }) => `${table} ${key}` === `guards limit#${COUNTS[2]}#total`);
    await expect(tables.run()).rejects.toThrow('the table does not answer');
    await tables.shared.controls.block({ ...WHO, phone: PHONE, kind: 'blocked' });

    // Act
    const state = await tables.run();

    // Assess
    expect(state).toMatchObject({ ending: { outcome: 'number_blocked' }, holdsGuards: true });
  });

  it.each([
    ['number_per_day', { callsPerNumberPerDay: 1 }, COUNTS[1]],
    ['calls_per_day', { callsPerDay: 1 }, COUNTS[2]],
  ] as const)(
    'refuses beyond the calls of a day, %s, and says that it holds the number',
    async (reason, limits, id) => {
      // Prepare
      const { countedBy, shared, other, run } = prepareClaim(limits);
      await other('the-first-request');
      await shared.phones.callIsOver(PHONE, 'the-first-request', NOW, OVER);

      // Act
      const state = await run();

      // Assess
      expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'limit_reached', reason }, holdsGuards: true });
      expect(countedBy(id)).toEqual([shortId('the-first-request')]);
    },
  );

  it('obeys limits that were changed at run time', async () => {
    // Prepare
    const { shared, run } = prepareClaim();
    await shared.controls.setLimits({ callsPerDay: 0 }, WHO);

    // Act & Assess
    expect(await run()).toMatchObject({ ending: { outcome: 'limit_reached', reason: 'calls_per_day' } });
  });

  it('refuses a nonce that another request used', async () => {
    // Prepare
    const { shared, run } = prepareClaim();
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await shared.nonces.use('nonce-1', 'another-request', secondsAfter(300));

    // Act
    const state = await run({ ...STATE, signature });

    // Assess
    expect(state).toMatchObject({ ending: { outcome: 'signature_refused', reason: 'already_used' } });
    expect(state).toHaveProperty('holdsGuards', true);
  });

  it('only notes that a nonce was used, where the stage only warns', async () => {
    // Prepare
    const { shared, log, run } = prepareClaim({}, 'warn');
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await shared.nonces.use('nonce-1', 'another-request', secondsAfter(300));

    // Act
    const state = await run({ ...STATE, signature });

    // Assess
    expect(state).toMatchObject({ decision: 'continue' });
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
    const { guard, other, run } = prepareClaim();
    await other('the-first-request');

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ ending: { outcome: 'number_held', reason: 'live_request' } });
    expect(state).toHaveProperty('holdsGuards', true);
    expect(guard(`phone#${PHONE}`)).toMatchObject({ requestId: 'the-first-request' });
  });

  it('takes a number that is given back in the moment in which it was refused', async () => {
    // Prepare
    const tables = prepareClaim();
    await tables.other('the-first-request');
    tables.interference.before = async ({ name, key }) => {
      if (name !== 'GetCommand' || key !== `phone#${PHONE}`) return;
      tables.interference.before = () => undefined;
      await tables.shared.phones.release(PHONE, 'the-first-request', DAY);
    };

    // Act & Assess
    expect(await tables.run()).toMatchObject({ decision: 'continue' });
    expect(tables.guard(`phone#${PHONE}`)).toMatchObject({ requestId: REQUEST_ID });
  });

  it('takes one of two requests for the same number that come at once', async () => {
    const { other } = prepareClaim();
    const states = await Promise.all([other('request-one'), other('request-two')]);
    expect(states.map(({ decision }) => decision).sort()).toEqual(['continue', 'end']);
  });

  it('refuses a number that cools down, and takes it again afterwards', async () => {
    // Prepare
    const { clock, shared, other, run } = prepareClaim();
    await shared.phones.callIsOver(PHONE, 'an-earlier-request', secondsAfter(600), OVER);

    // Act
    const tooSoon = await run();
    clock.at = secondsAfter(600);
    const afterwards = await other('a-later-request');

    // Assess
    expect(tooSoon).toMatchObject({ ending: { outcome: 'number_held', reason: 'cool_down' } });
    expect(afterwards).toMatchObject({ decision: 'continue' });
  });

  it.each(['calls', 'guards'])('fails where the table of %s fails, so that nobody is called', async (table) => {
    const tables = prepareClaim();
    const error = failOnce(tables, 'before', (command) => command.table === table);
    await expect(tables.run()).rejects.toBe(error);
  });
});
