import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkStage } from '../../resources/load-stage.ts';
import { dev } from './stage-of-dev.ts';

const open = (hours: object) =>
  checkStage(
    {
      ...dev,
      connect: { ...dev.connect, queues: { support: 'create' } },
      create: { hours: { days: ['MONDAY', 'SUNDAY'], start: '09:00', end: '18:00', ...hours } },
    },
    'dev',
  );

/** So many Mondays from 2030 on. */
const mondays = (count: number) =>
  Array.from({ length: count }, (_, week) =>
    new Date(Date.parse('2030-01-07T00:00:00Z') + week * 7 * 86_400_000).toISOString().slice(0, 10),
  );

afterEach(() => {
  vi.useRealTimers();
});

describe('days off', () => {
  it('are 50 at most, as Amazon Connect takes no more exceptions', () => {
    const closed = (count: number) => ({ closedOnHolidays: false, alsoClosed: mondays(count) });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-28T00:00:00Z') });
    expect(() => open(closed(50))).not.toThrow();
    expect(() => open(closed(51))).toThrow(
      /^settings\/dev\.yml: create\.hours\.alsoClosed: found \["2030.*, expected at most 50 days off, holidays of two years among them, not 51\.$/,
    );
    expect(() => open({ alsoClosed: mondays(50) })).toThrow(/not 6\d\.$/);
  });

  it('do not count when they have passed', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2030-01-07T15:00:00Z') });
    expect(() => open({ closedOnHolidays: false, alsoClosed: mondays(51) })).not.toThrow();
  });

  it('are refused where the holidays of two years are not known yet', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2048-12-31T00:00:00Z') });
    expect(() => open({})).not.toThrow();
    vi.setSystemTime(Date.parse('2048-12-31T15:00:00Z'));
    expect(() => open({})).toThrow(
      'settings/dev.yml: create.hours.closedOnHolidays: found true, expected false, or a newer @holiday-jp/holiday_jp: the ' +
        'holidays of two years are needed, and its table ends with 2050-12-31.',
    );
    expect(() => open({ closedOnHolidays: false })).not.toThrow();
  });
});

it('a queue that the stack makes has a name that Amazon Connect takes', () => {
  const named = (name: string) => () =>
    checkStage(
      {
        ...dev,
        connect: { ...dev.connect, queues: { [name]: 'create' } },
        routing: { default: name },
        create: { hours: '00000000-0000-4000-8000-00000000e001' },
      },
      'dev',
    );
  expect(named('q'.repeat(87))).not.toThrow();
  expect(named('q'.repeat(88))).toThrow(/connect\.queues: found "q+…, expected a name of at most 87 characters/);
});
