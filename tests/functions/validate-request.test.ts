import { describe, expect, it } from 'vitest';
import type { KeyStore } from '../../adapters/signing-keys.ts';
import { issueCallToken } from '../../domain/call-signature.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import {
  GOOD_CONTENT,
  holdsTheNumber,
  karteEvent,
  NOW,
  REQUEST_ID,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';

setEnvironment();
const { handler } = await import('../../functions/admit.ts');
const { validateRequest } = await import('../../functions/validate-request.ts');

const KEY = 'an-example-key-that-signs-no-real-request';

interface Prepared {
  now?: Date;
  mode?: StageSettings['signature']['mode'];
  keys?: KeyStore;
  appointments?: StageSettings['appointments'];
  sourcePhoneNumber?: string | null;
}

function prepare({
  now = NOW,
  mode = 'off',
  keys = { read: async () => ({ current: KEY }) },
  appointments = null,
  sourcePhoneNumber = stage.connect.sourcePhoneNumber,
}: Prepared = {}) {
  const log = recordingLog();
  const signature = { mode, secretName: 'signing-keys-of-the-tests' };
  const settings = { ...stage, appointments, signature, connect: { ...stage.connect, sourcePhoneNumber } };
  const { measure, measured } = recordingMeasure();
  return { log, measured, run: validateRequest({ stage: settings, keys, now: () => now, log, measure }) };
}

/** What a function of ours asks for after a call that nobody answered. */
const ofOurOwn = (event: unknown) => {
  const [at, due] = [NOW.toISOString(), secondsAfter(600).toISOString()];
  const own = { tryOf: REQUEST_ID, try: 2, after: REQUEST_ID, because: 'not_reached' };
  const times = { endedAt: at, firstReceivedAt: at, receivedAt: at, notBefore: due, deadlineAt: due };
  return { ownRequest: { requestId: `${REQUEST_ID}.try2`, ...own, ...times }, event };
};

const unreadable: KeyStore = {
  read: async () => {
    throw new Error('Secrets Manager does not answer');
  },
};

const NONCE = '00000000-0000-4000-8000-0000000000a7';
const EXPIRES_AT = secondsAfter(600);
const issue = (phone = '+819012345678', expiresAt = EXPIRES_AT, key = KEY) =>
  issueCallToken({ phone, expiresAt, nonce: NONCE, key });

describe('validateRequest', () => {
  it.each([
    ['a request', karteEvent(GOOD_CONTENT)],
    ['a request of our own', ofOurOwn(karteEvent(GOOD_CONTENT))],
  ])('ends %s at once in a stage that has no number yet', async (_name, event) => {
    const { run } = prepare({ sourcePhoneNumber: null });
    const state = await run(event);
    expect(state).toMatchObject({
      decision: 'end',
      request: { phone: '+819012345678', userType: 'visitor' },
      ending: { outcome: 'misconfigured', reason: 'no_source_number' },
    });
    expect(state).not.toHaveProperty('holdsGuards');
  });

  it('tells a visitor what is wrong with the request also where the stage has no number', async () => {
    const { run } = prepare({ sourcePhoneNumber: null });
    const state = await run(karteEvent({ ...GOOD_CONTENT, phone_e164: '+81312' }));
    expect(state).toMatchObject({ ending: { outcome: 'number_refused' } });
  });

  it.each(['.try2', '.try10', '.TRY2'])(
    'takes no id from outside that is that of a further call of ours: %s',
    async (end) => {
      const { run } = prepare();
      const state = await run(karteEvent(GOOD_CONTENT, { id: `${REQUEST_ID}${end}` }));
      expect(state).toMatchObject({ request: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    },
  );

  it('hands a good request on', async () => {
    // Prepare
    const { log, run } = prepare();

    // Act
    const state = await run(karteEvent({ ...GOOD_CONTENT, email: 'someone@example.com' }));

    // Assess
    expect(state).toMatchObject({ decision: 'continue', request: { requestId: REQUEST_ID, phone: '+819012345678' } });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'request accepted',
        fields: { requestId: REQUEST_ID, userType: 'visitor', queue: 'general', leftOut: ['email'] },
      },
    ]);
  });

  it.each([
    ['number_refused', 'toll_free', karteEvent({ phone_e164: '0120-123-456' }), NOW],
    ['invalid_event', 'content_missing', karteEvent(undefined), NOW],
    ['stale', 'too_old', karteEvent(GOOD_CONTENT), secondsAfter(301)],
  ] as const)('ends a request as %s, %s, and says so in one quiet line', async (outcome, reason, event, now) => {
    // Prepare
    const { log, run } = prepare({ now });

    // Act
    const state = await run(event);

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome, reason } });
    expect(log.lines).toEqual([
      { level: 'info', message: 'request refused', fields: { requestId: REQUEST_ID, outcome, reason } },
    ]);
  });

  it('names what stands around an event that was handed over by hand, and none of its values', async () => {
    const { log, run } = prepare();
    const state = await run({ Entries: [{ Detail: JSON.stringify({ content: GOOD_CONTENT }) }] });
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'invalid_event', reason: 'wrong_envelope' } });
    expect(log.lines).toMatchObject([
      { fields: { found: 'an object with Entries', expected: 'the event, with detail.content' } },
    ]);
    expect(JSON.stringify(log.lines)).not.toMatch(/9012345678/);
  });

  it.each([
    ['null', null],
    ['a text', 'text'],
    ['an array', []],
    ['an empty object', {}],
    ['256 KB of text', 'x'.repeat(262_144)],
  ])('makes an id for what has none, another each time: %s', async (_name, event) => {
    // Prepare
    const { run } = prepare();

    // Act
    const [first, second] = [await run(event), await run(event)];

    // Assess
    expect(first).toMatchObject({ decision: 'end', ending: { outcome: 'invalid_event' } });
    expect(first.request.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(second.request.requestId).not.toBe(first.request.requestId);
  });

  it.each(['090-1234-5678', 'phone-090-1234-5678', 'tel_090_1234_5678', '+819012345678'])(
    'logs no number, not even one that is a key of the content: %s',
    async (key) => {
      // Prepare
      const { log, run } = prepare();

      // Act
      await run(karteEvent({ ...GOOD_CONTENT, [key]: 'x', note: '090-1234-5678' }));
      await run(karteEvent({ phone_e164: '+819012345678' }, { id: key }));

      // Assess
      expect(log.lines).toHaveLength(2);
      expect(holdsTheNumber(log.lines)).toBe(false);
    },
  );

  it('is exported as a handler for Lambda', () => {
    expect(handler).toBeTypeOf('function');
  });
});

describe('a request of our own, after an appointment that nobody answered', () => {
  it('is no appointment: it waits until it is due, and books no slot', async () => {
    const event = karteEvent({ ...GOOD_CONTENT, call_at: '2026-11-22T13:00:00+09:00' });
    const appointments = { maxDays: 7, slotMinutes: 30, perSlot: 2 } as const;
    const { run } = prepare({ appointments });
    expect(await run(event)).toMatchObject({
      decision: 'appointment',
      request: { callAt: '2026-11-22T04:00:00.000Z' },
    });

    const due = '2026-11-22T04:06:00.000Z';
    const times = {
      endedAt: due,
      firstReceivedAt: NOW.toISOString(),
      receivedAt: due,
      notBefore: due,
      deadlineAt: due,
    };
    const requestId = `${REQUEST_ID}.try2`;
    const own = { tryOf: REQUEST_ID, try: 2, after: REQUEST_ID, because: 'not_reached' };
    const state = await run({ ownRequest: { requestId, ...own, ...times }, event });

    expect(state).toMatchObject({ decision: 'later', notBefore: due, request: { own, deadlineAt: due } });
    expect(state.request).not.toHaveProperty('callAt');
  });
});

describe('a signed request', () => {
  it.each(['warn', 'required'] as const)('goes on with its nonce, where signatures are %s', async (mode) => {
    // Prepare
    const { log, run } = prepare({ mode });

    // Act
    const state = await run(karteEvent({ ...GOOD_CONTENT, call_token: await issue() }));

    // Assess
    expect(state).toMatchObject({
      decision: 'continue',
      signature: { nonce: NONCE, expiresAt: EXPIRES_AT.toISOString() },
    });
    expect(log.lines.map(({ message }) => message)).toEqual(['request accepted']);
  });

  it('is signed over the number in E.164 form, however that is typed', async () => {
    const { run } = prepare({ mode: 'required' });
    const state = await run(karteEvent({ phone_e164: '０９０ー１２３４ー５６７８', call_token: await issue() }));
    expect(state).toMatchObject({ decision: 'continue' });
  });

  it('is not looked at where signatures are off', async () => {
    const { run } = prepare({ keys: unreadable });
    const state = await run(karteEvent({ ...GOOD_CONTENT, call_token: await issue() }));
    expect(state).toMatchObject({ decision: 'continue' });
    expect(state).not.toHaveProperty('signature');
  });

  it.each(['off', 'warn', 'required'] as const)(
    'shows its token to nobody: not in the attributes, not in the log, where signatures are %s',
    async (mode) => {
      // Prepare
      const { log, run } = prepare({ mode });
      const call_token = await issue();

      // Act
      const states = [
        await run(karteEvent({ ...GOOD_CONTENT, call_token, 'Call-Token': call_token })),
        await run(karteEvent({ ...GOOD_CONTENT, phone_e164: '+815012345678', call_token })),
      ];

      // Assess
      const mac = call_token.slice(call_token.lastIndexOf('.') + 1);
      expect(JSON.stringify([states, log.lines])).not.toContain(mac);
    },
  );
});

describe('a request whose signature is not right', () => {
  const WRONG: [string, () => Promise<unknown>][] = [
    ['missing', async () => undefined],
    ['missing', async () => '#{call_token}'],
    ['malformed', async () => 'v1.let-me-through'],
    ['expired', () => issue('+819012345678', NOW)],
    ['wrong', () => issue('+815012345678')],
    ['wrong', () => issue('+819012345678', EXPIRES_AT, 'another-example-key-that-signs-nothing-real')],
  ];

  it.each(WRONG)('ends as signature_refused, %s, where one is required', async (reason, token) => {
    // Prepare
    const { log, run } = prepare({ mode: 'required' });

    // Act
    const state = await run(karteEvent({ ...GOOD_CONTENT, call_token: await token() }));

    // Assess
    const ending = { outcome: 'signature_refused', reason };
    expect(state).toMatchObject({ decision: 'end', request: { requestId: REQUEST_ID }, ending });
    expect(log.lines).toEqual([
      { level: 'info', message: 'request refused', fields: { requestId: REQUEST_ID, ...ending } },
    ]);
  });

  it.each(WRONG)('goes on with a warning, %s, where the stage only warns', async (reason, token) => {
    // Prepare
    const { log, run } = prepare({ mode: 'warn' });

    // Act
    const state = await run(karteEvent({ ...GOOD_CONTENT, call_token: await token() }));

    // Assess
    expect(state).toMatchObject({ decision: 'continue' });
    expect(state).not.toHaveProperty('signature');
    expect(log.lines[0]).toEqual({
      level: 'warn',
      message: 'signature would be refused',
      fields: { requestId: REQUEST_ID, reason },
    });
  });

  it.each([
    ['a number that is not dialled', { phone_e164: '0120-123-456' }, NOW],
    ['a request that is too old', GOOD_CONTENT, secondsAfter(301)],
  ])('is told so before anything else that is wrong: %s', async (_name, content, now) => {
    const { run } = prepare({ mode: 'required', now });
    expect(await run(karteEvent(content))).toMatchObject({ ending: { outcome: 'signature_refused' } });
  });

  it.each(['', 'phone', '110'])('is told of its number where that is none: %j', async (phone_e164) => {
    const { run } = prepare({ mode: 'required', keys: unreadable });
    expect(await run(karteEvent({ phone_e164 }))).toMatchObject({ ending: { outcome: 'number_refused' } });
  });

  it('is told of its number where the signature is right and the number is not dialled', async () => {
    const { run } = prepare({ mode: 'required' });
    const state = await run(karteEvent({ phone_e164: '0120-123-456', call_token: await issue('+81120123456') }));
    expect(state).toMatchObject({ ending: { outcome: 'number_refused', reason: 'toll_free' } });
  });
});

describe('keys that cannot be read', () => {
  it('fail the function where a signature is required, so that nobody is called', async () => {
    const { run } = prepare({ mode: 'required', keys: unreadable });
    const event = karteEvent({ ...GOOD_CONTENT, call_token: await issue() });
    await expect(run(event)).rejects.toThrow('Secrets Manager does not answer');
  });

  it('are a warning where the stage only warns', async () => {
    const { log, run } = prepare({ mode: 'warn', keys: unreadable });
    const state = await run(karteEvent({ ...GOOD_CONTENT, call_token: await issue() }));
    expect(state).toMatchObject({ decision: 'continue' });
    expect(log.lines[0]).toEqual({
      level: 'warn',
      message: 'signing keys unreadable',
      fields: { requestId: REQUEST_ID, error: 'Error' },
    });
  });
});
