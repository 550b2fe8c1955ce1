import { describe, expect, it } from 'vitest';
import { violationsOf } from '../simulation/check-invariants.ts';
import { LINES } from '../simulation/replayed-books.ts';
import type { Happening, TraceEntry } from '../simulation/trace.ts';
import { BOOK, START, USUAL } from './invariants-support.ts';

type At = readonly [seconds: number, happening: Happening];

const END = 5_000;
const FOREVER = 100_000;

/** What is found of lines and agents, as "invariant at second". */
function found(happenings: readonly At[], outcome = 'completed'): string[] {
  const trace: TraceEntry[] = [...happenings, [END, { kind: 'resumed' }] as At]
    .map(([seconds, happening]): TraceEntry => ({ ...happening, at: START + seconds * 1_000 }))
    .sort((a, b) => a.at - b.at);
  const calls = [{ requestId: 'r1', outcome, status: 'ended' } as never];
  return violationsOf(trace, { calls, guards: [], leases: [], waitingRoom: [] }, { ...USUAL, maxCallMs: 900_000 })
    .filter(({ invariant }) => invariant === 'line held' || invariant === 'agent held')
    .map(({ invariant, at }) => `${invariant} at ${(at - START) / 1_000}`);
}

const lease = (book: string, from: number, until: number): At => [
  from,
  { kind: 'kept', requestId: 'r1', book, until: START + until * 1_000 },
];
const line = (from: number, until: number) => lease(LINES, from, until);
const agent = (from: number, until: number) => lease(BOOK, from, until);
const givenFree = (at: number, book = LINES): At => [
  at,
  { kind: 'gave-back', requestId: 'r1', what: 'lease', book, contactId: 'c1', over: false, by: 'any', worksFor: 'r1' },
];
const state = (at: number, to: 'in-flow' | 'in-queue' | 'with-agent' | 'ended', contactId = 'c1'): At => [
  at,
  { kind: 'call', contactId, state: to, ...(contactId !== 'c1' && { root: 'c1' }) },
];
const fault = (at: number, name: string, of: { requestId?: string; contactId?: string }): At => [
  at,
  { kind: 'fault', fault: name, by: 'trackContact 1', ...of },
];

/** Rings at 10 s, is with an agent from 20 s on, and over at 300 s. */
const CALL: readonly At[] = [
  [10, { kind: 'rang', requestId: 'r1', contactId: 'c1', phone: '+447700900001', queueId: 'any' }],
  state(14, 'in-flow'),
  state(18, 'in-queue'),
  state(20, 'with-agent'),
  state(300, 'ended'),
  [300, { kind: 'line-over', requestId: 'r1', contactId: 'c1' }],
];
const AGENT = [agent(5, 36)];
const LINE = [line(5, FOREVER), givenFree(302)];

describe('the line of a customer', () => {
  const lines = (...leases: At[]) => found([...CALL, ...AGENT, ...leases]);

  it('is held from the first ring to the end', () => {
    expect(lines(...LINE)).toEqual([]);
    expect(lines(line(5, 100), line(99, FOREVER), givenFree(301))).toEqual([]);
  });

  it.each([
    ['never taken', [], 300],
    ['taken long after the ring', [line(13, FOREVER), givenFree(302)], 13],
    ['over in between, although nobody wrote anything', [line(5, 100), line(200, FOREVER), givenFree(302)], 200],
    ['over before the end', [line(5, 280)], 300],
    ['given back too early', [line(5, FOREVER), givenFree(250)], 300],
  ])('is accused where it is %s', (_name, leases, at) => {
    expect(lines(...leases)).toEqual([`line held at ${at}`]);
  });

  it('may lapse between two writes of one function', () => {
    expect(lines(line(5, FOREVER), givenFree(200), line(202, FOREVER), givenFree(302))).toEqual([]);
  });

  it.each([
    ['given back at once', [givenFree(314)], []],
    ['given back late', [givenFree(320)], ['line held at 315']],
    ['given back at once, and taken again', [givenFree(301), line(330, 350)], ['line held at 330']],
    ['given back at once, and taken for a moment', [givenFree(301), line(330, 350), givenFree(331)], []],
    ['never given back', [], ['line held at 315']],
  ])('counts no more after the call: %s', (_name, leases, violations) => {
    expect(lines(line(5, FOREVER), ...leases)).toEqual(violations);
  });

  it.each([
    ['an event was lost', fault(300, 'contactEventLost', { requestId: 'r1' }), 660],
    ['Amazon Connect did not tell', fault(300, 'readThrottled', { contactId: 'c1' }), 660],
    ['an event came twice', fault(300, 'contactEventDoubled', { requestId: 'r1' }), 315],
    ['an event of another call was lost', fault(300, 'contactEventLost', { requestId: 'r2' }), 315],
  ])('counts no more when everything was tried that may tell: %s', (_name, happened, until) => {
    expect(lines(happened, line(5, FOREVER), givenFree(until))).toEqual([]);
    expect(lines(happened, line(5, FOREVER), givenFree(until + 1))).toEqual([`line held at ${until}`]);
  });

  it('counts for as long as a call may last where nobody was ever told of its contact', () => {
    const unknown = (until: number) => found([...CALL, ...AGENT, line(5, until)], 'call_unconfirmed');
    expect(unknown(1_214)).toEqual([]);
    expect(unknown(1_216)).toEqual(['line held at 1215']);
  });

  it('need not count for longer than a place does where nobody was ever told of its contact', () => {
    const unknown = (until: number) => found([...CALL, ...AGENT, line(5, until)], 'call_unconfirmed');
    expect(unknown(191)).toEqual([]);
    expect(unknown(180)).toEqual(['line held at 190']);
  });

  const transferred = (...more: At[]) => [
    ...CALL.filter(([at]) => at < 300),
    ...AGENT,
    state(100, 'ended'),
    state(100, 'in-flow', 'c2'),
    state(300, 'ended', 'c2'),
    ...CALL.filter(([, { kind }]) => kind === 'line-over'),
    agent(100, 315),
    ...more,
  ];

  it('goes on over all transfers', () => {
    expect(found(transferred(...LINE))).toEqual([]);
    expect(found(transferred(line(5, FOREVER), givenFree(102)))).toEqual(['line held at 300']);
  });

  it.each([
    ['of the contact, and asked again', 'c1', 180, []],
    ['of the contact of the transfer, and asked again', 'c2', 180, []],
    ['of the contact, and not asked again', 'c1', 200, ['line held at 200']],
    ['of another contact', 'c3', 180, ['line held at 180']],
  ])('may be given free where Amazon Connect did not tell %s', (_name, contactId, until, violations) => {
    const away = [line(5, FOREVER), givenFree(102), line(until, FOREVER), givenFree(302)];
    expect(found(transferred(fault(101, 'readTimeout', { contactId }), ...away))).toEqual(violations);
  });

  it('may not be given free where the customer was not handed on', () => {
    const away = [line(5, FOREVER), givenFree(102), line(180, FOREVER), givenFree(302)];
    expect(lines(fault(101, 'readTimeout', { contactId: 'c1' }), ...away)).toEqual(['line held at 180']);
  });
});

describe('the agent of a customer', () => {
  const agents = (...more: At[]) => found([...CALL, ...LINE, ...more]);

  it('is held from the first ring until the metrics tell', () => {
    expect(agents(agent(5, 36))).toEqual([]);
  });

  it.each([
    ['never taken', [], 'agent held at 20'],
    ['kept for the whole call', [agent(5, 300)], 'agent held at 50.25'],
    ['taken again', [agent(5, 36), agent(100, 200)], 'agent held at 100'],
  ])('is accused where it is %s', (_name, leases, violation) => {
    const late = [...CALL, ...LINE].map(([at, what]): At => [at === 10 ? 8 : at, what]);
    expect(found([...late, ...leases])).toEqual([violation]);
  });

  it('is not wanted of calls of which news are missing, but not for long either', () => {
    const lost = fault(20, 'contactEventLost', { requestId: 'r1' });
    expect(agents(lost, agent(5, 6))).toEqual([]);
    expect(agents(lost, agent(5, 395))).toEqual([]);
    expect(agents(lost, agent(5, 396))).toEqual(['agent held at 395.25']);
  });

  it('is wanted once more where the customer is handed on', () => {
    const handedOn = [state(100, 'in-flow', 'c2'), state(130, 'with-agent', 'c2'), state(300, 'ended', 'c2')];
    expect(agents(...handedOn, agent(5, 36), agent(105, 146))).toEqual([]);
    expect(agents(...handedOn, agent(5, 36))).toEqual(['agent held at 130']);
  });
});
