import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { callerAnswer, callerOf, requestCalledBack, requestCalledBackIn } from '../../domain/recognised-caller.ts';
import sample from '../../events/caller.json' with { type: 'json' };

const CONTACT_ID = '00000000-0000-4000-8000-00000000d001';

const event = (customer: unknown, change: Record<string, unknown> = {}) => ({
  Name: 'ContactFlowEvent',
  Details: {
    ContactData: {
      ...{ Attributes: {}, Channel: 'VOICE', ContactId: CONTACT_ID, InitialContactId: CONTACT_ID },
      ...{ InitiationMethod: 'INBOUND', CustomerEndpoint: customer, PreviousContactId: CONTACT_ID, Queue: null },
      SystemEndpoint: { Address: '+815000000000', Type: 'TELEPHONE_NUMBER' },
      ...change,
    },
    Parameters: {},
  },
});
const number = (Address: unknown, Type: unknown = 'TELEPHONE_NUMBER') => event({ Address, Type });

describe('who calls', () => {
  it('is told in the sample event', () => expect(callerOf(sample)).toMatchObject({ phone: '+819012345678' }));

  it.each(['+819012345678', '+81312345678', '+815012345678', '+447700900001', '+16505550123'])(
    'is known by a number in E.164: %s',
    (phone) => expect(callerOf(number(phone))).toEqual({ contactId: CONTACT_ID, phone }),
  );

  it.each([
    ['no endpoint', event(null)],
    ['no address', event({ Type: 'TELEPHONE_NUMBER' })],
    ['an empty address', number('')],
    ['anonymous', number('anonymous')],
    ['Unavailable', number('Unavailable')],
    ['Restricted', number('+Restricted')],
    ['a list', number(['+819012345678'])],
    ['a number of JSON', number(819012345678)],
    ['a SIP address', number('sip:+819012345678@example.com')],
    ['a number of another kind of endpoint', number('+819012345678', 'VOIP')],
    ['a number without its country', number('09012345678')],
    ['a number without its plus', number('819012345678')],
    ['a number with hyphens', number('+81-90-1234-5678')],
    ['a number with a line break behind it', number('+819012345678\n')],
    ['a number in full-width digits', number('＋８１９０１２３４５６７８')],
    ['a short number', number('+8')],
  ])('is not known by %s', (_name, one) => expect(callerOf(one)).toEqual({ contactId: CONTACT_ID }));

  it.each([
    ['a call of ours', event({ Address: '+819012345678' }, { InitiationMethod: 'API' })],
    ['a transfer', event({ Address: '+819012345678' }, { InitiationMethod: 'TRANSFER' })],
    ['a contact without an id', event({ Address: '+819012345678' }, { ContactId: undefined })],
    ['null', null],
    ['a text', 'INBOUND'],
    ['no details', { Details: null }],
  ])('is nobody in %s', (_name, one) => expect(callerOf(one)).toBeUndefined());
});

const NOON = Date.parse('2026-11-22T03:00:00Z');
const minutes = (count: number) => new Date(NOON + count * 60_000).toISOString();
const SINCE = new Date(minutes(-60));

const call = (placed: number | undefined, change: Partial<CallRecord> = {}): CallRecord => ({
  ...{ requestId: `request at ${placed}`, executionId: 'execution', status: 'ended', attempts: 1, expiresAt: 0 },
  ...{ requestedAt: minutes(-600), receivedAt: minutes(-600), outcome: 'not_answered' },
  ...(placed !== undefined && { placedAt: minutes(placed) }),
  ...change,
});

const calledBack = (...records: CallRecord[]) => requestCalledBack(records, SINCE)?.requestId;

describe('the request that is called back for', () => {
  const counting: Outcome[] = ['call_placed', 'not_answered', 'busy', 'no_key_pressed', 'abandoned'];

  it.each(Object.keys(OUTCOMES) as Outcome[])('%s', (outcome) => {
    expect(calledBack(call(-5, { outcome }))).toBe(counting.includes(outcome) ? 'request at -5' : undefined);
  });

  it('has a call that was placed, and within the hours that count, whenever it was asked for', () => {
    expect(calledBack(call(undefined))).toBeUndefined();
    expect(calledBack(call(-61))).toBeUndefined();
    expect(calledBack(call(-60))).toBe('request at -60');
    expect(calledBack()).toBeUndefined();
  });

  it('is the latest of several, in whatever order they are found', () => {
    expect(calledBack(call(-5), call(-3), call(-9))).toBe('request at -3');
    expect(calledBack(call(-5), call(-3, { outcome: 'failed_to_connect' }))).toBe('request at -5');
  });

  it('is none after a talk, no matter who dialled, and none while one goes on', () => {
    expect(calledBack(call(-5), call(-3, { outcome: 'completed' }))).toBeUndefined();
    expect(calledBack(call(-5), call(-3, { kind: 'inbound', outcome: 'completed' }))).toBeUndefined();
    expect(calledBack(call(-5), call(-3, { kind: 'by_hand', outcome: 'completed' }))).toBeUndefined();
    expect(calledBack(call(-3, { outcome: 'call_placed', agentAt: minutes(-2) }))).toBeUndefined();
    expect(calledBack(call(-5, { outcome: 'completed' }), call(-3))).toBe('request at -3');
  });

  it('is still open where the customer called and did not get through, or an agent did not reach the customer', () => {
    expect(calledBack(call(-5), call(-3, { kind: 'inbound', outcome: 'abandoned' }))).toBe('request at -5');
    expect(calledBack(call(-5), call(-3, { kind: 'by_hand' }))).toBe('request at -5');
  });
});

describe('what the flow is told', () => {
  const RECORD = call(-5, { userType: 'member', trackId: '48291532', queueId: 'queue', phone: '+819012345678' });
  const queueArnOf = (id: string) => (id === 'queue' ? 'arn:queue' : undefined);

  it('is all of one record, in texts, and no number', () => {
    expect(callerAnswer(RECORD, queueArnOf)).toEqual({
      ...{ we_rang: 'true', request_id: 'request at -5', user_type: 'member', queue_arn: 'arn:queue' },
      ...{ track_id: '48291532', has_short_track_id: 'true', track_id_spoken: '4、8、2、9、1、5、3、2' },
    });
  });

  it('has every key, whatever the record lacks, and no queue that is not of the stage', () => {
    const { userType: _, trackId: __, queueId: ___, ...bare } = RECORD;
    const nothing = { user_type: 'other', queue_arn: '-', track_id: '-', has_short_track_id: 'false' };
    expect(callerAnswer(bare, queueArnOf)).toMatchObject({ ...nothing, track_id_spoken: '-' });
    expect(callerAnswer({ ...RECORD, queueId: 'another' }, queueArnOf).queue_arn).toBe('-');
  });

  it.each(['A-12', 'ORDER20261122000001', '482915327'])(
    'shows another id than an inquiry number, and spells none: %s',
    (trackId) => {
      const told = callerAnswer({ ...RECORD, trackId }, queueArnOf);
      expect(told).toMatchObject({ track_id: trackId, has_short_track_id: 'false', track_id_spoken: '-' });
    },
  );

  it('is far below what a Lambda block takes', () => {
    const longest = { ...RECORD, userType: 'x'.repeat(1_000), trackId: '長'.repeat(64) };
    expect(Buffer.byteLength(JSON.stringify(callerAnswer(longest, queueArnOf)))).toBeLessThan(32_000);
  });
});

describe('what a flow noted of a call-back', () => {
  const REQUEST_ID = '00000000-0000-4000-8000-0000000000e1';

  it('names its request', () => {
    expect(requestCalledBackIn({ called_back: 'true', called_back_request_id: REQUEST_ID })).toBe(REQUEST_ID);
  });

  it.each([
    {},
    { called_back: 'true' },
    { called_back_request_id: REQUEST_ID },
    { called_back: 'true', called_back_request_id: '' },
    { called_back: 'true', called_back_request_id: '+819012345678' },
  ])('is nothing in %j', (attributes) => expect(requestCalledBackIn(attributes)).toBeUndefined());
});
