import { expect, it } from 'vitest';
import { type At, foundOf, START, VISITORS } from './invariants-support.ts';

const PHONE = '+441134960001';
const own = { after: 'v', try: 2, notBefore: START + 100_000 };

/** A call that nobody answered, and the one after it. */
const TWO_CALLS: readonly At[] = [
  [0, { kind: 'arrived', requestId: 'v', phone: PHONE }],
  [1, { kind: 'rang', requestId: 'v', contactId: 'c1', phone: PHONE, queueId: VISITORS }],
  [30, { kind: 'call', contactId: 'c1', state: 'ended', reason: 'TELECOM_TIMEOUT' }],
  [30, { kind: 'line-over', requestId: 'v', contactId: 'c1' }],
  [31, { kind: 'outcome', requestId: 'v', outcome: 'not_answered', reason: 'rang_out' }],
  [40, { kind: 'arrived', requestId: 'v.try2', phone: PHONE, own }],
  [101, { kind: 'rang', requestId: 'v.try2', contactId: 'c2', phone: PHONE, queueId: VISITORS }],
];

it.each<[string, readonly At[], number, string[]]>([
  ['that is right', TWO_CALLS, 1, []],
  ['beyond what the stage says', TWO_CALLS, 0, ['v v.try2']],
  ['after an answer', [...TWO_CALLS, [10, { kind: 'call', contactId: 'c1', state: 'in-flow' }]], 1, ['v v.try2']],
  ['after a stop', [...TWO_CALLS, [50, { kind: 'stopped' }]], 1, ['v v.try2']],
  [
    'after the record said something else',
    [...TWO_CALLS, [90, { kind: 'outcome', requestId: 'v', outcome: 'lost', reason: 'no_sign' }]],
    1,
    ['v v.try2'],
  ],
  [
    'after another call of the number',
    [...TWO_CALLS, [60, { kind: 'rang', requestId: 'other', contactId: 'c3', phone: PHONE, queueId: VISITORS }]],
    1,
    ['v v.try2'],
  ],
  ['that is not due', [...TWO_CALLS.slice(0, -1), [60, TWO_CALLS.at(-1)?.[1] as never]], 1, ['v v.try2']],
])('a call once more %s', (_what, happenings, retries, found) => {
  expect(foundOf('called once more', happenings, { retries })).toEqual(found);
});
