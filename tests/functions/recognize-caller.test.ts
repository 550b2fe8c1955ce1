import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import {
  CONTACT_ID,
  holdsTheNumber,
  NOW,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { claimedRecord } from './tables.ts';

setEnvironment();
const { recognizeCaller } = await import('../../functions/recognize-caller.ts');

const PHONE = '+819012345678';
const NOBODY = { we_rang: 'false' };

const MISSED = claimedRecord({
  ...{ status: 'ended', outcome: 'not_answered', placedAt: secondsAfter(-60).toISOString(), queueId: QUEUE_ID },
  ...{ userType: 'visitor', trackId: '48291532' },
});

const calling = (Address: string | undefined = PHONE) => ({
  Details: {
    ContactData: {
      ...{ ContactId: CONTACT_ID, InitiationMethod: 'INBOUND' },
      CustomerEndpoint: { Address, Type: 'TELEPHONE_NUMBER' },
    },
  },
});

interface World {
  records?: CallRecord[] | Error | 'slow';
  note?: Error | 'slow';
  hours?: number | null;
}

function prepare({ records = [MISSED], note, hours = 24 }: World = {}) {
  const asked: { phone: string; since: Date }[] = [];
  const noted: object[] = [];
  const patience = new AbortController();
  const log = recordingLog();
  const never = (): Promise<never> => {
    queueMicrotask(() => patience.abort());
    return new Promise<never>(() => undefined);
  };
  const run = recognizeCaller({
    stage: { ...stage, recognizeCaller: hours === null ? null : { hours } },
    queueArnPrefix: 'arn:queue/',
    callsOf: {
      async latest(phone, since) {
        asked.push({ phone, since });
        if (records instanceof Error) throw records;
        return records === 'slow' ? never() : records;
      },
    },
    calls: {
      async noteCalledBack(requestId, call) {
        if (note instanceof Error) throw note;
        if (note === 'slow') return never();
        noted.push({ requestId, ...call });
      },
    },
    now: () => NOW,
    patience: () => patience.signal,
    log,
  });
  return { asked, log, noted, run };
}

describe('a caller', () => {
  it('whom we rang in vain is recognised, and the request says at once who called back', async () => {
    const { asked, log, noted, run } = prepare();
    const answer = await run(calling());
    expect(answer).toMatchObject({ we_rang: 'true', request_id: REQUEST_ID, queue_arn: `arn:queue/${QUEUE_ID}` });
    expect(asked).toEqual([{ phone: PHONE, since: secondsAfter(-24 * 3_600) }]);
    expect(noted).toEqual([{ requestId: REQUEST_ID, contactId: CONTACT_ID, at: NOW.toISOString() }]);
    expect(holdsTheNumber([answer, log.lines])).toBe(false);
  });

  it('is nobody where none of the calls counts', async () => {
    const { noted, run } = prepare({ records: [{ ...MISSED, outcome: 'completed' }] });
    expect(await run(calling())).toEqual(NOBODY);
    expect(noted).toEqual([]);
  });

  it('whose queue is not one of the stage any more is recognised without it', async () => {
    const { run } = prepare({ records: [{ ...MISSED, queueId: '00000000-0000-4000-8000-00000000a009' }] });
    expect(await run(calling())).toMatchObject({ we_rang: 'true', queue_arn: '-' });
  });

  it.each([undefined, 'anonymous', 'sip:+819012345678@example.com'])('is not looked up by %s', async (address) => {
    const { asked, run } = prepare();
    expect(await run({ ...calling(address ?? ''), ...(address === undefined && { Details: {} }) })).toEqual(NOBODY);
    expect(asked).toEqual([]);
  });

  it('is not looked up in a stage that recognises nobody', async () => {
    const { asked, run } = prepare({ hours: null });
    expect(await run(calling())).toEqual(NOBODY);
    expect(asked).toEqual([]);
  });
});

describe('a table', () => {
  it('that is slow leaves the caller unknown, and is told of', async () => {
    const { log, run } = prepare({ records: 'slow' });
    expect(await run(calling())).toEqual(NOBODY);
    expect(log.lines).toEqual([
      { level: 'warn', message: 'caller not looked up in time', fields: { contactId: CONTACT_ID } },
    ]);
  });

  it('that fails fails the function: the flow goes on without it, and an alarm can count it', async () => {
    const { run } = prepare({ records: new Error('the table does not answer') });
    await expect(run(calling())).rejects.toThrow('the table does not answer');
  });

  it.each(['slow', new Error('the table does not answer')] as const)(
    'that takes no note (%s) costs the caller nothing',
    async (note) => {
      const { run } = prepare({ note });
      expect(await run(calling())).toMatchObject({ we_rang: 'true', request_id: REQUEST_ID });
    },
  );
});
