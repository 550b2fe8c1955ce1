import { describe, expect, it } from 'vitest';
import { type EventPattern, whyUnmatched } from '../event-pattern.ts';
import { readService } from '../service.ts';

const matches = (pattern: EventPattern, event: unknown) => whyUnmatched(pattern, event).length === 0;

// Cases after the documented semantics of EventBridge's event patterns.
describe('an event pattern', () => {
  it.each<[string, EventPattern, unknown, boolean]>([
    ['a listed value', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['a value that is not listed', { a: ['x'] }, { a: 'z' }, false],
    ['case', { a: ['x'] }, { a: 'X' }, false],
    ['a number and its text', { a: [1] }, { a: '1' }, false],
    ['null', { a: [null] }, { a: null }, true],
    ['null and a missing field', { a: [null] }, {}, false],
    ['every field of the pattern', { a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
    ['fields the pattern does not name', { a: ['x'] }, { a: 'x', b: 'z' }, true],
    ['a nested field', { a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    ['a nested field under a value', { a: { b: ['x'] } }, { a: 'x' }, false],
    ['an array with one listed element', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['an array without one', { a: ['x'] }, { a: ['w'] }, false],
    ['an array with one object that fits', { a: { b: ['x'], c: [1] } }, { a: [{ b: 'y' }, { b: 'x', c: 1 }] }, true],
    ['an array whose objects fit only together', { a: { b: ['x'], c: [1] } }, { a: [{ b: 'x' }, { c: 1 }] }, false],
    ['an empty array', { a: ['x'] }, { a: [] }, false],
    ['a prefix', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, true],
    ['a prefix of a number', { a: [{ prefix: '1' }] }, { a: 12 }, false],
    ['a suffix', { a: [{ suffix: '/x' }] }, { a: 'a/x' }, true],
    ['a suffix that is in front', { a: [{ suffix: '/x' }] }, { a: '/xa' }, false],
    ['letters of another case', { a: [{ 'equals-ignore-case': 'Ab' }] }, { a: 'aB' }, true],
    ['other letters', { a: [{ 'equals-ignore-case': 'Ab' }] }, { a: 'abc' }, false],
    ['exists', { a: [{ exists: true }] }, { a: null }, true],
    ['exists of an object', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['exists: false', { a: [{ exists: false }] }, { b: 1 }, true],
    ['anything-but', { a: [{ 'anything-but': ['x'] }] }, { a: 'y' }, true],
    ['anything-but of the value', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
    ['anything-but of a missing field', { a: [{ 'anything-but': 'x' }] }, {}, false],
    [
      'anything-but of letters in any case',
      { a: [{ 'anything-but': { 'equals-ignore-case': ['Ab', 'c'] } }] },
      { a: 'C' },
      false,
    ],
    [
      'anything-but of other letters',
      { a: [{ 'anything-but': { 'equals-ignore-case': ['Ab', 'c'] } }] },
      { a: 'abc' },
      true,
    ],
    ['anything-but of a prefix', { a: [{ 'anything-but': { prefix: 'ab' } }] }, { a: 'abc' }, false],
    ['anything-but of a prefix, at a number', { a: [{ 'anything-but': { prefix: '1' } }] }, { a: 12 }, true],
    ['anything-but of a suffix', { a: [{ 'anything-but': { suffix: 'bc' } }] }, { a: 'abd' }, true],
    ['anything-but of a prefix, at a missing field', { a: [{ 'anything-but': { prefix: 'ab' } }] }, {}, false],
    ['an array with an element that is anything but', { a: [{ 'anything-but': ['x'] }] }, { a: ['x', 'y'] }, true],
    ['one of two patterns', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
    ['none of two patterns', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'y', b: 'x' }, false],
    ['one of two patterns beside a field', { a: ['x'], $or: [{ b: [1] }, { c: [1] }] }, { a: 'y', b: 1 }, false],
    ['one of two patterns below a field', { d: { $or: [{ a: ['x'] }, { b: ['y'] }] } }, { d: { a: 'x' } }, true],
    [
      'patterns within patterns',
      { $or: [{ a: ['x'] }, { b: [1], $or: [{ c: [1] }, { d: [1] }] }] },
      { b: 1, d: 1 },
      true,
    ],
    ['a field that is named $or', { $or: ['x'] }, { $or: 'x' }, true],
    ['a field of the prototype', { constructor: ['x'] }, {}, false],
  ])('treats %s as the service does', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('says each field that differs, and how', () => {
    expect(whyUnmatched({ a: ['x'], b: { c: [1, 2] } }, { a: 'y', b: {} })).toEqual([
      'a is "y", the rule wants "x"',
      'b.c is missing, the rule wants 1 or 2',
    ]);
  });

  it('says of alternatives why none of them is met', () => {
    expect(whyUnmatched({ a: { $or: [{ b: ['x'] }, { c: [1], d: [2] }] } }, { a: { c: 3 } })).toEqual([
      'a.b is missing, the rule wants "x"; or a.c is 3, the rule wants 1, a.d is missing, the rule wants 2',
    ]);
  });

  it('of an unknown kind is refused rather than guessed', () => {
    const numeric = { a: [{ numeric: ['>', 1] }] } as unknown as EventPattern;
    expect(() => whyUnmatched(numeric, { a: 2 })).toThrow(/does not know the pattern/);
  });
});

describe("the stage's rule", () => {
  const { pattern } = readService('dev', 0).rule;

  it.each<[string, unknown, boolean]>([
    ['a KARTE Action of the name', { 'detail-type': 'KARTE Action', detail: { name: 'karte_ivr_call_request' } }, true],
    ['another action', { 'detail-type': 'KARTE Action', detail: { name: 'other' } }, false],
    ['a KARTE hook', { 'detail-type': 'KARTE ApiV2Hook', detail: { name: 'karte_ivr_call_request' } }, false],
    ['no detail', { 'detail-type': 'KARTE Action' }, false],
    ['text', 'KARTE Action', false],
  ])('decides on %s', (_, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});
