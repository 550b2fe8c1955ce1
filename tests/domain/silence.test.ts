import { describe, expect, it } from 'vitest';
import { type Silence, silenceAfter, startOfSilence } from '../../domain/silence.ts';

const MINUTE = 60_000;
const LATER = 5 * MINUTE;
/** Ten in the morning in Tokyo. */
const START = Date.parse('2026-11-24T01:00:00.000Z');

interface Minute {
  isOpen?: boolean;
  /** Requests that are counted in this minute, over unless said otherwise. */
  requests?: number;
  isOver?: boolean;
  isCalled?: boolean;
  inCallingHours?: boolean;
}

/** The silence after so many minutes, each as said; the sweep looks once in every one. */
function silenceOf(minutes: readonly Minute[], before: Silence = startOfSilence(START)): Silence {
  return minutes.reduce(
    (silence, { isOpen = true, requests = 0, isOver = true, isCalled = false, inCallingHours = true }) => {
      const now = silence.lookedAt + MINUTE;
      const countedTo = now - LATER;
      return silenceAfter(silence, {
        ...{ now, isOpen, inCallingHours, countedTo, placedAt: isCalled ? now - 1 : silence.placedAt },
        requests: Array.from({ length: requests }, () => ({ startedAt: countedTo, isOver })),
      });
    },
    before,
  );
}

const of = (count: number, minute: Minute = {}): Minute[] => Array.from({ length: count }, () => minute);
const CLOSED = { isOpen: false };

describe('a silence', () => {
  it('has not begun where nobody has ever asked: a stage that is new is not silent', () => {
    expect(silenceOf(of(600))).toMatchObject({ minutesWithoutRequest: 0, minutesWithoutCall: 0 });
  });

  it('counts the minutes since the last request in opening hours alone, over a night and a holiday', () => {
    const quiet = silenceOf([{ requests: 1, isCalled: true }, ...of(90), ...of(2_000, CLOSED), ...of(30)]);
    expect(quiet.minutesWithoutRequest).toBe(120);
    expect(silenceOf([{ requests: 1, isOpen: false }], quiet).minutesWithoutRequest).toBe(0);
  });

  it('counts requests without a call from the first of them on, until a call is placed', () => {
    const silent = silenceOf([...of(10), { requests: 2 }, ...of(59), { requests: 1 }, ...of(60)]);
    expect(silent).toMatchObject({ requestsWithoutCall: 3, minutesWithoutCall: 120 });
    expect(silenceOf([{ isCalled: true }], silent)).toMatchObject({ requestsWithoutCall: 0, minutesWithoutCall: 0 });
  });

  it('does not hold requests against a stage that it called since, although they are counted later', () => {
    const called = silenceOf([...of(3), { isCalled: true }, ...of(3), { requests: 5 }, ...of(60)]);
    expect(called).toMatchObject({ requestsWithoutCall: 0, minutesWithoutCall: 0 });
  });

  it('leaves out requests of a night, and those that wait for the opening or for a time of their own', () => {
    const waiting = silenceOf([{ requests: 3, isOpen: false }, { requests: 2, isOver: false }, ...of(60)]);
    expect(waiting).toMatchObject({ requestsWithoutCall: 0, minutesWithoutCall: 0, minutesWithoutRequest: 60 });
  });

  it('counts the minutes closed in calling hours alone, until a queue opens', () => {
    const evening = silenceOf([...of(10), ...of(180, CLOSED), ...of(600, { isOpen: false, inCallingHours: false })]);
    expect(evening.minutesClosed).toBe(180);
    expect(silenceOf(of(60, CLOSED), evening).minutesClosed).toBe(240);
    expect(silenceOf(of(1), evening).minutesClosed).toBe(0);
  });

  it('does not take a gap between two looks for opening hours', () => {
    const before = silenceOf([{ requests: 1 }]);
    const look = { isOpen: true, inCallingHours: true, requests: [], countedTo: before.countedTo, placedAt: 0 };
    const later = silenceAfter(before, { ...look, now: before.lookedAt + 600 * MINUTE });
    expect(later.minutesWithoutRequest).toBe(5);
  });
});
