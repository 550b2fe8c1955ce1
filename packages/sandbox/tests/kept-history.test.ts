import { describe, expect, it } from 'vitest';
import { HISTORY_KEPT_MS, keptHistory, keptLines } from '../kept-history.ts';

const MINUTE = 60_000;

function clock() {
  let at = 0;
  return {
    now: () => at,
    pass(milliseconds: number) {
      at += milliseconds;
    },
  };
}

const one = (number: number) => ({ number, said: ['承りました。', `request ${number}`], walk: [{ to: 'Greet' }] });

describe('what is over', () => {
  it('is there in full for an hour, and gone after it, whatever still goes on', () => {
    // Prepare
    const { now, pass } = clock();
    const forgotten: [string, object][] = [];
    const history = keptHistory<ReturnType<typeof one>>({
      keptMs: HISTORY_KEPT_MS,
      now,
      onForget: (key, value) => forgotten.push([key, value]),
    });
    history.begin('goes on', one(-1));

    // Act: one each minute, for two hours.
    for (let number = 0; number < 120; number += 1) {
      history.begin(`request-${number}`, one(number));
      history.end(`request-${number}`);
      pass(MINUTE);
    }

    // Assess
    const kept = history.keys().filter((key) => history.get(key));
    expect(kept).toEqual(['goes on', ...Array.from({ length: 59 }, (_, index) => `request-${index + 61}`)]);
    for (let number = 61; number < 120; number += 1) expect(history.get(`request-${number}`)).toEqual(one(number));
    expect(forgotten).toEqual(Array.from({ length: 60 }, (_, number) => [`request-${number}`, one(number)]));
    expect(history.get('goes on')).toEqual(one(-1));
  });

  it('is a copy, and the thing itself as long as it goes on', () => {
    const history = keptHistory<{ states: string[] }>({ keptMs: HISTORY_KEPT_MS, now: () => 0 });
    const thing = { states: ['ValidateRequest'] };
    history.begin('one', thing);
    expect(history.get('one')).toBe(thing);
    history.end('one');
    thing.states.push('changed by somebody');
    expect(history.get('one')).toEqual({ states: ['ValidateRequest'] });
    expect(history.get('another')).toBeUndefined();
  });
});

describe('lines', () => {
  it('are all there, in order, until they are an hour old', () => {
    // Prepare
    const { now, pass } = clock();
    const lines = keptLines({ keptMs: HISTORY_KEPT_MS, now });
    const add = (from: number, to: number) => {
      for (let number = from; number < to; number += 1) lines.add(`line ${number}`);
    };
    // Act
    add(0, 1_000);
    pass(HISTORY_KEPT_MS / 2);
    add(1_000, 2_010);
    const all = lines.all();
    pass(HISTORY_KEPT_MS / 2);
    const later = lines.all();
    // Assess
    expect(all).toEqual(Array.from({ length: 2_010 }, (_, number) => `line ${number}`));
    expect(later).toEqual(all.slice(1_000));
  });
});
