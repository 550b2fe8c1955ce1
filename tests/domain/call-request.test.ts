import { describe, expect, it } from 'vitest';
import { type ParsedRequest, parseCallRequest } from '../../domain/call-request.ts';
import { outboundCall } from '../../domain/outbound-call.ts';
import { usableId } from '../../domain/request-id.ts';
import {
  FLOW_ARN,
  GOOD_CONTENT,
  holdsTheNumber,
  karteEvent,
  NOW,
  QUEUE_ARN,
  QUEUE_ID,
  REQUEST_ID,
  secondsAfter,
  stage,
} from '../functions/function-support.ts';
import { SPELLINGS } from './request-support.ts';

const MADE_UP_ID = 'made-up-id';
const parse = (event: unknown, now = NOW, rules = stage): ParsedRequest =>
  parseCallRequest(event, rules, now, () => MADE_UP_ID);

/** The request of an event that must be accepted. */
function accepted(event: unknown, now = NOW) {
  const parsed = parse(event, now);
  if (parsed.decision !== 'continue') throw new Error(`refused: ${JSON.stringify(parsed.ending)}`);
  return parsed.request;
}

describe('an event as KARTE sends it', () => {
  it('becomes a request with everything the later states need', () => {
    // Act
    const parsed = parse(karteEvent({ ...GOOD_CONTENT, plan: 'standard', email: 'someone@example.com' }));

    // Assess
    expect(parsed).toEqual({
      decision: 'continue',
      request: {
        requestId: REQUEST_ID,
        requestedAt: NOW.toISOString(),
        receivedAt: NOW.toISOString(),
        deadlineAt: secondsAfter(300).toISOString(),
        phone: '+819012345678',
        userType: 'visitor',
        inquiryType: 'KARTE Datahubについて',
        trackId: '48291532',
        queue: { name: 'general', id: QUEUE_ID },
        attributes: {
          request_id: REQUEST_ID,
          user_type: 'visitor',
          has_inquiry_type: 'true',
          has_short_inquiry: 'true',
          inquiry_type: 'KARTE Datahubについて',
          track_id: '48291532',
          has_track_id: 'true',
          track_id_spoken: '4、8、2、9、1、5、3、2',
          plan: 'standard',
        },
        leftOut: ['email'],
      },
    });
  });

  it('means the same whether its content is an object or a JSON text', () => {
    expect(parse(karteEvent(JSON.stringify(GOOD_CONTENT)))).toEqual(parse(karteEvent(GOOD_CONTENT)));
    expect(parse(karteEvent(` ${JSON.stringify(GOOD_CONTENT, null, 2)}\n`))).toEqual(parse(karteEvent(GOOD_CONTENT)));
    expect(parse(karteEvent(`\uFEFF${JSON.stringify(GOOD_CONTENT)}`))).toEqual(parse(karteEvent(GOOD_CONTENT)));
  });

  it('needs no more than a number', () => {
    const request = accepted({ detail: { content: { phone_e164: '+819012345678' } } });
    expect(request).toMatchObject({ requestId: MADE_UP_ID, userType: 'other', requestedAt: NOW.toISOString() });
    expect(request.attributes).toEqual({
      request_id: MADE_UP_ID,
      user_type: 'other',
      has_inquiry_type: 'false',
      has_short_inquiry: 'false',
      has_track_id: 'false',
    });
    expect(request).not.toHaveProperty('inquiryType');
    expect(request).not.toHaveProperty('trackId');
  });

  it('has its inquiry number as digits, spelled for the agent, however KARTE groups it', () => {
    const request = accepted(karteEvent({ ...GOOD_CONTENT, track_id: '４８２９ー１５３２' }));
    expect(request.trackId).toBe('48291532');
    expect(request.attributes).toMatchObject({
      track_id: '48291532',
      has_track_id: 'true',
      track_id_spoken: '4、8、2、9、1、5、3、2',
    });
  });

  it("says nothing of somebody else's number: not aloud, not in an attribute, not to the agent", () => {
    // Prepare
    const content = {
      ...GOOD_CONTENT,
      inquiry_type: '080-2345-6789に電話してください',
      track_id: '０８０・２３４５・６７８９',
      memo: '昼は 03-1234-5678 へ',
    };

    // Act
    const request = accepted(karteEvent(content));

    // Assess
    expect(request).toMatchObject({
      attributes: { has_inquiry_type: 'false', has_track_id: 'false' },
      leftOut: ['inquiry_type', 'track_id', 'memo'],
    });
    const call = outboundCall(request, FLOW_ARN, QUEUE_ARN, {
      connect: { pressToConnect: false },
      offerCallBack: null,
    });
    expect(call.name).toBe('Web: お問い合わせ');
    expect(JSON.stringify([request, call]).normalize('NFKC')).not.toMatch(/6789|1234-5678/);
  });

  it('goes to the queue that the inquiry is routed to', () => {
    const request = accepted(karteEvent({ ...GOOD_CONTENT, inquiry_type: '料金プランについて' }));
    expect(request.queue).toEqual({ name: 'plans', id: stage.connect.queues.plans });
  });
});

describe('an event that is no call request', () => {
  const withTime = (time: unknown) => karteEvent(GOOD_CONTENT, { time });

  it.each([
    ['null', null, 'not_an_object'],
    ['undefined', undefined, 'not_an_object'],
    ['a text', '{"detail":{}}', 'not_an_object'],
    ['a number', 42, 'not_an_object'],
    ['a list', [karteEvent(GOOD_CONTENT)], 'wrong_envelope'],
    ['entries of PutEvents', { Entries: [{ Detail: '{}' }] }, 'wrong_envelope'],
    ['an entry of PutEvents', { Source: 'karte', DetailType: 'KARTE Action', Detail: '{}' }, 'wrong_envelope'],
    ['a notification', { Records: [{ Sns: { Message: '{}' } }] }, 'wrong_envelope'],
    ["SNS's own document", { Type: 'Notification', Message: '{}' }, 'wrong_envelope'],
    ['detail is a text', { detail: '{}' }, 'wrong_type'],
    ['detail is null', { detail: null }, 'wrong_type'],
    ['detail is an array', { detail: [] }, 'wrong_type'],
    ['detail is a number', { detail: 1 }, 'wrong_type'],
    ['there is no detail', {}, 'content_missing'],
    ['there is no content', { detail: {} }, 'content_missing'],
    ['content is null', karteEvent(null), 'content_missing'],
    ['content is plain text', karteEvent('call me'), 'content_not_json'],
    ['content is an empty text', karteEvent(''), 'content_not_json'],
    ['content is cut JSON', karteEvent('{"phone_e164":"+8190'), 'content_not_json'],
    ['content is 256 KB of text', karteEvent('x'.repeat(262_144)), 'content_not_json'],
    ['content is 256 KB of opening brackets', karteEvent('['.repeat(262_144)), 'content_not_json'],
    ['content is a number', karteEvent(819012345678), 'content_not_an_object'],
    ['content is a boolean', karteEvent(true), 'content_not_an_object'],
    ['content is an array', karteEvent([GOOD_CONTENT]), 'content_not_an_object'],
    ['content is the text of an array', karteEvent('[{}]'), 'content_not_an_object'],
    ['content is the text null', karteEvent('null'), 'content_not_an_object'],
    ['content is the text of a number', karteEvent('819012345678'), 'content_not_an_object'],
    [
      'content is the text of a text',
      karteEvent(JSON.stringify(JSON.stringify(GOOD_CONTENT))),
      'content_not_an_object',
    ],
    ['its time is a number', withTime(1_795_316_400), 'time_unusable'],
    ['its time is empty', withTime(''), 'time_unusable'],
    ['its time is a date only', withTime('2026-11-22'), 'time_unusable'],
    ['its time is no date', withTime('yesterday'), 'time_unusable'],
    ['its time has a month 13', withTime('2026-13-01T00:00:00Z'), 'time_unusable'],
    ['its time has text behind it', withTime('2026-11-22T03:00:00Z or so'), 'time_unusable'],
    ['its time is an object', withTime({}), 'time_unusable'],
    ['its time lies a day ahead', withTime('2026-11-23T03:00:00Z'), 'time_in_future'],
    ['its time lies in the year 9999', withTime('9999-12-31T23:59:59Z'), 'time_in_future'],
  ])('is refused with its own reason: %s', (_name, event, reason) => {
    // Act
    const parsed = parse(event);

    // Assess
    expect(parsed).toMatchObject({ decision: 'end', ending: { outcome: 'invalid_event', reason } });
    expect(parsed.request).toMatchObject({ requestId: expect.any(String), receivedAt: NOW.toISOString() });
    expect(parsed.request.requestedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('keeps its id, so that the refusal is recorded under it', () => {
    expect(parse(karteEvent(null)).request.requestId).toBe(REQUEST_ID);
  });
});

describe('a number that is not dialled', () => {
  it.each([
    ['#{phone_e164}', 'not_filled_in'],
    ['', 'missing'],
    [undefined, 'missing'],
    ['119', 'emergency'],
    [{ number: '+819012345678' }, 'impossible'],
  ])('ends the request: %j', (phone_e164, reason) => {
    const parsed = parse(karteEvent({ ...GOOD_CONTENT, phone_e164 }));
    expect(parsed).toMatchObject({ decision: 'end', ending: { outcome: 'number_refused', reason } });
    expect(parsed.request).not.toHaveProperty('phone');
  });

  it('is kept for the record where it is known which number was meant', () => {
    const parsed = parse(karteEvent({ ...GOOD_CONTENT, phone_e164: '0120-123-456' }));
    expect(parsed).toMatchObject({
      decision: 'end',
      request: { phone: '+81120123456' },
      ending: { reason: 'toll_free' },
    });
  });

  it('is not taken from another field', () => {
    const parsed = parse(karteEvent({ phone: '+819012345678', PHONE_E164: '+819012345678' }));
    expect(parsed).toMatchObject({ ending: { outcome: 'number_refused', reason: 'missing' } });
  });
});

describe('the age of an event', () => {
  it.each([
    ['exactly as old as the stage allows', 300, 'continue'],
    ['a second less', 299, 'continue'],
    ['just sent', 0, 'continue'],
  ])('is fine where it is %s', (_name, age, decision) => {
    expect(parse(karteEvent(GOOD_CONTENT), secondsAfter(age)).decision).toBe(decision);
  });

  it.each([300.001, 301, 86_400])('is too much after %s seconds', (age) => {
    // Act
    const parsed = parse(karteEvent(GOOD_CONTENT), secondsAfter(age));

    // Assess
    expect(parsed).toMatchObject({
      decision: 'end',
      request: { requestedAt: NOW.toISOString(), phone: '+819012345678' },
      ending: { outcome: 'stale', reason: 'too_old' },
    });
  });

  it('is a setting of the stage', () => {
    const rules = { ...stage, request: { ...stage.request, maxAgeSeconds: 60 } };
    expect(parse(karteEvent(GOOD_CONTENT), secondsAfter(60), rules).decision).toBe('continue');
    expect(parse(karteEvent(GOOD_CONTENT), secondsAfter(61), rules).decision).toBe('end');
  });

  it('counts from the event, not from its arrival', () => {
    expect(accepted(karteEvent(GOOD_CONTENT), secondsAfter(200))).toMatchObject({
      requestedAt: NOW.toISOString(),
      receivedAt: secondsAfter(200).toISOString(),
      deadlineAt: secondsAfter(300).toISOString(),
    });
  });

  it.each([undefined, null])('is none where the time is %s: that means now', (time) => {
    expect(accepted(karteEvent(GOOD_CONTENT, { time })).requestedAt).toBe(NOW.toISOString());
  });

  it("forgives a producer's clock that runs five minutes ahead, and no more", () => {
    const ahead = (seconds: number) => karteEvent(GOOD_CONTENT, { time: secondsAfter(seconds).toISOString() });
    expect(parse(ahead(300)).decision).toBe('continue');
    expect(parse(ahead(300.001))).toMatchObject({ ending: { reason: 'time_in_future' } });
  });

  it('reads an offset', () => {
    expect(accepted(karteEvent(GOOD_CONTENT, { time: '2026-11-22T12:00:00+09:00' })).requestedAt).toBe(
      NOW.toISOString(),
    );
  });

  it('is the same on every machine where the time has no offset', () => {
    // Prepare
    const event = karteEvent(GOOD_CONTENT, { time: '2026-11-22T03:00:00' });
    const zone = process.env.TZ;

    // Act
    const results = ['UTC', 'Asia/Tokyo'].map((timeZone) => {
      process.env.TZ = timeZone;
      return parse(event);
    });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;

    // Assess
    expect(results[1]).toEqual(results[0]);
  });
});

describe('a request id', () => {
  it.each([
    ['a UUID', '11111111-2222-4333-8444-555555555555'],
    ['a UUID of many digits', '00000000-0000-4000-8000-000000000001'],
    ['a plain name', 'order_1:retry.2'],
    ['eight characters', 'abcdefgh'],
    ['128 characters', 'a'.repeat(128)],
  ])('is taken from the event: %s', (_name, id) => {
    expect(usableId(id)).toBe(id);
    expect(parse(karteEvent(GOOD_CONTENT, { id })).request.requestId).toBe(id);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 12_345_678],
    ['an object', { id: 'abcdefgh' }],
    ['seven characters', 'abcdefg'],
    ['129 characters', 'a'.repeat(129)],
    ['a space', 'abcd efgh'],
    ['a slash', 'abcd/efgh'],
    ['Japanese', 'リクエスト番号一二三四'],
    ['a line feed at its end', 'abcdefgh\n'],
    ['a separator in front', '-abcdefgh'],
    ['a telephone number', '09012345678'],
    ['a telephone number with hyphens', '090-1234-5678'],
    ['a telephone number behind a word', 'tel:09012345678'],
    ['a telephone number behind a hyphen', 'visitor-09012345678'],
  ])('is made up where there is %s', (_name, id) => {
    expect(usableId(id)).toBeUndefined();
    expect(parse(karteEvent(GOOD_CONTENT, { id })).request.requestId).toBe(MADE_UP_ID);
  });
});

describe('what the visitor typed', () => {
  it.each([
    ['member', 'member'],
    ['visitor', 'visitor'],
    [' visitor ', 'visitor'],
    ['Visitor', 'other'],
    ['vip', 'other'],
    ['other', 'other'],
    ['', 'other'],
    ['#{user_type}', 'other'],
    [undefined, 'other'],
    [null, 'other'],
    [['member'], 'other'],
    [{ member: true }, 'other'],
    ['__proto__', 'other'],
  ])('is one of the stage’s user types, else other, and the call goes out: %j', (user_type, userType) => {
    const request = accepted(karteEvent({ ...GOOD_CONTENT, user_type }));
    expect(request.userType).toBe(userType);
    expect(request.attributes.user_type).toBe(userType);
  });

  it.each([
    ['料金', 'true', '料金'],
    ['＜料金＞', 'true', '料金'],
    ['', 'false', undefined],
    ['#{inquiry_type}', 'false', undefined],
    ['<>', 'false', undefined],
    [undefined, 'false', undefined],
    [{ a: 'b' }, 'false', undefined],
  ])('is told to the flow as an inquiry or as none: %j', (inquiry_type, has, inquiry) => {
    const { attributes } = accepted(karteEvent({ ...GOOD_CONTENT, inquiry_type }));
    expect(attributes.has_inquiry_type).toBe(has);
    expect(attributes.inquiry_type).toBe(inquiry);
  });

  it.each([
    ['KARTE Datahubについて', 'true'],
    ['KARTE Datahubについてと', 'false'],
    ['＜KARTE Datahubについて＞', 'true'],
    ['家族👨‍👩‍👧', 'true'],
    ['👨‍👩‍👧', 'false'],
    [undefined, 'false'],
  ])('is told to the flow as short enough to whisper to an agent, or not: %j', (inquiry_type, short) => {
    const { attributes } = accepted(karteEvent({ ...GOOD_CONTENT, inquiry_type }));
    expect(attributes.has_short_inquiry).toBe(short);
  });

  it('has an inquiry number that is spelled only where it is plain digits and letters', () => {
    expect(accepted(karteEvent({ ...GOOD_CONTENT, track_id: 'A-1' })).attributes).toMatchObject({ track_id: 'A-1' });
    expect(accepted(karteEvent({ ...GOOD_CONTENT, track_id: 'A-1' })).attributes).not.toHaveProperty('track_id_spoken');
  });

  it.each(
    ['inquiry_type', 'track_id', 'user_type', 'note'].flatMap((field) =>
      SPELLINGS.map(([name, spelling]) => [field, name, spelling] as const),
    ),
  )('is not carried where it holds the own number: %s, %s', (field, _name, spelling) => {
    // Act
    const request = accepted(karteEvent({ phone_e164: '+819012345678', [field]: spelling }));

    // Assess
    expect(holdsTheNumber({ ...request, phone: '' })).toBe(false);
    expect(request.attributes.has_inquiry_type).toBe('false');
    expect(request.userType).toBe('other');
  });
});
