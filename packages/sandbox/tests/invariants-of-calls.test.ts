import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../domain/call-record.ts';
import { violationsOf } from '../simulation/check-invariants.ts';
import type { Happening, TraceEntry } from '../simulation/trace.ts';
import { START, USUAL } from './invariants-support.ts';

type At = readonly [seconds: number, happening: Happening];

const traceOf = (happenings: readonly At[]): TraceEntry[] =>
  happenings
    .map(([seconds, happening]): TraceEntry => ({ ...happening, at: START + seconds * 1_000 }))
    .sort((a, b) => a.at - b.at);
const timeOf = (second: number): string => new Date(START + second * 1_000).toISOString();
const state = (
  at: number,
  to: 'in-flow' | 'in-queue' | 'with-agent' | 'ended',
  more: { root?: string; reason?: string; result?: string } = {},
): At => [at, { kind: 'call', contactId: more.root === undefined ? 'c1' : 'c2', state: to, ...more }];
const outcome = (at: number, name: string): At => [
  at,
  { kind: 'outcome', requestId: 'r1', outcome: name, reason: 'any' },
];

/** A call that rings at 10 s and is over at 300 s, and what its record says. */
function says(record: Partial<CallRecord>, ...happenings: At[]): string[] {
  const trace = traceOf([
    [10, { kind: 'rang', requestId: 'r1', contactId: 'c1', phone: '+447700900001', queueId: 'any' }],
    ...happenings,
    [300, { kind: 'line-over', requestId: 'r1', contactId: 'c1' }],
  ]);
  const calls = [{ requestId: 'r1', endedAt: timeOf(300), ...record } as CallRecord];
  return violationsOf(trace, { calls, guards: [], leases: [], waitingRoom: [] }, USUAL)
    .filter(({ invariant }) => invariant === 'final outcome')
    .map((violation) => violation.says);
}

describe('the record of a call says in the end', () => {
  const talk = [state(14, 'in-flow'), state(18, 'in-queue'), state(20, 'with-agent'), state(300, 'ended')];
  const unanswered = (reason: string) => [state(300, 'ended', { reason })];
  const noKey = [state(14, 'in-flow'), state(300, 'ended', { result: 'no_key_pressed' })];
  const wishes = [state(14, 'in-flow'), state(18, 'in-queue'), state(300, 'ended', { result: 'call_back' })];
  const agentAt = timeOf(20);

  it.each<[name: string, record: Partial<CallRecord>, happenings: At[], said: string[]]>([
    ['that they spoke', { outcome: 'completed', agentAt }, talk, []],
    [
      'that they did not, and they did',
      { outcome: 'abandoned' },
      talk,
      ['was completed, and its record says abandoned'],
    ],
    ['nothing yet', { outcome: 'call_placed' }, talk, ['was completed, and its record says call_placed']],
    ['that it was lost', { outcome: 'lost', agentAt }, talk, ['was completed, and its record says lost']],
    ['that it was busy', { outcome: 'busy' }, unanswered('TELECOM_BUSY'), []],
    ['that it rang', { outcome: 'not_answered' }, unanswered('TELECOM_ORIGINATOR_CANCEL'), []],
    [
      'that it rang, and it was busy',
      { outcome: 'not_answered' },
      unanswered('TELECOM_BUSY'),
      ['was busy, and its record says not_answered'],
    ],
    ['that the customer left', { outcome: 'abandoned' }, [state(14, 'in-flow')], []],
    ['that no key was pressed', { outcome: 'no_key_pressed' }, noKey, []],
    [
      'that the customer left, who pressed no key',
      { outcome: 'abandoned' },
      noKey,
      ['was no_key_pressed, and its record says abandoned'],
    ],
    ['that the customer wished to be called back', { outcome: 'abandoned' }, wishes, []],
    [
      'that it was completed, and the customer wished to be called back',
      { outcome: 'completed' },
      wishes,
      ['was abandoned, and its record says completed'],
    ],
    [
      'another end',
      { outcome: 'completed', agentAt, endedAt: timeOf(100) },
      talk,
      ['was completed, and its record has endedAt off by -200.0 s'],
    ],
    ['no agent', { outcome: 'completed' }, talk, ['was completed, and its record has agentAt nowhere']],
  ])('%s', (_name, record, happenings, said) => {
    expect(says(record, ...happenings)).toEqual(said);
  });

  it('what became of it after a transfer', () => {
    const other = { root: 'c1' };
    const handedOn = [
      state(14, 'in-flow'),
      state(18, 'in-queue'),
      state(28, 'ended'),
      state(28, 'in-queue', other),
      state(40, 'with-agent', other),
      state(300, 'ended', other),
    ];
    expect(says({ outcome: 'completed', agentAt: timeOf(40) }, ...handedOn)).toEqual([]);
    expect(says({ outcome: 'abandoned' }, ...handedOn)).toEqual(['was completed, and its record says abandoned']);
  });

  const unconfirmed = (at: number, ...more: At[]) =>
    says({ outcome: 'call_unconfirmed' }, ...talk, outcome(at, 'call_unconfirmed'), ...more);
  const fault = (name: string, by?: string): At => [
    20,
    { kind: 'fault', fault: name, requestId: 'r1', ...(by !== undefined && { by }) },
  ];

  it.each([
    ['nobody heard of it', [fault('callSilent')]],
    ['an event was lost', [fault('contactEventLost')]],
    ['Amazon Connect did not tell whose contact it is', [fault('readThrottled', 'trackContact 1')]],
  ])('that it is unconfirmed only where %s', (_name, faults) => {
    expect(unconfirmed(30, ...faults)).toEqual([]);
    expect(unconfirmed(30, fault('startTimeoutAfter', 'startCall 1'))).toEqual([
      'was completed, and its record says call_unconfirmed',
    ]);
  });

  it('that it is unconfirmed where it was over before that was known', () => {
    expect(unconfirmed(296)).toEqual([]);
    expect(unconfirmed(294)).toHaveLength(1);
  });
});

describe('what is told of a call', () => {
  const told = (...names: string[]) => {
    const trace = traceOf([
      [0, { kind: 'arrived', requestId: 'r1', phone: '+447700900001' }],
      ...names.map((name, index) => outcome(index + 1, name)),
    ]);
    return violationsOf(trace, { calls: [], guards: [], leases: [], waitingRoom: [] }, USUAL).filter(
      ({ invariant }) => invariant === 'one outcome',
    );
  };

  it.each([
    ['call_placed', 'completed'],
    ['call_placed', 'not_answered', 'completed'],
    ['call_unconfirmed', 'abandoned', 'completed'],
    ['lost', 'busy'],
    ['abandoned', 'no_key_pressed'],
  ])('may become more: %s, %s', (...names) => {
    expect(told(...names)).toEqual([]);
  });

  it.each([
    ['completed', 'call_placed'],
    ['completed', 'abandoned'],
    ['abandoned', 'not_answered'],
    ['busy', 'lost'],
    ['call_placed', 'call_unconfirmed'],
    ['call_placed', 'expired'],
    ['expired', 'completed'],
  ])('never becomes less: %s, %s', (...names) => {
    expect(told(...names)).toHaveLength(1);
  });
});
