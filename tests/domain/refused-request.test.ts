import { describe, expect, it } from 'vitest';
import { recordOf } from '../../domain/call-record.ts';
import { parseCallRequest } from '../../domain/call-request.ts';
import { GOOD_CONTENT, karteEvent, NOW, stage } from '../functions/function-support.ts';

const refused = (content: Record<string, unknown>, event: Record<string, unknown> = {}) => {
  const told = { ...GOOD_CONTENT, ...content };
  const parsed = parseCallRequest({ ...karteEvent(told), ...event }, stage, NOW, () => 'made-up-id');
  if (parsed.decision === 'continue') throw new Error('accepted');
  return parsed;
};

describe('what the record keeps of a request that is refused early', () => {
  const KEPT = { userType: 'visitor', inquiryType: 'KARTE Datahubについて', trackId: '48291532' };

  it.each([
    ['a time that cannot be read', { call_at: 'tomorrow' }, {}, 'appointment_refused'],
    ['a time of the event that is none', {}, { time: 'yesterday' }, 'invalid_event'],
    ['an old event', {}, { time: '2020-01-01T00:00:00Z' }, 'stale'],
    ['a number that is not called', { phone_e164: '0120000000' }, {}, 'number_refused'],
  ])('%s: the inquiry is found by its number', (_, content, event, outcome) => {
    const { request, ending } = refused(content, event);
    expect(ending.outcome).toBe(outcome);
    expect(request).toMatchObject(KEPT);
    expect(recordOf(request, 'execution', 30)).toMatchObject(KEPT);
  });

  it('and the time that was chosen, where it is one, which keeps the record no longer', () => {
    const { request } = refused({ call_at: '2099-01-01T10:00:00+09:00' });
    expect(request.callAt).toBe('2099-01-01T01:00:00.000Z');
    expect(recordOf(request, 'execution', 1).expiresAt).toBe(Math.floor(NOW.getTime() / 1000) + 24 * 60 * 60);
    expect(refused({ call_at: 'call 09012345678' }).request).not.toHaveProperty('callAt');
  });

  it('but nothing that may hold a number, and nothing of an event that cannot be read', () => {
    const unknown = refused({ phone_e164: '4829 1532 9', inquiry_type: 'Call 090-1234-5678' });
    expect(unknown.request).not.toHaveProperty('trackId');
    expect(unknown.request).not.toHaveProperty('inquiryType');
    const known = refused({ phone_e164: '0120000000', inquiry_type: '0120000000', user_type: '0120000000' });
    expect(JSON.stringify(known.request)).not.toMatch(/120000000.*120000000/);
    expect(refused({}, { detail: { content: '{' } }).request).not.toHaveProperty('userType');
  });
});
