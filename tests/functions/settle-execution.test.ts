import { describe, expect, it } from 'vitest';
import { shortId } from '../../adapters/shared-state/short-id.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';
import {
  DAY,
  EXECUTION_ID,
  GOOD_CONTENT,
  goodRequest,
  holdsTheNumber,
  holdUntil,
  karteEvent,
  NOW,
  OTHER_EXECUTION_ID,
  OVER,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { claimedRecord, failOnce, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { settleExecution } = await import('../../functions/settle-execution.ts');

const PHONE = goodRequest.phone;
const OF_DAY = 'day#2026-11-22';
const PLACE = `${NOW.toISOString()}#${REQUEST_ID}`;
const CLAIMED = claimedRecord({ queueId: QUEUE_ID });

const statusEvent = (status: string, detail: Record<string, unknown> = {}) => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: {
    executionArn: EXECUTION_ID,
    status,
    startDate: NOW.getTime(),
    stopDate: secondsAfter(60).getTime(),
    input: JSON.stringify(karteEvent(GOOD_CONTENT)),
    ...detail,
  },
});

/** A request that holds everything a request can hold, besides what another one holds. */
async function prepare(record: Partial<CallRecord> | null = {}) {
  const tables = prepareTables();
  const { calls, clock, shared, now, room } = tables;
  const log = recordingLog();
  const { measure, counted } = recordingMeasure();
  clock.at = secondsAfter(60);
  if (record) await putRecord(tables, { ...CLAIMED, ...record });
  for (const id of ['another-request', REQUEST_ID]) {
    await shared.phones.hold(id === REQUEST_ID ? PHONE : '+447700900001', id, {
      ...holdUntil(secondsAfter(1_200), NOW),
      maxPerDay: 3,
    });
    await tables.hold(id, 600, 600);
    await shared.limits.count(OF_DAY, id, 10, secondsAfter(86_400));
    await room.enter({
      ...{ queueId: QUEUE_ID, requestId: id, token: 'token', deadlineAt: goodRequest.deadlineAt },
      place: `${NOW.toISOString()}#${id}`,
    });
  }
  const settle = settleExecution({
    ...{ stage, calls, shared, room, now, log },
    measure,
  });
  return {
    ...tables,
    counted,
    log,
    run: (event: unknown) => settle(event),
    /** What of all that the request still holds. */
    async held(id = REQUEST_ID): Promise<string[]> {
      const held: string[] = [];
      const phone = id === REQUEST_ID ? PHONE : '+447700900001';
      if (tables.holderOf(phone) === id) held.push('phone');
      if (tables.countedBy(`phone#${phone} ${DAY}`).includes(shortId(id))) held.push('count of the number');
      for (const what of ['lines', 'agents'] as const) if ((await tables.holders(what)).includes(id)) held.push(what);
      if (tables.countedBy(OF_DAY).includes(shortId(id))) held.push(OF_DAY);
      const line = await room.nextInLine(QUEUE_ID, 10);
      return line.some(({ requestId }) => requestId === id) ? [...held, 'place'] : held;
    },
  };
}

const EVERYTHING = ['phone', 'count of the number', 'lines', 'agents', OF_DAY, 'place'];

describe('settleExecution', () => {
  it.each([
    ['ABORTED', 'execution_aborted'],
    ['TIMED_OUT', 'execution_timed_out'],
    ['FAILED', 'execution_failed'],
  ])('gives a request whose execution was %s an outcome, and gives back what it held', async (status, reason) => {
    // Prepare
    const { counted, held, log, record, run } = await prepare();
    expect(await held()).toEqual(EVERYTHING);

    // Act
    await run(statusEvent(status));

    // Assess
    expect(await record()).toEqual({
      ...CLAIMED,
      status: 'ended',
      outcome: 'internal_error',
      reason,
      class: 'failed',
      endedAt: secondsAfter(60).toISOString(),
    });
    expect(await held()).toEqual([]);
    expect(await held('another-request')).toEqual(EVERYTHING);
    expect(counted).toEqual(['internal_error']);
    expect(log.lines).toEqual([
      {
        level: 'error',
        message: 'execution settled',
        fields: { requestId: REQUEST_ID, status, outcome: 'internal_error', reason },
      },
    ]);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it.each(['ABORTED', 'TIMED_OUT', 'FAILED'])(
    'says that a phone may have rung where an attempt had no answer, and gives nothing back: %s',
    async (status) => {
      const { held, record, run } = await prepare({ status: 'calling', attempts: 1, unanswered: true });
      await run(statusEvent(status));
      expect(await record()).toMatchObject({ status: 'ended', outcome: 'call_unconfirmed', reason: 'execution_ended' });
      expect(await held()).toEqual(EVERYTHING);
    },
  );

  it.each([
    ['claimed', claimedRecord({ queueId: QUEUE_ID })],
    ['turned away', claimedRecord({ queueId: QUEUE_ID, status: 'calling', attempts: 1, unanswered: false })],
  ] as const)(
    'does not say that nobody was called where startCall begins an attempt between the look at the record and the ending: %s',
    async (_name, before) => {
      // Prepare
      const tables = await prepare(before);
      tables.interference.before = async ({ table, name }) => {
        if (table !== 'calls' || name !== 'UpdateCommand') return;
        tables.interference.before = () => undefined;
        await tables.calls.beginAttempt(REQUEST_ID, EXECUTION_ID, NOW.toISOString());
      };

      // Act
      await tables.run(statusEvent('ABORTED'));

      // Assess
      expect(await tables.record()).toMatchObject({ outcome: 'call_unconfirmed', reason: 'execution_ended' });
      expect(await tables.held()).toEqual(EVERYTHING);
      expect(tables.counted).toEqual(['call_unconfirmed']);
    },
  );

  it('fails, so that EventBridge repeats it, where the record changes all the time', async () => {
    // Prepare
    const tables = await prepare();
    let overtakes = false;
    tables.interference.before = async ({ table, name }) => {
      if (overtakes || table !== 'calls' || name !== 'UpdateCommand') return;
      overtakes = true;
      await tables.calls.beginAttempt(REQUEST_ID, EXECUTION_ID, NOW.toISOString());
      overtakes = false;
    };

    // Act & Assess
    await expect(tables.run(statusEvent('ABORTED'))).rejects.toThrow('changed whenever it was to be settled');
    expect(await tables.record()).toMatchObject({ status: 'calling' });
  });

  it('gives back where every attempt was clearly turned away', async () => {
    const { held, record, run } = await prepare({ status: 'calling', attempts: 2, unanswered: false });
    await run(statusEvent('ABORTED'));
    expect(await record()).toMatchObject({ outcome: 'internal_error', reason: 'execution_aborted' });
    expect(await held()).toEqual([]);
  });

  it.each([
    ['call_placed', 'accepted', EVERYTHING],
    ['completed', 'agent_connected', EVERYTHING],
    ['not_answered', 'rang_out', EVERYTHING],
    ['lost', 'no_sign', EVERYTHING],
    ['call_unconfirmed', 'connect_unavailable', EVERYTHING],
    ['throttled', 'api_rate', []],
    ['limit_reached', 'calls_per_day', []],
  ] as const)(
    'leaves the outcome %s of a request that has one, and gives back what it held',
    async (outcome, reason, left) => {
      // Prepare
      const ended = {
        status: 'ended',
        outcome,
        reason,
        class: OUTCOMES[outcome].class,
        endedAt: NOW.toISOString(),
      } as const;
      const { counted, held, log, record, run } = await prepare(ended);

      // Act
      await run(statusEvent('FAILED'));

      // Assess
      expect(await record()).toEqual({ ...CLAIMED, ...ended });
      expect(await held()).toEqual(left);
      expect(counted).toEqual([]);
      expect(log.lines).toEqual([]);
    },
  );

  it.each([
    ['call_placed', 'accepted', false],
    ['call_unconfirmed', 'execution_ended', true],
  ] as const)(
    'keeps the number of a call that may go on as long as one may last: %s',
    async (outcome, reason, asks) => {
      // Prepare
      const ended = { status: 'ended', outcome, reason, class: OUTCOMES[outcome].class } as const;
      const { guard, run, shared } = await prepare(ended);

      // Act
      await run(statusEvent('ABORTED'));

      // Assess
      expect(guard(`phone#${PHONE}`)).toMatchObject({ until: secondsAfter(60 + 7_200).getTime(), coolingDown: false });
      expect(await shared.contacts.find('some contact', [], secondsAfter(7_259))).toMatchObject({ isOneUnknown: asks });
    },
  );

  it('leaves the number of a call that is over to its cool-down', async () => {
    const ended = { status: 'ended', outcome: 'completed', reason: 'agent_connected', class: 'reached' } as const;
    const { guard, run, shared } = await prepare(ended);
    await shared.phones.callIsOver(PHONE, REQUEST_ID, secondsAfter(650), OVER);
    const before = guard(`phone#${PHONE}`);
    await run(statusEvent('ABORTED'));
    expect(guard(`phone#${PHONE}`)).toEqual(before);
  });

  it('asks events whose they are where it finds out that a phone may have rung', async () => {
    const { run, shared } = await prepare({ status: 'calling', attempts: 1, unanswered: true });
    await run(statusEvent('TIMED_OUT'));
    expect(await shared.contacts.find('some contact', [], secondsAfter(7_259))).toMatchObject({ isOneUnknown: true });
  });

  it('touches nothing of a request that another execution has', async () => {
    const { held, record, run } = await prepare({ executionId: OTHER_EXECUTION_ID });
    await run(statusEvent('ABORTED'));
    expect(await record()).toEqual({ ...CLAIMED, executionId: OTHER_EXECUTION_ID });
    expect(await held()).toEqual(EVERYTHING);
  });

  it('touches nothing of a request that another execution takes in this very moment', async () => {
    // Prepare
    const tables = await prepare(null);
    tables.interference.before = async ({ table, name }) => {
      if (table !== 'calls' || name !== 'UpdateCommand') return;
      tables.interference.before = () => undefined;
      await putRecord(tables, { ...CLAIMED, executionId: OTHER_EXECUTION_ID });
    };

    // Act
    await tables.run(statusEvent('ABORTED'));

    // Assess
    expect(await tables.record()).toEqual({ ...CLAIMED, executionId: OTHER_EXECUTION_ID });
    expect(await tables.held()).toEqual(EVERYTHING);
  });

  it('writes a record for a request that got none, and none is claimed for it afterwards', async () => {
    // Prepare
    const { calls, record, run } = await prepare(null);

    // Act
    await run(statusEvent('ABORTED'));
    const claimed = await calls.claim(CLAIMED);

    // Assess
    expect(claimed).toBe(false);
    expect(await record()).toMatchObject({
      executionId: EXECUTION_ID,
      status: 'ended',
      outcome: 'internal_error',
      receivedAt: NOW.toISOString(),
      expiresAt: NOW.getTime() / 1000 + 30 * 86_400,
    });
  });

  it.each([
    ['no input, because it was long', undefined],
    ['an input without an id', '{}'],
    ['an input that is no JSON', '{'],
    ['an id that is a telephone number', JSON.stringify({ id: PHONE })],
  ])('records a request with %s under the name of its execution', async (_name, input) => {
    const { record, run } = await prepare(null);
    await run(statusEvent('TIMED_OUT', { input }));
    expect(await record(EXECUTION_ID.split(':').at(-1))).toMatchObject({ outcome: 'internal_error' });
  });

  it('comes to the same when the event comes twice, and counts once', async () => {
    const { counted, held, record, run } = await prepare();
    await run(statusEvent('ABORTED'));
    const first = await record();
    await run(statusEvent('ABORTED'));
    expect(await record()).toEqual(first);
    expect(counted).toEqual(['internal_error']);
    expect(await held()).toEqual([]);
  });

  it.each([
    ['calls', `calls ${REQUEST_ID}`],
    ['the phone', `guards phone#${PHONE}`],
    ['the agent', `leases ${REQUEST_ID}`],
    ['the count of the day', `guards limit#${OF_DAY}#total`],
    ['the place', `room ${QUEUE_ID} ${PLACE}`],
  ])('gives everything back when EventBridge repeats it after a fault of the table: %s', async (_name, item) => {
    for (const when of ['before', 'after'] as const) {
      const tables = await prepare();
      const error = failOnce(
        tables,
        when,
        ({ name, table, key }) => name !== 'GetCommand' && `${table} ${key}` === item,
      );
      await expect(tables.run(statusEvent('ABORTED'))).rejects.toBe(error);
      await tables.run(statusEvent('ABORTED'));
      expect(await tables.record()).toMatchObject({ outcome: 'internal_error' });
      expect(await tables.held()).toEqual([]);
    }
  });

  it.each([
    ['goes on', statusEvent('RUNNING')],
    ['succeeded', statusEvent('SUCCEEDED')],
    ['is not named', statusEvent('ABORTED', { executionArn: undefined })],
    ['is nothing', null],
  ])('does nothing for an execution that %s', async (_name, event) => {
    const { record, run, seen } = await prepare();
    seen.splice(0);
    await run(event);
    expect(seen).toEqual([]);
    expect(await record()).toEqual(CLAIMED);
  });
});
