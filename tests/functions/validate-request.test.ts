import { describe, expect, it } from 'vitest';
import {
  GOOD_CONTENT,
  holdsTheNumber,
  karteEvent,
  NOW,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './support.ts';

setEnvironment();
const { handler, validateRequest } = await import('../../functions/validate-request.ts');

function prepare(now = NOW) {
  const log = recordingLog();
  return { log, run: validateRequest({ stage, now: () => now, log }) };
}

describe('validateRequest', () => {
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
    const { log, run } = prepare(now);

    // Act
    const state = await run(event);

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome, reason } });
    expect(log.lines).toEqual([
      { level: 'info', message: 'request refused', fields: { requestId: REQUEST_ID, outcome, reason } },
    ]);
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
