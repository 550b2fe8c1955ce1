import { beforeEach, describe, expect, it } from 'vitest';
import { NUMBER_FORMS } from '../../../tests/e2e/path-support.ts';
import type { KarteSend } from '../board/protocol.ts';
import type { Delivery, Event } from '../event-bus.ts';
import { type Karte, localKarte } from '../karte-model.ts';

const NUMBER = '+819012345678';

let events: Event[];
let karte: Karte;

beforeEach(() => {
  events = [];
  karte = localKarte({
    actionName: 'karte_ivr_call_request',
    put(event) {
      events.push({ id: `00000000-0000-4000-8000-${String(events.length).padStart(12, '0')}`, ...event });
      return { result: 'started', event: events.at(-1) } as Delivery;
    },
    now: () => new Date('2026-11-22T03:00:00.000Z'),
  });
});

/** One visitor in one access, unless said otherwise. */
const send = (event: string, values: KarteSend['values'], where: Partial<KarteSend> = {}) =>
  karte.send({ visitor: 'visitor-1', access: 'access-1', event, values, ...where });

const request = (fields: KarteSend['values'] = {}, where: Partial<KarteSend> = {}) =>
  send(
    'call_request',
    { phone_e164: NUMBER, user_type: 'visitor', inquiry_type: 'KARTE Datahubについて', ...fields },
    where,
  );

const contents = (): unknown[] => events.map(({ detail }) => (detail as { content: unknown }).content);

describe('the model of KARTE', () => {
  it('fires its action with the latest values of the user variables', () => {
    // Prepare
    const tracking = send('call_tracking', { track_id: '48291532' });
    send('identify', { phone: '09012345678', phone_e164: NUMBER });
    request({ track_id: '11111111' });
    events.length = 0;
    // Act
    const { requestId, did } = request({
      track_id: '48291532',
      call_at: '2026-11-30T10:00:00+09:00',
      call_token: 'a-token',
    });
    // Assess
    expect(events).toEqual([
      {
        id: requestId,
        'detail-type': 'KARTE Action',
        detail: {
          name: 'karte_ivr_call_request',
          content: {
            phone_e164: NUMBER,
            user_type: 'visitor',
            inquiry_type: 'KARTE Datahubについて',
            track_id: '48291532',
            user_id: 'null',
            call_at: '2026-11-30T10:00:00+09:00',
            call_token: 'a-token',
          },
        },
      },
    ]);
    expect(tracking.did.en).toContain('by this track_id the operator finds the user');
    expect(did.en).toBe('Recorded, and the Amazon EventBridge action fired.');
  });

  it('keeps what an earlier request said where the next leaves it out', () => {
    // Prepare
    request();
    // Act
    send('call_request', { phone_e164: '+815012345678' }, { access: 'access-2' });
    // Assess
    expect(contents()[1]).toMatchObject({ phone_e164: '+815012345678', inquiry_type: 'KARTE Datahubについて' });
  });

  it('tells visitors apart, and knows who identified', () => {
    // Prepare
    request({ track_id: '48291532' });
    events.length = 0;
    send('identify', { user_id: 'user-2' }, { visitor: 'visitor-2' });
    // Act
    request({}, { visitor: 'visitor-2' });
    // Assess
    expect(contents()).toMatchObject([{ track_id: 'null', user_id: 'user-2' }]);
  });

  it('fires once per access where it is set so, and every time otherwise', () => {
    // Act
    const asked = [false, true].map((once) => {
      karte.setOncePerAccess(once);
      return ['access-1', 'access-1', 'access-2'].map((access) => request({}, { access }).requestId !== undefined);
    });
    // Assess
    expect(asked).toEqual([
      [true, true, true],
      [true, false, true],
    ]);
    expect(karte.view().calls.at(-2)?.did.en).toContain('its frequency is once per access');
  });

  it.each<[string, string, KarteSend['values'], string]>([
    ['a request without a number', 'call_request', { user_type: 'visitor' }, 'its trigger asks for phone_e164'],
    ['a request with an empty number', 'call_request', { phone_e164: '' }, 'its trigger asks for phone_e164'],
    ['a request with a number of nothing', 'call_request', { phone_e164: null }, 'its trigger asks for phone_e164'],
    ['an event nobody uses', 'view', { page: '/' }, 'no action uses an event of this name'],
    ['a field of another event', 'call_tracking', { other: '1' }, 'no action uses an event of this name'],
    ['an event with a capital', 'Call_Request', { phone_e164: NUMBER }, 'names of events and fields'],
    ['a field with a hyphen', 'call_request', { 'phone-e164': NUMBER }, 'names of events and fields'],
    ['a field of objects', 'call_request', JSON.parse('{"__proto__": "x"}'), 'names of events and fields'],
  ])('fires nothing on %s, and says why', (_, event, values, why) => {
    // Act
    const { did, requestId } = send(event, values);
    // Assess
    expect(did.en).toContain(why);
    expect(did.ja).toMatch(/。$/);
    expect(requestId).toBeUndefined();
    expect(events).toEqual([]);
  });

  it('says so where the bus does not take the event', () => {
    // Prepare
    const deaf = localKarte({
      actionName: 'another_action',
      put: (event) => ({ event, result: 'unmatched', because: ['detail.name'] }),
      now: () => new Date(),
    });
    // Act
    const answer = deaf.send({ visitor: 'v', access: 'a', event: 'call_request', values: { phone_e164: NUMBER } });
    // Assess
    expect(answer.did.en).toContain('did not take its event');
    expect(answer.requestId).toBeUndefined();
  });

  it('shows the latest calls of krt, without a number', () => {
    // Prepare
    for (let count = 0; count < 60; count += 1) send('call_tracking', { track_id: `${count}` });
    send('identify', { phone: '09012345678', phone_e164: NUMBER, age: 30, tags: ['090-1234-5678'] });
    // Act
    const { calls } = karte.view();
    // Assess
    expect(calls).toHaveLength(50);
    expect(calls[0]).toMatchObject({ event: 'call_tracking', values: { track_id: '11' } });
    expect(calls.at(-1)).toEqual({
      at: '2026-11-22T03:00:00.000Z',
      event: 'identify',
      values: { phone: '******5678', phone_e164: '******5678', age: '30', tags: '["******5678"]' },
      did: {
        ja: 'ユーザー情報 (phone、phone_e164、age、tags) を更新しました。',
        en: "Updated the user's attributes (phone, phone_e164, age, tags).",
      },
    });
    expect(JSON.stringify(calls)).not.toMatch(NUMBER_FORMS);
  });

  it('shows a long text cut', () => {
    // Act
    send('call_tracking', { track_id: 'x'.repeat(5_000) });
    // Assess
    expect(karte.view().calls[0]?.values.track_id).toHaveLength(200);
  });

  it('forgets the one of a thousand visitors who was not here for longest', () => {
    // Prepare
    for (const visitor of ['gone', 'came-back']) send('identify', { user_id: visitor }, { visitor });
    for (let count = 0; count < 999; count += 1) {
      send('view', {}, { visitor: `other-${count}` });
      send('view', {}, { visitor: 'came-back' });
    }
    // Act
    request({}, { visitor: 'came-back' });
    request({}, { visitor: 'gone' });
    // Assess
    expect(contents()).toMatchObject([{ user_id: 'came-back' }, { user_id: 'null' }]);
  });

  it('shows no telephone number, wherever a page puts it', () => {
    send('call_request', { '090-1234-5678': 'phone', phone: '090-1234-5678' });
    send('090-1234-5678', {});
    expect(JSON.stringify(karte.view())).not.toMatch(NUMBER_FORMS);
  });
});
