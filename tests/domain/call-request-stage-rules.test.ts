import { describe, expect, it } from 'vitest';
import { callTokenOf, parseCallRequest } from '../../domain/call-request.ts';
import { GOOD_CONTENT, karteEvent, NOW, REQUEST_ID, stage } from '../functions/function-support.ts';

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
