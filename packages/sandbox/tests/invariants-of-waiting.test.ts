import { describe, expect, it } from 'vitest';
import {
  type At,
  BOOK,
  enters,
  foundOf,
  invoked,
  leaves,
  MEMBERS,
  reading,
  START,
  took,
  VISITORS,
} from './invariants-support.ts';

const RUN = 'releaseWaiting 1';

describe('the line', () => {
  /** Both have waited for long; a run begins at 100 s and has counted so many agents. */
  const line = (visitors: number, members = 0): At[] => [
    enters(10, 'v1'),
    enters(20, 'v2'),
    enters(15, 'm1'),
    invoked(100, RUN),
    reading(100, { [VISITORS]: visitors, [MEMBERS]: members }),
  ];
  const gives = (...ids: string[]): At[] =>
    ids.flatMap((id, index): At[] => [took(101 + index, id, RUN, 100), leaves(101.5 + index, id)]);

  it.each([
    ['in order', gives('v1', 'v2'), 2, 0, []],
    ['the later one first', gives('v2', 'v1'), 2, 0, ['v1 v2']],
    ['across queues in order', gives('v1', 'm1', 'v2'), 3, 3, []],
    ['across queues, the later one first', gives('m1', 'v1'), 3, 3, ['v1 m1']],
    ['a later one for whom alone an agent is there', gives('m1'), 0, 1, []],
  ] as const)('is served: %s', (_name, given, visitors, members, violations) => {
    expect(foundOf('overtaken', [...line(visitors, members), ...given])).toEqual(violations);
  });

  it('is looked at when a run begins: who comes to it later is not seen', () => {
    const early = enters(100.5, 'v0', '0');
    expect(foundOf('overtaken', [...line(3), early, ...gives('v1')])).toEqual([]);
  });

  it('is not overtaken by an agent whose lease is cut short while the run is at work', () => {
    const leases = (until: number): At => [
      100.8,
      { kind: 'kept', requestId: 'v8', book: BOOK, until: START + until * 1_000 },
    ];
    const before: At = [
      1,
      { kind: 'took', requestId: 'v8', book: BOOK, until: START + 900_000, asOf: START, by: 'earlier' },
    ];
    const given = [...line(1, 2), before, took(101, 'm1', RUN, 100)];
    expect(foundOf('overtaken', [...given, leases(50)])).toEqual([]);
    expect(foundOf('overtaken', [...line(2, 2), before, took(101, 'm1', RUN, 100)])).toEqual(['v1 m1']);
  });

  it('has nobody in it whose deadline is over', () => {
    const late = [enters(1, 'v1'), enters(2, 'v2'), invoked(300, RUN), reading(300, { [VISITORS]: 2 })];
    expect(foundOf('overtaken', [...late, took(301, 'v2', RUN, 300)])).toEqual([]);
  });

  it.each([
    ['later than jitter can explain', 40, ['v1 v9']],
    ['as jitter can explain', 5, []],
  ])('goes before those who come to their call at once: %s', (_name, deliveredAt, violations) => {
    const delivered = (at: number, requestId: string): At => [
      at,
      { kind: 'delivered', requestId, executionId: requestId },
    ];
    const atOnce = [delivered(1, 'v1'), delivered(deliveredAt, 'v9'), took(101, 'v9', RUN, 100)];
    expect(foundOf('overtaken', [...line(1), ...atOnce])).toEqual(violations);
  });

  it.each([
    ['who was promised a call, with the place of the call before', { calledBackBy: START + 1_200_000 }, []],
    ['who is called once more for another reason', {}, ['v1 v9.try2']],
    ['who was due before, and was asked for late', { notBefore: START + 10_000 }, []],
  ])('goes after one %s', (_name, promise, violations) => {
    const own = { after: 'v9', try: 2, notBefore: START + 40_000, ...promise };
    const trace: At[] = [
      [0.5, { kind: 'delivered', requestId: 'v9', executionId: 'v9' }],
      [20, { kind: 'delivered', requestId: 'v1', executionId: 'v1' }],
      [40, { kind: 'arrived', requestId: 'v9.try2', phone: '+447700900001', own }],
      [41, { kind: 'delivered', requestId: 'v9.try2', executionId: 'v9.try2' }],
    ];
    expect(foundOf('overtaken', [...line(1), ...trace, took(101, 'v9.try2', RUN, 100)])).toEqual(violations);
  });
});

describe('an agent whom nobody calls', () => {
  const agent = (at: number, state: 'free' | 'busy', agentId = 'a1'): At => [
    at,
    { kind: 'agent', agentId, state, queueIds: [VISITORS] },
  ];
  const waits = [enters(50, 'v1'), leaves(100, 'v1')];
  /** Two hours ahead. */
  const nextTurn = (at: number, ahead: number): At => [
    at,
    { kind: 'turn-reserved', turnAt: START + at * 1_000, nextAt: START + (at + ahead) * 1_000 },
  ];
  const release = (at: number, fault: string): At => [at, { kind: 'fault', fault, by: RUN }];

  it.each([
    ['is free all the time', [agent(0, 'free')], ['v1']],
    ['is free, and the metrics do not tell yet', [agent(75, 'free')], []],
    ['becomes busy soon', [agent(0, 'free'), agent(45, 'busy')], []],
    ['is another’s', [agent(0, 'free'), took(20, 'v2')], []],
    ['is free while the next turn is far ahead', [agent(0, 'free'), nextTurn(20, 7_200)], []],
    ['is free while a turn is near', [agent(0, 'free'), nextTurn(80, 2)], ['v1']],
    ['is free while calling is stopped', [agent(0, 'free'), [20, { kind: 'stopped' }]], []],
    [
      'is free while the release function fails again and again',
      [agent(0, 'free'), release(40, 'readThrottled'), release(60, 'readTimeout'), release(80, 'dies')],
      [],
    ],
    [
      'is free while no tick comes, since the last one failed',
      [agent(0, 'free'), release(40, 'tableThrottled'), invoked(90, 'releaseWaiting 2')],
      [],
    ],
    [
      'is free long after it has failed',
      [agent(0, 'free'), release(40, 'readThrottled'), invoked(42, 'releaseWaiting 2')],
      ['v1'],
    ],
    [
      'is free for a line that does not',
      [[0, { kind: 'agent', agentId: 'a1', state: 'free', queueIds: [MEMBERS] }]],
      [],
    ],
  ] as [string, At[], string[]][])('%s', (_name, more, violations) => {
    expect(foundOf('idle', [...waits, ...more])).toEqual(violations);
  });

  it.each([
    [1, []],
    [2, ['v1']],
  ])('waits for nobody where every line is taken: %d', (maxConcurrentCalls, violations) => {
    const line = took(20, 'v2', 'checkQueue 1', 20, 'lines');
    expect(foundOf('idle', [...waits, agent(0, 'free'), line], { maxConcurrentCalls })).toEqual(violations);
  });

  it('waits for nobody while the queue is closed', () => {
    const openings = new Map([[VISITORS, [{ from: START + 90_000, to: START + 900_000 }]]]);
    expect(foundOf('idle', [...waits, agent(0, 'free')], { openings })).toEqual([]);
  });

  it('waits for each of those who are served one after the other', () => {
    const oneByOne = Array.from({ length: 8 }, (_, index) => [
      enters(50 + 6 * index, `v${index}`),
      leaves(60 + 6 * index, `v${index}`),
    ]).flat();
    expect(foundOf('idle', [...oneByOne, agent(0, 'free')])).toEqual([]);
  });
});

describe('anyone who was only throttled', () => {
  const asked = (result: string): At => [20, { kind: 'asked', requestId: 'v1', result }];
  const ends = (outcome: string, at = 30, reason = 'because'): At => [
    at,
    { kind: 'outcome', requestId: 'v1', outcome, reason },
  ];
  const throttled: At[] = [
    [0, { kind: 'arrived', requestId: 'v1', phone: '+447700900001' }],
    asked('TooManyRequestsException'),
  ];
  const aborted: At = [40, { kind: 'execution-ended', requestId: 'v1', executionId: 'e1', status: 'ABORTED' }];

  it.each([
    ['is called', [ends('call_placed')], []],
    ['is given up with time left', [ends('throttled')], ['v1']],
    ['is given up shortly before the deadline', [ends('throttled', 280)], []],
    ['objects meanwhile', [ends('number_blocked')], []],
    ['waited for the opening, and it closed again', [ends('deferred_in_vain', 30, 'closed_again')], []],
    ['had another answer, too', [asked('no-answer'), ends('throttled')], []],
    ['is aborted', [ends('internal_error'), aborted], []],
  ] as [string, At[], string[]][])('%s', (_name, more, violations) => {
    expect(foundOf('tried again', [...throttled, ...more])).toEqual(violations);
  });
});
