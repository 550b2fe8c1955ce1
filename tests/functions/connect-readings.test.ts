import { expect, it } from 'vitest';
import { connectReadings } from '../../functions/shared/connect-readings.ts';
import { QUEUE_ARN, QUEUE_ID, stage } from './function-support.ts';

const EVENING_IN_LONDON = new Date('2026-11-22T16:00:00Z');

it.each([
  ['queue', 'Asia/Tokyo', 'refuse', '2026-11-21', '2026-11-24'],
  ['queue', 'Europe/London', 'refuse', '2026-11-20', '2026-11-23'],
  ['queue', 'Europe/London', 'wait', '2026-11-20', '2026-11-24'],
  ['calendar', 'Asia/Tokyo', 'refuse', '2026-11-21', '2026-12-09'],
] as const)(
  'opening hours of the %s are read for the days around today in %s, with whenClosed %s',
  async (which, timeZone, what, from, to) => {
    // Prepare
    const asked: string[][] = [];
    const connect = {
      readAgents: async () => ({}),
      readQueue: async (...days: string[]) => {
        asked.push(days);
        return { queueArn: QUEUE_ARN, enabled: true, openingHours: { timeZone, intervals: [] } };
      },
    };
    const readings = {
      share: async <T>(_key: string, _age: number, read: () => Promise<T>) => ({ value: await read(), readAt: 0 }),
      last: async () => undefined,
    };
    const settings = {
      callingHours: { ...stage.callingHours, timeZone },
      whenClosed: { ...stage.whenClosed, do: what },
      appointments: { maxDays: 14, slotMinutes: 30, perSlot: 1 } as const,
    };

    // Act
    await connectReadings(connect, readings, settings, () => EVENING_IN_LONDON)[which](QUEUE_ID);

    // Assess
    expect(asked).toEqual([[QUEUE_ID, from, to]]);
  },
);

it.each([
  [undefined, 2_000],
  [10, 200],
])('agents are counted anew as often as they come and go, at speed %s after %s ms', async (speed, maxAge) => {
  const ages: number[] = [];
  const connect = { readAgents: async () => ({}), readQueue: async () => expect.fail('no queue was asked for') };
  const readings = {
    share: async <T>(_key: string, age: number, read: () => Promise<T>) => {
      ages.push(age);
      return { value: await read(), readAt: 0 };
    },
    last: async () => undefined,
  };
  const settings = { ...stage, ...(speed !== undefined && { speed }) };
  await connectReadings(connect, readings, settings, () => EVENING_IN_LONDON).agents();
  expect(ages).toEqual([maxAge]);
});
