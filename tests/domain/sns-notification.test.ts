import { describe, expect, it } from 'vitest';
import { parseCallRequest } from '../../domain/call-request.ts';
import { recordsOf, UnusableNotificationError, unwrapRecord } from '../../domain/sns-notification.ts';
import { GOOD_CONTENT, karteEvent, NOW, REQUEST_ID, stage } from '../functions/function-support.ts';

const MADE_UP = '00000000-0000-4000-8000-0000000000b1-0';
const MESSAGE_ID = '00000000-0000-4000-8000-0000000000a1';
const record = (Message: unknown, rest: Record<string, unknown> = {}) => ({ Sns: { Message, ...rest } });
const unwrap = (value: unknown) => unwrapRecord(value, NOW, MADE_UP);
const parse = (event: unknown) => parseCallRequest(event, stage, NOW, () => 'never');

/** The test event of KARTE's guide: no event id, no message id, no time. */
const GUIDE_TEST_EVENT = {
  Records: [
    {
      Sns: {
        Message:
          '{"detail":{"content":{"phone_e164":"+819012345678","user_type":"visitor","inquiry_type":"動作環境について"}}}',
      },
    },
  ],
};

describe("the guide's test event", () => {
  it('is a request of now, under a made-up id', () => {
    // Act
    const Records = recordsOf(GUIDE_TEST_EVENT);
    const unwrapped = unwrap(Records[0]);

    // Assess
    expect(unwrapped).toMatchObject({ requestId: MADE_UP, idIsMadeUp: true });
    expect(parse(unwrapped.event)).toMatchObject({
      decision: 'continue',
      request: {
        requestId: MADE_UP,
        requestedAt: NOW.toISOString(),
        phone: '+819012345678',
        userType: 'visitor',
        inquiryType: '動作環境について',
      },
    });
  });
});

describe('the event inside a record', () => {
  const text = JSON.stringify(karteEvent(GOOD_CONTENT));

  it('is the one the rule would have handed on', () => {
    expect(unwrap(record(text, { MessageId: MESSAGE_ID }))).toEqual({
      event: karteEvent(GOOD_CONTENT),
      requestId: REQUEST_ID,
      idIsMadeUp: false,
    });
  });

  it('is the same at a redelivery, even under another message id', () => {
    const first = unwrap(record(text, { MessageId: MESSAGE_ID }));
    const again = unwrap(record(text, { MessageId: MESSAGE_ID.replace('a1', 'a2') }));
    expect(again).toEqual(first);
  });

  it.each([
    ['no id', { id: undefined }],
    ['an unusable id', { id: '+819012345678' }],
    ['an empty id', { id: '' }],
  ])('takes the message id where it has %s', (_name, envelope) => {
    const message = JSON.stringify(karteEvent(GOOD_CONTENT, envelope));
    const { event, requestId, idIsMadeUp } = unwrap(record(message, { MessageId: MESSAGE_ID }));
    expect({ id: event.id, requestId, idIsMadeUp }).toEqual({
      id: MESSAGE_ID,
      requestId: MESSAGE_ID,
      idIsMadeUp: false,
    });
  });

  it.each([
    ['an empty text', ''],
    ['a number', 5],
    ['a telephone number', '09012345678'],
  ])('takes the made-up id where the message id is %s', (_name, MessageId) => {
    const message = JSON.stringify(karteEvent(GOOD_CONTENT, { id: undefined }));
    expect(unwrap(record(message, { MessageId }))).toMatchObject({ requestId: MADE_UP, idIsMadeUp: true });
  });

  it('keeps its own time; without one the notification says when; without both it is now', () => {
    const Timestamp = '2026-11-22T02:59:00.000Z';
    const untimed = JSON.stringify(karteEvent(GOOD_CONTENT, { time: undefined }));
    expect(unwrap(record(text, { Timestamp })).event.time).toBe(NOW.toISOString());
    expect(unwrap(record(untimed, { Timestamp })).event.time).toBe(Timestamp);
    expect(unwrap(record(untimed)).event.time).toBe(NOW.toISOString());
  });
});

describe('the envelopes of an event', () => {
  const event = karteEvent(GOOD_CONTENT);
  const text = JSON.stringify(event);
  const envelope = (Message: unknown) => JSON.stringify({ Type: 'Notification', MessageId: MESSAGE_ID, Message });
  const queued = (body: unknown, rest: object = {}) => ({
    messageId: 'aaaaaaaa-0000-4000-8000-0000000000a3',
    receiptHandle: 'x',
    body,
    attributes: { SentTimestamp: String(Date.parse('2026-11-22T02:58:00.000Z')) },
    eventSource: 'aws:sqs',
    ...rest,
  });

  it.each([
    ["SNS's, with the event as an object", record(event)],
    ["SNS's, whose message begins with a byte order mark", record(`\uFEFF${text}`)],
    ["SQS's around SNS's", queued(envelope(text))],
    ["SQS's around SNS's, as an object", queued({ Type: 'Notification', Message: text })],
    ["SQS's around SNS's, with the event as an object", queued(envelope(event))],
    ["SQS's with raw message delivery", queued(text)],
    ["SQS's with the event as an object", queued(event)],
    ["SNS's around SNS's", record(envelope(text))],
    ["SNS's around SQS's around SNS's would be three", record(envelope(envelope(text)))],
  ])('are taken off: %s', (_name, value) => {
    expect(unwrap(value)).toEqual({ event, requestId: REQUEST_ID, idIsMadeUp: false });
  });

  it('say id and time where the event has none, the innermost first', () => {
    const untold = JSON.stringify(karteEvent(GOOD_CONTENT, { id: undefined, time: undefined }));
    const Timestamp = '2026-11-22T02:59:00.000Z';
    const told = JSON.stringify({ Type: 'Notification', MessageId: MESSAGE_ID, Timestamp, Message: untold });
    expect(unwrap(queued(told)).event).toMatchObject({ id: MESSAGE_ID, time: Timestamp });
    expect(unwrap(queued(untold)).event).toMatchObject({
      id: 'aaaaaaaa-0000-4000-8000-0000000000a3',
      time: '2026-11-22T02:58:00.000Z',
    });
    expect(unwrap(queued(untold, { attributes: {} })).event.time).toBe(NOW.toISOString());
  });

  it('are not looked through without end', () => {
    const deep = `${'{"Message":'.repeat(20_000)}0${'}'.repeat(20_000)}`;
    expect(parse(unwrap(record(deep)).event)).toMatchObject({ decision: 'end', ending: { outcome: 'invalid_event' } });
  });
});

describe('what is found in place of an event', () => {
  it.each([
    ['a record of another service', { eventSource: 'aws:s3', s3: {} }, 'found an object with eventSource, expected'],
    ['no record', null, 'found null, expected'],
    ['a text', 'record', 'found a text that is no JSON object, expected'],
    ['a message of plain text', record('call me'), 'found a message that is a text that is no JSON object, expected'],
    ['an empty message', record(''), 'found a message that is an empty text, expected'],
    ['a message without detail', record('{"content":{}}'), 'found a message that is an object with content, expected'],
    [
      "SNS's question whether a queue subscribes",
      { body: '{"Type":"SubscriptionConfirmation","SubscribeURL":"https://example.com"}' },
      'found a message that is an object with Type, SubscribeURL, expected',
    ],
  ])('is named, with what is expected: %s', (_name, value, sentence) => {
    expect(unwrap(value).problem).toContain(sentence);
    expect(unwrap(value).problem).toContain('expected the event in Sns.Message of SNS, or in body of SQS');
  });

  it('is named without a value, and without a name that is none', () => {
    const { problem } = unwrap(record({ phone: '+819012345678', '090-1234-5678': 'x', 'a b': 'secret' }));
    expect(problem).toContain('found a message that is an object with phone, expected');
    expect(problem).not.toMatch(/secret|5678/);
  });
});

describe('a record that cannot be read', () => {
  it.each([
    ['its message is plain text', record('call me'), 'content_not_json'],
    ['its message is cut JSON', record('{"detail":{"content'), 'content_not_json'],
    ['its message is empty', record(''), 'content_not_json'],
    ['its message is the text of an array', record('[{"detail":{}}]'), 'content_not_an_object'],
    ['its message is the text null', record('null'), 'content_not_an_object'],
    ['its message is the text of a number', record('819012345678'), 'content_not_an_object'],
    ['its message is 256 KB of text', record('x'.repeat(262_144)), 'content_not_json'],
    ['its message is an object without content', record({ detail: {} }), 'content_missing'],
    ['its message is a number', record(5), 'content_not_an_object'],
    ['it has no message', { Sns: {} }, 'content_missing'],
    ['it has nothing', {}, 'content_missing'],
    ['it is null', null, 'content_missing'],
    ['it is a text', 'record', 'content_missing'],
  ])('becomes an event that is refused, and so is recorded: %s', (_name, value, reason) => {
    // Act
    const { event, requestId } = unwrap(value);

    // Assess
    expect(parse(event)).toMatchObject({
      decision: 'end',
      request: { requestId },
      ending: { outcome: 'invalid_event', reason },
    });
  });

  it.each([
    ['a message that is no text', record({}, { MessageId: MESSAGE_ID })],
    ['no message', { Sns: { MessageId: MESSAGE_ID } }],
  ])('keeps its message id, so that a redelivery of it is recognised: %s', (_name, value) => {
    expect(unwrap(value)).toMatchObject({ requestId: MESSAGE_ID, idIsMadeUp: false });
  });

  it('changes no other object by the keys of its message', () => {
    // Act
    const { event } = unwrap(record('{"__proto__":{"detail":{"content":{"phone_e164":"+819012345678"}}}}'));

    // Assess
    expect(parse(event)).toMatchObject({ decision: 'end', ending: { reason: 'content_missing' } });
    expect(({} as Record<string, unknown>).detail).toBeUndefined();
  });
});

describe('a notification', () => {
  it.each([[null], [{}], ['text'], [{ Records: {} }], [[]]])(
    'that is none is refused as a whole: %j',
    (notification) => {
      expect(() => recordsOf(notification)).toThrow(UnusableNotificationError);
    },
  );

  it.each([
    [null, 'Found null, expected {"Records"'],
    [[{ body: '{}' }], 'Found a list, expected {"Records"'],
    [{ Entries: [] }, 'Found an object with Entries, expected {"Records"'],
    [[{ Detail: '{}' }, {}], 'Found a list, expected {"Records"'],
    [{ content: GOOD_CONTENT }, 'Found an object with content, expected {"Records"'],
  ])('that is none is named, and what is expected: %j', (notification, sentence) => {
    expect(() => recordsOf(notification)).toThrow(sentence);
  });

  const entry = { Source: 'a', DetailType: 'KARTE Action', Detail: JSON.stringify(karteEvent(GOOD_CONTENT).detail) };
  it.each([
    ['one event', karteEvent(GOOD_CONTENT)],
    ["SNS's own document", { Type: 'Notification', Message: JSON.stringify(karteEvent(GOOD_CONTENT)) }],
    ['the input of PutEvents', { Entries: [entry] }],
    ['the entries of PutEvents', [entry]],
    ['an entry whose detail is an object', [{ ...entry, Detail: karteEvent(GOOD_CONTENT).detail }]],
  ])('that is another form of an event is read: %s', (_name, notification) => {
    const [record, ...more] = recordsOf(notification);
    expect(more).toEqual([]);
    expect(unwrap(record).problem).toBeUndefined();
    expect(parse(unwrap(record).event)).toMatchObject({ decision: 'continue', request: { phone: '+819012345678' } });
  });

  it("cannot carry what the path's own requests are told by", () => {
    const event = { ...karteEvent(GOOD_CONTENT), ownRequest: { try: 1 } };
    expect(unwrap(record(JSON.stringify(event))).event).not.toHaveProperty('ownRequest');
    expect(unwrap(recordsOf(event)[0]).event).not.toHaveProperty('ownRequest');
  });

  it('may hold records of any shape: each is judged on its own', () => {
    expect(recordsOf({ Records: [null, 1, {}] })).toHaveLength(3);
  });
});
