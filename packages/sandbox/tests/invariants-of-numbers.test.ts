import { describe, expect, it } from 'vitest';
import { shortId } from '../../../adapters/shared-state/short-id.ts';
import { violationsOf } from '../simulation/check-invariants.ts';
import type { Expectations, FinalTables } from '../simulation/invariants.ts';
import type { Happening, TraceEntry } from '../simulation/trace.ts';
import { lived, START, USUAL } from './invariants-support.ts';

const PHONE = '+447700900001';
const EXPECTATIONS: Partial<Expectations> = { coolDownMs: 600_000, missedPauseMs: 60_000, clockSkewMs: 2_000 };
const OF_NUMBERS = new Set(['in call', 'cool-down', 'calls per number', 'held in vain']);

type At = readonly [seconds: number, happening: Happening];

/** What is found of numbers, as "invariant: requests". */
function found(
  happenings: readonly At[],
  changes: Partial<Expectations> = {},
  guards: FinalTables['guards'] = [],
  unconfirmed: readonly string[] = [],
): string[] {
  const { trace, calls: records } = lived(
    happenings
      .map(([seconds, happening]): TraceEntry => ({ ...happening, at: START + seconds * 1_000 }))
      .sort((a, b) => a.at - b.at),
  );
  const calls = records.map((record) =>
    unconfirmed.includes(record.requestId) ? { ...record, outcome: 'call_unconfirmed' as const } : record,
  );
  return violationsOf(trace, { calls, guards, leases: [], waitingRoom: [] }, { ...USUAL, ...EXPECTATIONS, ...changes })
    .filter(({ invariant }) => OF_NUMBERS.has(invariant))
    .map(({ invariant, requestIds }) => `${invariant}: ${requestIds.join(' ')}`);
}

const asked = (requestId: string, at: number): At[] => [
  [at, { kind: 'arrived', requestId, phone: PHONE }],
  [at, { kind: 'delivered', requestId, executionId: `e-${requestId}` }],
];
const outcome = (requestId: string, at: number, name: string, reason = 'any'): At => [
  at,
  { kind: 'outcome', requestId, outcome: name, reason },
];
const state = (requestId: string, at: number, to: 'in-flow' | 'ended'): At => [
  at,
  { kind: 'call', contactId: `c-${requestId}`, state: to },
];

/** A call from one second to another. */
const called = (requestId: string, from: number, to: number, answered = false): At[] => [
  ...asked(requestId, from - 5),
  [from, { kind: 'rang', requestId, contactId: `c-${requestId}`, phone: PHONE, queueId: 'any' }],
  outcome(requestId, from + 1, 'call_placed', 'accepted'),
  ...(answered ? [state(requestId, from + 4, 'in-flow')] : []),
  state(requestId, to, 'ended'),
  [to, { kind: 'line-over', requestId, contactId: `c-${requestId}` }],
  outcome(requestId, to + 1, answered ? 'abandoned' : 'not_answered'),
];
const answered = (requestId: string, from: number, to: number) => called(requestId, from, to, true);

describe('a number', () => {
  it('does not ring while its call goes on, however short the cool-down is', () => {
    const twice = [...answered('r1', 10, 100), ...answered('r2', 99, 130)];
    expect(found(twice, { coolDownMs: 0 })).toEqual(['in call: r1 r2']);
  });

  it.each([
    ['answered, in its cool-down', answered, 695, ['cool-down: r1 r2']],
    ['answered, with clocks off, after its cool-down', answered, 697, []],
    ['missed, in the pause', called, 155, ['cool-down: r1 r2']],
    ['missed, after the pause', called, 157, []],
  ] as const)('rings again after a call that was %s', (_name, first, at, violations) => {
    expect(found([...first('r1', 10, 100), ...called('r2', at, at + 20)])).toEqual(violations);
  });

  it('rests after every call, not only after the last one', () => {
    // Missed during the cool-down of a call: what was wrong before does not excuse the next.
    const calls = [...answered('r1', 10, 100), ...called('r2', 200, 210), ...called('r3', 280, 290)];
    expect(found(calls)).toEqual(['cool-down: r1 r2', 'cool-down: r1 r3']);
  });

  it('rings within the cool-down for anyone who was promised that, and for nobody else', () => {
    const own = { after: 'r1', try: 2, notBefore: START + 100_000 };
    const promised = { ...own, calledBackBy: START + 1_300_000 };
    const [first, back] = [answered('r1', 10, 100), called('r1.try2', 110, 120)];
    const ownArrival = (more: typeof own): At => [
      109,
      { kind: 'arrived', requestId: 'r1.try2', phone: PHONE, own: more },
    ];
    const all = (more: typeof own) => [
      ...first,
      ...back.filter(([, { kind }]) => kind !== 'arrived'),
      ownArrival(more),
    ];
    expect(found(all(promised))).toEqual([]);
    expect(found(all(own))).toEqual(['cool-down: r1 r1.try2']);
    expect(found([...all(promised), ...called('r2', 300, 310)])).toEqual(['cool-down: r1 r2']);
  });

  it('rests from the end of the call, not from its start', () => {
    expect(found([...answered('r1', 10, 500), ...called('r2', 650, 660)])).toEqual(['cool-down: r1 r2']);
  });
});

describe('calls to one number on one day', () => {
  const limits = { callsPerNumberPerDay: 2, triesPerNumberPerDay: 2 };

  it('are as many as the stage allows', () => {
    const two = [...answered('r1', 10, 50), ...answered('r2', 1_000, 1_050)];
    expect(found(two, limits)).toEqual([]);
    expect(found([...two, ...answered('r3', 2_000, 2_050)], limits)).toEqual(['calls per number: r3']);
  });

  it('do not count where nobody answered; those have a limit of their own', () => {
    const calls = [...answered('r1', 10, 50), ...called('r2', 1_000, 1_050), ...called('r3', 1_200, 1_250)];
    expect(found([...calls.slice(0, -7), ...answered('r4', 2_000, 2_050)], limits)).toEqual([]);
    expect(found([...calls, ...answered('r4', 2_000, 2_050)], limits)).toEqual(['calls per number: r4']);
  });

  const DAY = '2026-11-24';
  const both = [...answered('r1', 10, 50), ...called('r2', 1_000, 1_050), [9_000, { kind: 'resumed' }] as At];
  const ids = (...requestIds: string[]) => new Set(requestIds.map(shortId));

  it.each([
    ['where they belong', { [DAY]: ids('r1'), [`tries ${DAY}`]: ids('r2') }, []],
    ['nowhere', {}, ['calls per number: r1', 'calls per number: r2']],
    ['all as calls', { [DAY]: ids('r1', 'r2') }, ['calls per number: r2']],
    ['all as tries', { [`tries ${DAY}`]: ids('r1', 'r2') }, ['calls per number: r1']],
  ])('are counted in the end: %s', (_name, counts, violations) => {
    expect(found(both, limits, [{ guardId: `phone#${PHONE}`, ...counts }])).toEqual(violations);
  });

  it('count as calls where nobody knows whether they were answered', () => {
    const item = { guardId: `phone#${PHONE}`, [DAY]: ids('r1', 'r2') };
    const untold: At = [1_001, { kind: 'fault', fault: 'callUntold', contactId: 'c-r2', by: 'sweepCalls 1' }];
    expect(found([...both, untold], limits, [item])).toEqual([]);
    expect(found(both, limits, [item], ['r2'])).toEqual([]);
  });

  it('are not looked at where they are not counted, or not told of yet', () => {
    expect(found(both, {}, [{ guardId: `phone#${PHONE}` }])).toEqual([]);
    const soon = both.filter(([at]) => at < 2_000);
    expect(found(soon, limits, [{ guardId: `phone#${PHONE}` }])).toEqual([]);
  });
});

describe('who is refused for the number', () => {
  const refused = (at: number, reason: string, name = 'number_held'): At[] => [
    ...asked('r9', at),
    outcome('r9', at + 1, name, reason),
  ];
  const fault = (requestId: string, name = 'contactEventLost'): At => [20, { kind: 'fault', fault: name, requestId }];
  const held = (at: number) => refused(at, 'live_request');
  const cooling = (at: number) => refused(at, 'cool_down');

  it.each([
    ['waits', asked('r1', 0), held(290), []],
    ['ended just now', [...asked('r1', 0), outcome('r1', 10, 'expired')], held(25), []],
    ['ended', [...asked('r1', 0), outcome('r1', 10, 'expired')], held(40), ['held in vain: r1 r9']],
    [
      'cools down after no call',
      [...asked('r1', 0), outcome('r1', 10, 'expired')],
      cooling(12),
      ['held in vain: r1 r9'],
    ],
    ['is on the line', answered('r1', 10, 300), held(290), []],
    ['was on the line just now', answered('r1', 10, 300), held(310), []],
    ['is said to be on the line', answered('r1', 10, 300), held(350), ['held in vain: r1 r9']],
    ['cools down', answered('r1', 10, 300), cooling(890), []],
    ['cooled down', answered('r1', 10, 300), cooling(930), ['held in vain: r1 r9']],
    ['missed a call just now', called('r1', 10, 40), cooling(95), []],
    ['missed a call', called('r1', 10, 40), cooling(130), ['held in vain: r1 r9']],
    ['missed a call of which the end was lost', [...called('r1', 10, 40), fault('r1')], cooling(130), []],
    ['missed one long ago', [...called('r1', 10, 40), fault('r1')], cooling(500), ['held in vain: r1 r9']],
    [
      'missed one, of which an event came twice',
      [...called('r1', 10, 40), fault('r1', 'contactEventDoubled')],
      cooling(130),
      ['held in vain: r1 r9'],
    ],
    [
      'was never delivered',
      [[0, { kind: 'arrived', requestId: 'r1', phone: PHONE }] as At],
      held(40),
      ['held in vain: r9'],
    ],
    ['is unconfirmed', [...asked('r1', 0), outcome('r1', 10, 'call_unconfirmed')], held(800), []],
    [
      'was unconfirmed',
      [...asked('r1', 0), outcome('r1', 10, 'call_unconfirmed')],
      held(2_000),
      ['held in vain: r1 r9'],
    ],
  ] as const)('for another that %s', (_name, other, refusal, violations) => {
    expect(found([...other, ...refusal], { maxCallMs: 900_000 })).toEqual(violations);
  });

  const limits = { callsPerNumberPerDay: 1, triesPerNumberPerDay: 1, coolDownMs: 0, missedPauseMs: 0 };
  const perDay = (at: number) => refused(at, 'number_per_day', 'limit_reached');
  const tries = (at: number) => refused(at, 'tries_per_day', 'limit_reached');

  it.each([
    ['calls that were', answered('r1', 10, 50), perDay(500), []],
    ['a call that nobody answered', called('r1', 10, 50), perDay(500), ['held in vain: r1 r9']],
    ['a call that nobody answered just now', called('r1', 10, 50), perDay(60), []],
    ['no call', [...asked('r1', 0), outcome('r1', 10, 'expired')], perDay(100), ['held in vain: r1 r9']],
    ['what may have been a call', [...asked('r1', 0), outcome('r1', 10, 'call_unconfirmed')], perDay(100), []],
    ['tries that were', called('r1', 10, 50), tries(500), []],
    ['a try that was answered', answered('r1', 10, 50), tries(500), ['held in vain: r1 r9']],
  ] as const)('is it for %s', (_name, other, refusal, violations) => {
    expect(found([...other, ...refusal], limits)).toEqual(violations);
  });
});
