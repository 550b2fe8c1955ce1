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
    ['an empty array', { a: ['x'] }, { a: [] }, false],
    ['a prefix', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, true],
    ['a prefix of a number', { a: [{ prefix: '1' }] }, { a: 12 }, false],
    ['a suffix', { a: [{ suffix: '/x' }] }, { a: 'a/x' }, true],
    ['a suffix that stands in front', { a: [{ suffix: '/x' }] }, { a: '/xa' }, false],
    ['letters of another case', { a: [{ 'equals-ignore-case': 'Ab' }] }, { a: 'aB' }, true],
    ['other letters', { a: [{ 'equals-ignore-case': 'Ab' }] }, { a: 'abc' }, false],
    ['exists', { a: [{ exists: true }] }, { a: null }, true],
    ['exists of an object', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['exists: false', { a: [{ exists: false }] }, { b: 1 }, true],
    ['anything-but', { a: [{ 'anything-but': ['x'] }] }, { a: 'y' }, true],
    ['anything-but of the value', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
    ['anything-but of a missing field', { a: [{ 'anything-but': 'x' }] }, {}, false],
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
