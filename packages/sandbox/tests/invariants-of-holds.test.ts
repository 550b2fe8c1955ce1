import { describe, expect, it } from 'vitest';
import {
  type At,
  BOOK,
  enters,
  foundOf,
  gaveBack,
  leaves,
  MEMBERS,
  reading,
  START,
  took,
  VISITORS,
} from './invariants-support.ts';

describe('places in a book', () => {
  const two: At[] = [reading(0, { [VISITORS]: 2 }), took(1, 'v1'), took(2, 'v2')];

  it.each([
    ['as many as were counted', [], []],
    ['one more', [took(3, 'v3')], ['v3']],
    ['one more after another was given back', [gaveBack(3, 'v1', 'recordOutcome 1', 'v1'), took(4, 'v3')], []],
    ['one more by a later reading', [reading(3, { [VISITORS]: 3 }), took(4, 'v3', 'checkQueue 2', 3)], []],
    ['one for a queue where nobody was counted', [took(3, 'm1')], ['m1']],
  ] as [string, At[], string[]][])('are taken: %s', (_name, more, violations) => {
    expect(foundOf('capacity', [...two, ...more])).toEqual(violations);
  });

  it('do not count once their time is over', () => {
    const short: At = [0, { kind: 'kept', requestId: 'v1', book: BOOK, until: START + 2_000 }];
    expect(foundOf('capacity', [reading(0, { [VISITORS]: 1 }), short, took(1, 'v2')])).toEqual(['v2']);
    const later = [reading(3, { [VISITORS]: 1 }), took(4, 'v2', 'checkQueue 2', 3)];
    expect(foundOf('capacity', [short, ...later])).toEqual([]);
  });

  it.each([
    [2, []],
    [1, ['v2']],
    [null, []],
  ])('are as many for lines as calls may be under way: %s', (maxConcurrentCalls, violations) => {
    const lines = ['v1', 'v2'].map((id) => took(1, id, 'checkQueue 1', 1, 'lines'));
    expect(foundOf('capacity', lines, { maxConcurrentCalls })).toEqual(violations);
  });
});

describe('places in the book of two queues', () => {
  it('count for both, whichever they were taken for', () => {
    const both = [reading(0, { [MEMBERS]: 1, [VISITORS]: 2 }), took(1, 'm1'), took(2, 'v1')];
    expect(foundOf('capacity', both)).toEqual([]);
    expect(foundOf('capacity', [...both, took(3, 'v2')])).toEqual(['v2']);
  });
});

describe('what is held for a request', () => {
  const lost = (what: 'number' | 'count' | 'nonce' | 'lease', more: object): At[] => [
    [2, { kind: 'gave-back', requestId: 'v1', what, over: false, by: 'recordOutcome 1', worksFor: 'v1', ...more }],
  ];

  it.each([
    ['a number by its request', 'number', {}, []],
    ['a number by another one', 'number', { worksFor: 'v2' }, ['v1 v2']],
    ['a number by another one when its time is over', 'number', { worksFor: 'v2', over: true }, []],
    ['a count by another one', 'count', { worksFor: 'v2' }, ['v1 v2']],
    ['a nonce by another one', 'nonce', { worksFor: 'v2' }, ['v1 v2']],
    ['a lease by another one', 'lease', { worksFor: 'v2', book: BOOK }, ['v1 v2']],
    ['a lease by the release function', 'lease', { worksFor: '', by: 'releaseWaiting 1', book: BOOK }, ['v1']],
    ['that of a call by the release function', 'lease', { worksFor: '', contactId: 'c1', book: BOOK }, []],
    ['a number by nobody', 'number', { worksFor: '', contactId: 'c1' }, ['v1']],
  ] as const)('is given back: %s', (_name, what, more, violations) => {
    expect(foundOf('owner', lost(what, more))).toEqual(violations);
  });

  it.each(['number', 'count'] as const)('is not given back once the phone rang: %s', (what) => {
    const rang: At = [0, { kind: 'rang', requestId: 'v1', contactId: 'c1', phone: '+447700900001', queueId: VISITORS }];
    expect(foundOf('owner', [rang, ...lost(what, {})])).toEqual(['v1']);
    expect(foundOf('owner', [rang, ...lost(what, { over: true })])).toEqual([]);
  });

  it('may be taken over by anyone who calls once more, and only after the call', () => {
    const own = { after: 'v1', try: 2, notBefore: START };
    const rang: At[] = [
      [0, { kind: 'rang', requestId: 'v1', contactId: 'c1', phone: '+447700900001', queueId: VISITORS }],
      [1, { kind: 'arrived', requestId: 'v1.try2', phone: '+447700900001', own }],
    ];
    const over: At = [1, { kind: 'line-over', requestId: 'v1', contactId: 'c1' }];
    const taken = (worksFor: string) => lost('number', { worksFor });
    expect(foundOf('owner', [...rang, over, ...taken('v1.try2')])).toEqual([]);
    expect(foundOf('owner', [...rang, ...taken('v1.try2')])).toEqual(['v1']);
    expect(foundOf('owner', [...rang, over, ...taken('v2')])).toEqual(['v1']);
  });

  it('may be taken back by the run that has just given it', () => {
    const run = 'releaseWaiting 1';
    expect(foundOf('owner', [took(1, 'v1', run), gaveBack(2, 'v1', run, '')])).toEqual([]);
    expect(foundOf('owner', [took(1, 'v1', 'releaseWaiting 0'), gaveBack(2, 'v1', run, '')])).toEqual(['v1']);
  });
});

describe('anyone who waits', () => {
  const waits = [enters(1, 'v1'), leaves(60, 'v1')];

  it.each([
    ['holds no agent', [], []],
    ['holds one', [took(0, 'v1')], ['v1']],
    ['holds one for a second, and has come with it', [took(0, 'v1'), gaveBack(2, 'v1', 'x 1', 'v1')], ['v1']],
    [
      'holds one for as long as it takes to find that no line is free',
      [took(2, 'v1'), gaveBack(4, 'v1', 'x 1', 'v1')],
      [],
    ],
    ['holds a line', [took(0, 'v1', 'checkQueue 1', 0, 'lines')], []],
    ['holds one since a function died', [took(0, 'v1'), [1, { kind: 'fault', fault: 'dies', by: 'checkQueue 1' }]], []],
    [
      'holds one since another function died',
      [took(0, 'v1'), [1, { kind: 'fault', fault: 'dies', by: 'x 1' }]],
      ['v1'],
    ],
  ] as [string, At[], string[]][])('%s', (_name, more, violations) => {
    expect(foundOf('hoarded', [...waits, ...more])).toEqual(violations);
  });

  it('does not wait any more once it has a turn, even where it enters once more', () => {
    const turn: At = [3, { kind: 'turn', requestId: 'v1', turnAt: START }];
    const again = [enters(1, 'v1'), took(2, 'v1'), turn, leaves(3, 'v1'), enters(4, 'v1'), leaves(60, 'v1')];
    expect(foundOf('hoarded', again)).toEqual([]);
  });
});
