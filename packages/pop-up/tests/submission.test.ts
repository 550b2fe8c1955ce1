import { describe, expect, it } from 'vitest';
import { callTokenFrom, TOKEN_TIMEOUT_MS } from '../browser/call-token.ts';
import { karteSender } from '../browser/karte.ts';
import { type KarteNames, readSettings } from '../browser/pop-up-settings.ts';
import { newSubmission, type SubmissionWorld } from '../browser/submission.ts';

const NAMES = readSettings(
  () => undefined,
  () => {},
).karte;
const WISH = {
  inquiryNumber: '48291532',
  phone: { e164: '+819012345678', national: '090-1234-5678', digits: '09012345678' },
  userType: 'visitor',
  inquiryType: 'KARTE Datahubについて',
};
const REQUEST = {
  phone_e164: '+819012345678',
  user_type: 'visitor',
  inquiry_type: 'KARTE Datahubについて',
  track_id: '48291532',
};

/** A submission on a page whose krt records its calls, and throws at the given ones (from 1). */
function recorded({ throwsAt = [], ...world }: Partial<SubmissionWorld> & { throwsAt?: number[] } = {}) {
  const calls: unknown[][] = [];
  const complaints: string[] = [];
  let count = 0;
  const krt = (...call: unknown[]) => {
    count += 1;
    if (throwsAt.includes(count)) throw new Error(`no network for ${JSON.stringify(call)}`);
    calls.push(call);
  };
  const submission = newSubmission({
    names: NAMES,
    sender: () => karteSender({ krt }, 'krt', undefined),
    karteArriving: () => undefined,
    callTokenFor: undefined,
    isWanted: () => true,
    complain: (problem) => complaints.push(problem),
    ...world,
  });
  return { submission, calls, complaints };
}

describe('a request', () => {
  it('tells KARTE inquiry number, number and request, in this order, within the click itself', async () => {
    // Prepare
    const { submission, calls } = recorded();

    // Act
    const end = submission.send(WISH);

    // Assess
    expect(calls).toEqual([
      ['send', 'call_tracking', { track_id: '48291532' }],
      ['send', 'identify', { phone: '09012345678', phone_e164: '+819012345678' }],
      ['send', 'call_request', REQUEST],
    ]);
    expect(await end).toBe('sent');
  });

  it('is one request, however often it is sent', async () => {
    // Prepare
    const { submission, calls } = recorded();

    // Act
    const ends = await Promise.all([submission.send(WISH), submission.send(WISH)]);
    ends.push(await submission.send(WISH));

    // Assess
    expect(ends).toEqual(['sent', 'sent', 'sent']);
    expect(calls).toHaveLength(3);
  });

  it('uses the names that were set', async () => {
    // Prepare
    const names: KarteNames = {
      events: { tracking: 'ct', identify: 'id', request: 'cr' },
      fields: {
        phone: 'p',
        phoneE164: 'e',
        userType: 'u',
        inquiryType: 'i',
        trackId: 't',
        callToken: 'k',
        callAt: 'a',
      },
    };
    const { submission, calls } = recorded({ names, callTokenFor: async () => 'v1.token' });

    // Act
    await submission.send(WISH);

    // Assess
    expect(calls).toEqual([
      ['send', 'ct', { t: '48291532' }],
      ['send', 'id', { p: '09012345678', e: '+819012345678' }],
      ['send', 'cr', { e: '+819012345678', u: 'visitor', i: 'KARTE Datahubについて', t: '48291532', k: 'v1.token' }],
    ]);
  });

  it.each([1, 2, 3])('goes on with event %i where krt threw at it, and repeats none', async (at) => {
    // Prepare
    const { submission, calls, complaints } = recorded({ throwsAt: [at, at + 1] });

    // Act
    const ends = [await submission.send(WISH), await submission.send(WISH), await submission.send(WISH)];

    // Assess
    expect(ends).toEqual(['interrupted', 'interrupted', 'sent']);
    expect(calls.map(([, event]) => event)).toEqual(['call_tracking', 'identify', 'call_request']);
    expect(complaints.join()).not.toContain('12345678');
  });

  it('identifies the visitor anew where they corrected the number between two attempts', async () => {
    // Prepare
    const { submission, calls } = recorded({ throwsAt: [3] });
    await submission.send(WISH);

    // Act
    await submission.send({
      ...WISH,
      phone: { e164: '+815012345678', national: '050-1234-5678', digits: '05012345678' },
    });

    // Assess
    expect(calls.slice(1)).toEqual([
      ['send', 'identify', { phone: '09012345678', phone_e164: '+819012345678' }],
      ['send', 'identify', { phone: '05012345678', phone_e164: '+815012345678' }],
      ['send', 'call_request', { ...REQUEST, phone_e164: '+815012345678' }],
    ]);
  });

  it('is not sent where the page cannot reach KARTE, until it can', async () => {
    // Prepare
    let sender: ReturnType<SubmissionWorld['sender']>;
    const sent: string[] = [];
    const { submission, complaints } = recorded({ sender: () => sender });

    // Act
    const before = await submission.send(WISH);
    sender = (event) => sent.push(event);
    const then = await submission.send(WISH);

    // Assess
    expect([before, then]).toEqual(['no-way-to-send', 'sent']);
    expect(complaints).toHaveLength(1);
    expect(sent).toHaveLength(3);
  });
});

describe('a request with a time', () => {
  it('tells KARTE of it in the request alone, under the name that was set', async () => {
    // Prepare
    const names: KarteNames = { ...NAMES, fields: { ...NAMES.fields, callAt: 'wished_at' } };
    const { submission, calls } = recorded({ names });

    // Act
    await submission.send({ ...WISH, callAt: '2026-11-30T10:00:00+09:00' });

    // Assess
    expect(calls.map(([, , values]) => values)).toEqual([
      { track_id: '48291532' },
      { phone: '09012345678', phone_e164: '+819012345678' },
      { ...REQUEST, wished_at: '2026-11-30T10:00:00+09:00' },
    ]);
  });
});

describe('a signed request', () => {
  it('carries the token in the request alone, and sends nothing before it is there', async () => {
    // Prepare
    const token = Promise.withResolvers<string>();
    const asked: string[] = [];
    const callTokenFor = (e164: string) => {
      asked.push(e164);
      return token.promise;
    };
    const { submission, calls } = recorded({ callTokenFor });

    // Act
    const end = submission.send(WISH);
    const again = submission.send(WISH);
    const sentBefore = calls.length;
    token.resolve('v1.token');
    await Promise.all([end, again]);

    // Assess
    expect(sentBefore).toBe(0);
    expect(asked).toEqual(['+819012345678']);
    expect(calls.map(([, , values]) => values)).toEqual([
      { track_id: '48291532' },
      { phone: '09012345678', phone_e164: '+819012345678' },
      { ...REQUEST, call_token: 'v1.token' },
    ]);
  });

  it('is not sent without a token, and may be tried again', async () => {
    // Prepare
    const answers = [Promise.reject(new Error('refused +819012345678')), Promise.resolve('v1.token')];
    const { submission, calls, complaints } = recorded({ callTokenFor: () => answers.shift() ?? Promise.resolve('') });

    // Act
    const first = await submission.send(WISH);
    const sentBefore = calls.length;
    const second = await submission.send(WISH);

    // Assess
    expect([first, sentBefore, second]).toEqual(['no-token', 0, 'sent']);
    expect(complaints.join()).not.toContain('12345678');
  });

  it('is not sent where the visitor closed the pop-up while the token was on its way', async () => {
    // Prepare
    let isWanted = true;
    const token = Promise.withResolvers<string>();
    const { submission, calls } = recorded({ callTokenFor: () => token.promise, isWanted: () => isWanted });

    // Act
    const end = submission.send(WISH);
    isWanted = false;
    token.resolve('v1.token');

    // Assess
    expect(await end).toBe('cancelled');
    expect(calls).toEqual([]);
  });
});

describe("the page's function that signs", () => {
  const neverRings = () => () => {};

  it.each([
    ['text', (phone: string) => `token of ${phone}`],
    ['a promise', async (phone: string) => `token of ${phone}`],
  ])('gives its token as %s', async (_kind, sign) => {
    expect(await callTokenFrom({ sign }, 'sign', '+819012345678', neverRings)).toBe('token of +819012345678');
  });

  it.each([
    ['is not there', undefined],
    ['is no function', 'v1.token'],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['gives nothing', () => undefined],
    ['gives an empty text', () => ' '],
    ['gives something else', () => ({ token: 'v1' })],
  ])('is refused where it %s', async (_case, sign) => {
    await expect(callTokenFrom({ sign }, 'sign', '+819012345678', neverRings)).rejects.toThrow();
  });

  it('has ten seconds, and its timer ends with it', async () => {
    // Prepare
    const timers: { ms: number; ring: () => void; stopped: boolean }[] = [];
    const startTimer = (ms: number, ring: () => void) => {
      const timer = { ms, ring, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    };

    // Act
    const slow = callTokenFrom({ sign: () => new Promise(() => {}) }, 'sign', '+819012345678', startTimer);
    timers[0]?.ring();
    await callTokenFrom({ sign: () => 'v1.token' }, 'sign', '+819012345678', startTimer);

    // Assess
    await expect(slow).rejects.toThrow();
    expect(timers[0]?.ms).toBe(TOKEN_TIMEOUT_MS);
    expect(TOKEN_TIMEOUT_MS).toBe(10_000);
    await expect.poll(() => timers[1]?.stopped).toBe(true);
  });
});
