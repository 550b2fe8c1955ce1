import { expect, it } from 'vitest';
import { callDurations } from '../../domain/call-durations.ts';
import type { CallRecord } from '../../domain/call-record.ts';

const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-22T03:00:00.000Z') + seconds * 1_000).toISOString();

/** Asked for at 0 s, placed at 2, and over at 90. */
const recordOf = (outcome: CallRecord['outcome'], change: Partial<CallRecord> = {}) =>
  ({ outcome, requestedAt: at(0), placedAt: at(2), endedAt: at(90), ...change }) as CallRecord;
const COMPLETED = recordOf('completed', { answeredAt: at(10), queuedAt: at(12), agentAt: at(30) });
const UNTIL_AGENT = {
  toPlaced: 2_000,
  toAnswered: 10_000,
  rang: 8_000,
  announced: 2_000,
  queued: 18_000,
  waited: 20_000,
};

it.each<[string, CallRecord, object]>([
  ['a talk', COMPLETED, { ...UNTIL_AGENT, toAgent: 30_000, talked: 60_000 }],
  ['a call under way', { ...COMPLETED, outcome: 'call_placed' }, { ...UNTIL_AGENT, toAgent: 30_000 }],
  [
    'a customer who left during the announcements',
    recordOf('abandoned', { answeredAt: at(10) }),
    { toPlaced: 2_000, toAnswered: 10_000, rang: 8_000, waited: 80_000 },
  ],
  ['a phone that rang out', recordOf('not_answered'), { toPlaced: 2_000, rang: 88_000 }],
  ['a busy line, which does not ring', recordOf('busy'), { toPlaced: 2_000 }],
  ['a lost call, whose end nobody saw', { ...COMPLETED, outcome: 'lost' }, { ...UNTIL_AGENT, toAgent: 30_000 }],
  [
    'a customer who called',
    { ...COMPLETED, kind: 'inbound' },
    { announced: 2_000, queued: 18_000, waited: 20_000, toAgent: 30_000, talked: 60_000 },
  ],
  ['clocks that differ', recordOf('busy', { placedAt: at(-1) }), { toPlaced: 0 }],
])('how long the parts of a call took is derived for %s', (_, record, durations) => {
  expect(callDurations(record)).toEqual(durations);
});
