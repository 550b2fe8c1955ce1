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

const backOwn = { after: 'v', try: 2, notBefore: START + 60_000, calledBackBy: START + 1_260_000 };

/** A customer who waited in the queue and wished to be called back. */
const WISHES: readonly At[] = [
  [0, { kind: 'arrived', requestId: 'v', phone: PHONE }],
  [1, { kind: 'rang', requestId: 'v', contactId: 'c1', phone: PHONE, queueId: VISITORS }],
  [10, { kind: 'call', contactId: 'c1', state: 'in-flow' }],
  [20, { kind: 'call', contactId: 'c1', state: 'in-queue' }],
  [60, { kind: 'call', contactId: 'c1', state: 'ended', result: 'call_back' }],
  [60, { kind: 'line-over', requestId: 'v', contactId: 'c1' }],
];
const ASKED: At = [61, { kind: 'arrived', requestId: 'v.try2', phone: PHONE, own: backOwn }];
const RINGS: At = [70, { kind: 'rang', requestId: 'v.try2', contactId: 'c2', phone: PHONE, queueId: VISITORS }];

it.each<[string, readonly At[], string[]]>([
  ['kept', [...WISHES, ASKED, RINGS], []],
  ['forgotten', WISHES, ['v']],
  ['asked for, and nobody called or was told', [...WISHES, ASKED], ['v v.try2']],
  ['none where an agent spoke', [...WISHES, [50, { kind: 'call', contactId: 'c1', state: 'with-agent' }]], []],
])('a promised call is %s', (_what, happenings, found) => {
  expect(foundOf('promise', happenings)).toEqual(found);
});

it('a promised call rings only for anyone who wished it and spoke with nobody', () => {
  const [unwished, spoke] = [{ state: 'ended' }, { state: 'with-agent' }] as const;
  const all = [...WISHES, ASKED, RINGS];
  expect(foundOf('called once more', all)).toEqual([]);
  const withoutWish = all.map(
    ([at, happening]): At => [at, 'result' in happening ? { kind: 'call', contactId: 'c1', ...unwished } : happening],
  );
  expect(foundOf('called once more', withoutWish)).toEqual(['v v.try2']);
  expect(foundOf('called once more', [...all, [50, { kind: 'call', contactId: 'c1', ...spoke }]])).toEqual([
    'v v.try2',
  ]);
});

it('a promised call rings until the promise is over, however old the request is', () => {
  const late = (at: number): At => [at, RINGS[1]];
  expect(foundOf('too late', [...WISHES, ASKED, late(1_259)])).toEqual([]);
  expect(foundOf('too late', [...WISHES, ASKED, late(1_262)])).toEqual(['v.try2']);
});
