import { describe, expect, it } from 'vitest';
import { shortId } from '../../adapters/shared-state/short-id.ts';
import { CLAIMED, COUNTS, PHONE, prepareClaim, STATE } from './claim-request-world.ts';
import {
  EXECUTION_ID,
  goodRequest,
  holdsTheNumber,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ID,
  REQUEST_ID,
  secondsAfter,
} from './function-support.ts';
import { claimedRecord, failOnce, putRecord } from './tables.ts';

const [MINUTE, , OF_DAY] = COUNTS;

describe('claimRequest', () => {
  it('writes the record, holds the number and counts the request, and hands it on', async () => {
    // Prepare
    const { countedBy, guard, log, record, run } = prepareClaim();

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
    for (const id of COUNTS) expect(countedBy(id)).toEqual([shortId(REQUEST_ID)]);
  });

  it('takes the same again where Step Functions repeats the state, and counts it once', async () => {
    // Prepare
    const { countedBy, run } = prepareClaim({ callsPerNumberPerDay: 1, callsPerDay: 1, requestsPerMinute: 1 });
    const signature = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
    await run({ ...STATE, signature });

    // Act
    const again = await run({ ...STATE, signature });

    // Assess
    expect(again).toEqual(CLAIMED);
    for (const id of COUNTS) expect(countedBy(id)).toEqual([shortId(REQUEST_ID)]);
  });

  it.each(
    [
      `calls ${REQUEST_ID}`,
      `guards phone#${PHONE}`,
      ...[MINUTE, OF_DAY].flatMap((id) => [`guards limit#${id}#total`, `guards limit#${id}#`]),
    ].flatMap((item) => (['before', 'after'] as const).map((when) => [item, when] as const)),
  )('claims at the second try where the write of %s failed %s its effect', async (item, when) => {
    // Prepare
    const tables = prepareClaim({ callsPerNumberPerDay: 1, callsPerDay: 1, requestsPerMinute: 1 });
    const error = failOnce(tables, when, ({ name, table, key }) => {
      const asked = `${table} ${key}`;
      return name !== 'GetCommand' && (item.endsWith('#') ? asked.startsWith(item) : asked === item);
    });

    // Act & Assess
    await expect(tables.run()).rejects.toBe(error);
    expect(await tables.run()).toEqual(CLAIMED);
    for (const id of COUNTS) expect(tables.countedBy(id)).toEqual([shortId(REQUEST_ID)]);
  });

  it('claims where every limit is lifted, and counts nothing', async () => {
    const { guardsLike, run } = prepareClaim({
      callsPerNumberPerDay: null,
      callsPerDay: null,
      requestsPerMinute: null,
    });
    expect(await run()).toEqual(CLAIMED);
    expect(guardsLike('limit#')).toEqual([]);
  });

  it.each(['a.request:with_odd-characters', `${'x'.repeat(127)}.`, '__proto__-and-more', 'constructor-of-more'])(
    'takes any usable request id: %s',
    async (requestId) => {
      const { other, record } = prepareClaim();
      expect(await other(requestId)).toMatchObject({ decision: 'continue' });
      expect(await record(requestId)).toMatchObject({ status: 'claimed' });
    },
  );
});

describe('claimRequest, for a second delivery of the same request', () => {
  it('ends as a duplicate, and touches nothing the first one holds', async () => {
    // Prepare
    const { countedBy, guard, log, record, run } = prepareClaim();
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
    for (const id of COUNTS) expect(countedBy(id)).toEqual([shortId(REQUEST_ID)]);
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
    const { run } = prepareClaim();
    const states = await Promise.all([run(), run(STATE, OTHER_EXECUTION_ID)]);
    expect(states.map(({ decision }) => decision).sort()).toEqual(['continue', 'end']);
  });

  it.each(['calling', 'ended'] as const)(
    'never takes a record back that got further, even its own, which is %s: a function may outlive its execution',
    async (status) => {
      // Prepare
      const { calls, guardsLike, record, run } = prepareClaim();
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
