import { describe, expect, it } from 'vitest';
import { callTokenOf, parseCallRequest } from '../../domain/call-request.ts';
import { outboundCall } from '../../domain/outbound-call.ts';
import {
  FLOW_ARN,
  GOOD_CONTENT,
  karteEvent,
  NOW,
  QUEUE_ARN,
  REQUEST_ID,
  stage,
} from '../functions/function-support.ts';

describe('the token of a signed request', () => {
  it.each([
    ['of an object', karteEvent({ call_token: 'token' }), 'token'],
    ['of a JSON text', karteEvent(JSON.stringify({ call_token: 'token' })), 'token'],
    ['that is no text', karteEvent({ call_token: [1] }), [1]],
    ['of content without one', karteEvent({}), undefined],
    ['of no content', karteEvent(undefined), undefined],
    ['of text that is not JSON', karteEvent('call_token'), undefined],
    ['of an event without detail', { id: REQUEST_ID }, undefined],
    ['of no event', null, undefined],
    ['of a text', 'call_token', undefined],
  ])('is read as it came: %s', (_name, event, token) => {
    expect(callTokenOf(event)).toEqual(token);
  });
});

describe("the stage's destination rules", () => {
  it.each([
    ['type_not_allowed', { numberTypes: ['fixed'] }],
    ['prefix_not_allowed', { allowedPrefixes: ['+8180'] }],
    ['prefix_refused', { refusedPrefixes: ['+8190'] }],
  ] as const)('refuse a number as %s', (reason, rules) => {
    const strict = { ...stage, request: { ...stage.request, ...rules } };
    const parsed = parseCallRequest(karteEvent(GOOD_CONTENT), strict, NOW, () => 'made-up-id');
    expect(parsed).toMatchObject({
      decision: 'end',
      request: { phone: '+819012345678' },
      ending: { outcome: 'number_refused', reason },
    });
  });
});

describe("the stage's list of inquiries", () => {
  const listed = { ...stage, request: { ...stage.request, inquiryTypes: ['料金プランについて', 'Ｑ＆Ａ'] } };
  const requestOf = (inquiry_type: unknown, rules = listed) => {
    const parsed = parseCallRequest(karteEvent({ ...GOOD_CONTENT, inquiry_type }), rules, NOW, () => 'made-up-id');
    if (parsed.decision !== 'continue') throw new Error(`refused: ${JSON.stringify(parsed.ending)}`);
    return parsed.request;
  };

  it.each([
    ['料金プランについて', '料金プランについて'],
    [' 料金プランについて\u3000', '料金プランについて'],
    ['Q&amp;A', 'Q&A'],
  ])('lets one of them be spoken, however its width and blanks are: %s', (typed, inquiry_type) => {
    const { inquiryType, attributes } = requestOf(typed);
    expect(inquiryType).toBe(inquiry_type);
    expect(attributes).toMatchObject({ inquiry_type, has_inquiry_type: 'true', has_short_inquiry: 'true' });
  });

  it.each([
    '当選おめでとうございます',
    '料金プラン',
    'q&a',
    '080-2345-6789へ',
    'https://example.com',
    '！',
    5,
    'other',
  ])('carries everything else as other, which no voice reads: %s', (typed) => {
    const request = requestOf(typed);
    expect(request).toMatchObject({ inquiryType: 'other', queue: { name: 'general' } });
    expect(request.attributes).toMatchObject({
      inquiry_type: 'other',
      has_inquiry_type: 'false',
      has_short_inquiry: 'false',
    });
    expect(
      outboundCall(request, FLOW_ARN, QUEUE_ARN, { connect: { pressToConnect: true }, offerCallBack: null }),
    ).toMatchObject({
      name: 'Web: その他',
      description: 'ユーザー種別: visitor / 問い合わせ内容: その他 / 問い合わせ番号: 48291532',
    });
  });

  it.each([undefined, '', '#{inquiry_type}', {}])('makes no inquiry of none: %j', (typed) => {
    expect(requestOf(typed).attributes).not.toHaveProperty('inquiry_type');
  });

  it('routes by the listed text and by other', () => {
    const rules = [
      { inquiryType: 'Ｑ＆Ａ', queue: 'plans' },
      { inquiryType: 'other', queue: 'plans' },
    ];
    const routed = { ...listed, routing: { ...listed.routing, rules } };
    expect(requestOf('Q&amp;A', routed).queue.name).toBe('plans');
    expect(requestOf('何か', routed).queue.name).toBe('plans');
    expect(requestOf('料金プランについて', routed).queue.name).toBe('general');
  });
});

it('the number is read where KARTE wrote the apostrophe in front of it as an entity', () => {
  const parsed = parseCallRequest(karteEvent({ phone_e164: '&#39;09012345678' }), stage, NOW, () => 'made-up-id');
  expect(parsed).toMatchObject({ decision: 'continue', request: { phone: '+819012345678' } });
});
