import { describe, expect, it } from 'vitest';
import type { QueueSnapshot } from '../../domain/admission.ts';
import { availabilityAt, freeSlots, toldQueues } from '../../domain/availability.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

type Stage = Pick<StageSettings, 'callingHours' | 'whenClosed'>;

const CALLING = { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' };
const REFUSE: Stage = {
  callingHours: CALLING,
  whenClosed: { do: 'refuse', maxDelaySeconds: 57_600, callWithinSeconds: 7_200 },
};
const WAIT: Stage = { ...REFUSE, whenClosed: { ...REFUSE.whenClosed, do: 'wait' } };
const ALL_DAY: Stage = { ...REFUSE, callingHours: { start: '00:00', end: '24:00', timeZone: 'Asia/Tokyo' } };

const NINE = 9 * 60;
const SIX = 18 * 60;

/** Days of 2026-11, each with one interval; effective hours have a holiday as a day that is missing. */
const queue = (
  days: Record<string, [start: number, end: number]>,
  more: Partial<QueueSnapshot> = {},
): QueueSnapshot => ({
  queueArn: 'arn:aws:connect:ap-northeast-1:000000000000:instance/0/queue/0',
  enabled: true,
  openingHours: {
    timeZone: 'Asia/Tokyo',
    intervals: Object.entries(days).map(([day, [start, end]]) => ({ date: `2026-11-${day}`, start, end })),
  },
  ...more,
});

/** Friday and Saturday, then Monday: 27, 28, 30. */
const WEEK = queue({ 27: [NINE, SIX], 28: [NINE, SIX], 30: [NINE, SIX] });

const read = (snapshot: QueueSnapshot, stopped = false) => ({
  stopped,
  queues: { sales: { snapshot, slots: undefined } },
});
const at = (time: string) => new Date(`2026-11-${time}+09:00`);
const told = (snapshot: QueueSnapshot, time: string, stage = REFUSE) =>
  availabilityAt(read(snapshot), stage, at(time)).queues.sales;

describe('availability.json', () => {
  it('tells of an open queue until when, and when it opens next, in the zone of the stage', () => {
    expect(availabilityAt(read(WEEK), REFUSE, at('28T12:00:00.900'))).toEqual({
      at: '2026-11-28T12:00:00+09:00',
      stopped: false,
      waitsForOpening: false,
      queues: {
        sales: { open: true, openUntil: '2026-11-28T18:00:00+09:00', nextOpening: '2026-11-30T09:00:00+09:00' },
      },
    });
  });

  it('tells of a stop beside the hours, and of nothing that is no time, truth or name', () => {
    const document = availabilityAt(read(WEEK, true), WAIT, at('28T12:00:00'));
    expect(document).toMatchObject({ stopped: true, waitsForOpening: true, queues: { sales: { open: true } } });
    expect(JSON.stringify(document)).not.toContain('arn:');
  });

  it.each<[string, QueueSnapshot, string, Stage, object]>([
    [
      'the last second before it closes',
      WEEK,
      '27T17:59:59.999',
      REFUSE,
      { open: true, openUntil: '2026-11-27T18:00:00+09:00' },
    ],
    ['closing now', WEEK, '27T18:00:00', REFUSE, { open: false, nextOpening: '2026-11-28T09:00:00+09:00' }],
    ['opening now', WEEK, '27T09:00:00', REFUSE, { open: true, openUntil: '2026-11-27T18:00:00+09:00' }],
    [
      'the second before it opens',
      WEEK,
      '27T08:59:59.001',
      REFUSE,
      { open: false, nextOpening: '2026-11-27T09:00:00+09:00' },
    ],
    [
      'a holiday between two days',
      WEEK,
      '29T12:00:00',
      REFUSE,
      { open: false, nextOpening: '2026-11-30T09:00:00+09:00' },
    ],
    [
      'an override that closes early',
      queue({ 27: [NINE, 12 * 60], 28: [NINE, SIX] }),
      '27T11:00:00',
      REFUSE,
      { open: true, openUntil: '2026-11-27T12:00:00+09:00', nextOpening: '2026-11-28T09:00:00+09:00' },
    ],
    [
      'nothing known after the closing',
      queue({ 27: [NINE, SIX] }),
      '27T12:00:00',
      REFUSE,
      { open: true, nextOpening: null },
    ],
    ['nothing known at all', queue({}), '27T12:00:00', REFUSE, { open: false, nextOpening: null }],
    [
      'calling hours that end before the queue does',
      queue({ 27: [NINE, 22 * 60], 28: [NINE, SIX] }),
      '27T20:00:00',
      REFUSE,
      { open: true, openUntil: '2026-11-27T21:00:00+09:00', nextOpening: '2026-11-28T09:00:00+09:00' },
    ],
    [
      'calling hours that begin after the queue does',
      queue({ 27: [6 * 60, SIX] }),
      '27T07:00:00',
      REFUSE,
      { open: false, nextOpening: '2026-11-27T08:00:00+09:00' },
    ],
    [
      'calling hours over midnight',
      queue({ 27: [SIX, 3 * 60], 28: [SIX, 3 * 60] }),
      '27T23:30:00',
      { ...REFUSE, callingHours: { start: '20:00', end: '02:00', timeZone: 'Asia/Tokyo' } },
      { open: true, openUntil: '2026-11-28T02:00:00+09:00', nextOpening: '2026-11-28T20:00:00+09:00' },
    ],
    [
      'a night whose interval began the day before',
      queue({ 27: [SIX, 3 * 60] }),
      '28T01:00:00',
      ALL_DAY,
      { open: true, openUntil: '2026-11-28T03:00:00+09:00', nextOpening: null },
    ],
  ])('tells the truth about %s', (_, snapshot, time, stage, expected) => {
    expect(told(snapshot, time, stage)).toMatchObject(expected);
  });

  it('has no closing of a queue that never closes', () => {
    const always = queue(Object.fromEntries([26, 27, 28, 29, 30].map((day) => [day, [0, 0]])));
    expect(told(always, '27T12:00:00', ALL_DAY)).toEqual({ open: true, nextOpening: null });
  });

  it('calls a disabled queue closed, without an opening that nobody knows', () => {
    expect(told({ ...WEEK, enabled: false }, '27T12:00:00', WAIT)).toEqual({
      open: false,
      nextOpening: null,
      calledAtOpening: false,
    });
  });

  it('tells openings in the zone of the stage where the queue has another', () => {
    const newYork = queue({ 27: [NINE, 17 * 60] }, {});
    const snapshot = { ...newYork, openingHours: { ...newYork.openingHours, timeZone: 'America/New_York' } };
    const stage = { ...ALL_DAY, callingHours: { ...ALL_DAY.callingHours, timeZone: 'America/Sao_Paulo' } };
    expect(told(snapshot, '27T12:00:00', stage)).toEqual({
      open: false,
      nextOpening: '2026-11-27T11:00:00-03:00',
      calledAtOpening: false,
    });
  });

  it.each<[string, Stage, string, boolean]>([
    ['a stage that refuses', REFUSE, '27T20:00:00', false],
    ['a night that is no longer than requests wait', WAIT, '27T18:00:00', true],
    ['a weekend that is longer', WAIT, '28T18:00:00', false],
    ['the moment from which it is not longer any more', WAIT, '29T17:00:00', true],
    ['the second before', WAIT, '29T16:59:59', false],
  ])('promises a call at the opening as the road keeps it: %s', (_, stage, time, calledAtOpening) => {
    expect(told(WEEK, time, stage)).toMatchObject({ open: false, calledAtOpening });
  });
});

describe('the slots of a queue', () => {
  const APPOINTMENTS: Pick<StageSettings, 'appointments' | 'callingHours'> = {
    callingHours: CALLING,
    appointments: { maxDays: 3, slotMinutes: 60, perSlot: 2 },
  };

  it('are those with places left, with how many', () => {
    const taken = new Map([
      [at('27T16:00:00').getTime(), 1],
      [at('27T17:00:00').getTime(), 2],
      // There were more places when these were taken.
      [at('28T09:00:00').getTime(), 3],
    ]);
    expect(freeSlots(WEEK, taken, APPOINTMENTS, at('27T15:00:00'))?.slice(0, 2)).toEqual([
      { at: '2026-11-27T16:00:00+09:00', free: 1 },
      { at: '2026-11-28T10:00:00+09:00', free: 2 },
    ]);
  });

  it('are none of a disabled queue, 200 at most, and not told of where the stage makes no appointments', () => {
    const month = queue(Object.fromEntries(['27', '28', '29', '30'].map((day) => [day, [0, 0]])));
    const often = {
      callingHours: ALL_DAY.callingHours,
      appointments: { maxDays: 3, slotMinutes: 10, perSlot: 1 },
    } as const;
    expect(freeSlots({ ...WEEK, enabled: false }, undefined, APPOINTMENTS, at('27T12:00:00'))).toEqual([]);
    expect(freeSlots(month, undefined, often, at('27T12:00:00'))).toHaveLength(200);
    expect(freeSlots(WEEK, undefined, { ...APPOINTMENTS, appointments: null }, at('27T12:00:00'))).toBeUndefined();
  });

  it('leave the document when they begin, although they were read before', () => {
    const slots = [
      { at: '2026-11-27T16:00:00+09:00', free: 1 },
      { at: '2026-11-27T17:00:00+09:00', free: 2 },
    ];
    const readings = { stopped: false, queues: { sales: { snapshot: WEEK, slots } } };
    const toldAt = (time: string) => availabilityAt(readings, REFUSE, at(time)).queues.sales?.slots;
    expect(toldAt('27T15:59:59')).toEqual(slots);
    expect(toldAt('27T16:00:00')).toEqual(slots.slice(1));
  });
});

it('tells of the queues that requests are routed to, and of no other', () => {
  const queues = { support: 'id-1', sales: 'id-2', internal: 'id-3' };
  const routing = { default: 'support', rules: [{ userType: 'visitor', queue: 'sales' }] };
  expect(toldQueues({ connect: { queues } as never, routing })).toEqual([
    ['support', 'id-1'],
    ['sales', 'id-2'],
  ]);
});
