import { describe, expect, it } from 'vitest';
import { KARTE_TIMEOUT_MS, karteArriving, karteSender } from '../browser/karte.ts';
import { readSettings } from '../browser/pop-up-settings.ts';
import { newSubmission, type SubmissionWorld } from '../browser/submission.ts';

const WISH = {
  inquiryNumber: '48291532',
  phone: { e164: '+819012345678', national: '090-1234-5678', digits: '09012345678' },
  userType: 'visitor',
  inquiryType: 'KARTE Datahubについて',
};

const submissionWith = (world: Pick<SubmissionWorld, 'sender' | 'karteArriving'> & Partial<SubmissionWorld>) =>
  newSubmission({
    names: readSettings(
      () => undefined,
      () => {},
    ).karte,
    callTokenFor: undefined,
    isWanted: () => true,
    complain: () => {},
    ...world,
  });

describe('the way to KARTE', () => {
  const recorder = () => {
    const calls: unknown[] = [];
    return { calls, record: (...call: unknown[]) => calls.push(call) };
  };

  it('is the function of its tag, by the name it has on the page', () => {
    // Prepare
    const { calls, record } = recorder();
    const tracker = { track: () => expect.unreachable() };

    // Act
    karteSender({ krtAlt: record }, 'krtAlt', tracker)?.('call_request', { track_id: '48291532' });

    // Assess
    expect(calls).toEqual([['send', 'call_request', { track_id: '48291532' }]]);
  });

  it("is the tracker of an action's script where there is no such function", () => {
    // Prepare
    const calls: unknown[] = [];
    const tracker = {
      track(...call: unknown[]) {
        calls.push(this === tracker, ...call);
      },
    };

    // Act
    karteSender({ krt: 'no function' }, 'krt', tracker)?.('call_request', { track_id: '48291532' });

    // Assess
    expect(calls).toEqual([true, 'call_request', { track_id: '48291532' }]);
  });

  it.each([[undefined], [null], [{}], [{ track: 1 }], ['track']])('is none with the tracker %j alone', (tracker) => {
    expect(karteSender({}, 'krt', tracker)).toBeUndefined();
  });
});

describe("a request while KARTE's script has not come", () => {
  /** KARTE's tag before its script, and timers that fire when told. */
  function tagAlone() {
    const told: unknown[][] = [];
    const krt = Object.assign((...call: unknown[]) => (krt.x ? krt.x(...call) : krt.q.push(call)), {
      q: [] as unknown[][],
      x: undefined as undefined | ((...call: unknown[]) => unknown),
    });
    const timers: (() => void)[] = [];
    const scope = { krt };
    return {
      krt,
      told,
      comes: () => {
        krt.x = (...call) => told.push(call);
      },
      ring: () => timers.shift()?.(),
      timers,
      world: {
        sender: () => karteSender(scope, 'krt', undefined),
        karteArriving: () =>
          karteArriving(scope, 'krt', (ms, then) => {
            expect(ms).toBeLessThan(KARTE_TIMEOUT_MS);
            timers.push(then);
          }),
      },
    };
  }

  it('waits for the script, and is sent once it is there', async () => {
    // Prepare
    const tag = tagAlone();
    const submission = submissionWith(tag.world);

    // Act
    const end = submission.send(WISH);
    tag.ring();
    expect([...tag.krt.q, ...tag.told]).toEqual([]);
    tag.comes();
    tag.ring();

    // Assess
    expect(await end).toBe('sent');
    expect(tag.told.map(([, event]) => event)).toEqual(['call_tracking', 'identify', 'call_request']);
    expect(tag.krt.q).toEqual([]);
  });

  it('is not sent, nor left in the queue of the tag, where the script does not come; later it may be tried again', async () => {
    // Prepare
    const tag = tagAlone();
    const submission = submissionWith(tag.world);

    // Act
    const end = submission.send(WISH);
    for (let rings = 0; tag.timers.length > 0 && rings < 1000; rings += 1) tag.ring();

    // Assess
    expect(await end).toBe('no-way-to-send');
    expect(tag.krt.q).toEqual([]);
    tag.comes();
    expect(await submission.send(WISH)).toBe('sent');
    expect(tag.told).toHaveLength(3);
  });

  it('is dropped where the visitor closes the pop-up meanwhile', async () => {
    // Prepare
    const tag = tagAlone();
    let isWanted = true;
    const submission = submissionWith({ ...tag.world, isWanted: () => isWanted });

    // Act
    const end = submission.send(WISH);
    isWanted = false;
    tag.comes();
    tag.ring();

    // Assess
    expect(await end).toBe('cancelled');
    expect(tag.told).toEqual([]);
  });
});
