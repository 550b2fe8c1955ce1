import { describe, expect, it } from 'vitest';
import { checkStage } from '../../resources/load-stage.ts';
import { dev, twoQueues } from './stage-of-dev.ts';

const HOURS = { days: ['MONDAY', 'FRIDAY'], start: '09:00', end: '18:00' };
const UUID = '00000000-0000-4000-8000-00000000e001';

/** The stage dev with what its stack makes. */
const making = (create: object, connect: object = {}) => ({ ...dev, connect: { ...dev.connect, ...connect }, create });
const everything = (create: object, connect: object = {}) =>
  making(
    { instanceAlias: 'example-call-centre', hours: HOURS, ...create },
    {
      instanceId: 'create',
      queues: { support: 'create' },
      ...connect,
    },
  );
const aQueue = (hours: unknown) => making({ hours }, { queues: { support: 'create' } });

/** Two pools, one of a queue that exists and one of eleven. */
function elevenQueues(routingProfiles: boolean) {
  const names = Array.from({ length: 11 }, (_, index) => `team${index}`);
  const queues = Object.fromEntries(names.map((name) => [name, UUID]));
  return {
    ...making({ routingProfiles }, { queues: { support: dev.connect.queues.support, ...queues } }),
    agents: { pools: [['support'], names] },
  };
}

const because = 'as the stack creates the instance (connect.instanceId is create)';

describe('a mistake in what the stack shall make', () => {
  it.each<[string, object, string]>([
    [
      'an id that is none',
      making({}, { queues: { support: 'new' } }),
      'connect.queues.support: found "new", expected a UUID in lower case, or create.',
    ],
    [
      'an instance without a name',
      everything({ instanceAlias: null }),
      'create.instanceAlias: found null, expected a name for the instance that the stack creates (connect.instanceId is ' +
        'create), such as example-call-centre.',
    ],
    ...['d-123', '-a', 'a-', 'a_b', 'コール', '', 'a'.repeat(46), 'a b', 'a\n'].map(
      (alias): [string, object, string] => [
        `the name ${JSON.stringify(alias)}`,
        everything({ instanceAlias: alias }),
        `create.instanceAlias: found ${JSON.stringify(alias)}, expected up to 45 letters, digits and hyphens between them`,
      ],
    ),
    [
      'a name for an instance that exists',
      making({ instanceAlias: 'example' }),
      'create.instanceAlias: found "example", expected null, as connect.instanceId names an existing instance.',
    ],
    [
      'a queue that exists in an instance that does not',
      everything({}, { queues: { support: UUID } }),
      `connect.queues.support: found "${UUID}", expected create, ${because}.`,
    ],
    [
      'hours that exist in an instance that does not',
      everything({ hours: UUID }),
      `create.hours: found "${UUID}", expected days, start and end, ${because}.`,
    ],
    [
      'a queue without hours',
      aQueue(null),
      'create.hours: found null, expected hours of operation for the queues that are create in connect.queues: support.',
    ],
    [
      'hours without a queue',
      making({ hours: HOURS }),
      'expected null, as no queue of connect.queues is create: existing ones have their own.',
    ],
    [
      'hours of another type',
      aQueue(9),
      'create.hours: found 9, expected a group of fields (days, start, end, closedOnHolidays',
    ],
    ['hours that are no id', aQueue('weekdays'), 'create.hours: found "weekdays", expected a UUID in lower case.'],
    ['hours without days', aQueue({ ...HOURS, days: [] }), 'create.hours.days: found [], expected at least one day.'],
    [
      'days that are no list',
      aQueue({ ...HOURS, days: 'MONDAY' }),
      'create.hours.days: found "MONDAY", expected a list of days.',
    ],
    [
      'a day as people write it',
      aQueue({ ...HOURS, days: ['Monday'] }),
      'create.hours.days.0: found "Monday", expected one of MONDAY, TUESDAY',
    ],
    ['a day twice', aQueue({ ...HOURS, days: ['MONDAY', 'MONDAY'] }), 'expected every day once.'],
    [
      'an hour without a zero',
      aQueue({ ...HOURS, start: '9:00' }),
      'create.hours.start: found "9:00", expected a time of day in quotes, such as "09:00".',
    ],
    ['no end', aQueue({ days: ['MONDAY'], start: '09:00' }), 'create.hours.end: found nothing, expected a time of day'],
    [
      'hours over midnight',
      aQueue({ ...HOURS, start: '18:00', end: '02:00' }),
      'create.hours.end: found "02:00", expected a time after create.hours.start (18:00); for hours that cross midnight, give their id.',
    ],
    [
      'hours of no length',
      aQueue({ ...HOURS, end: '09:00' }),
      'create.hours.end: found "09:00", expected a time after',
    ],
    [
      'a day that the calendar does not have',
      aQueue({ ...HOURS, alsoClosed: ['2026-02-30'] }),
      'create.hours.alsoClosed.0: found "2026-02-30", expected a day in quotes, such as "2026-12-29".',
    ],
    ['a 13th month', aQueue({ ...HOURS, alsoClosed: ['2026-13-01'] }), 'create.hours.alsoClosed.0: found "2026-13-01"'],
    [
      'a closed day twice',
      aQueue({ ...HOURS, alsoClosed: ['2026-12-29', '2026-12-29'] }),
      'create.hours.alsoClosed: found ["2026-12-29","2026-12-29"], expected every day once.',
    ],
    [
      'a misspelt field',
      aQueue({ ...HOURS, closedOnHoliday: true }),
      'create.hours.closedOnHoliday: found a field that does not exist',
    ],
    [
      'a pool with more queues than a routing profile is made with',
      elevenQueues(true),
      'agents.pools.1: found "11 queues", expected at most 10 queues in a pool',
    ],
    ['a word for a switch', making({ eventBus: 'yes' }), 'create.eventBus: found "yes", expected true or false.'],
    [
      'two names that CloudFormation does not tell apart',
      twoQueues({
        connect: { ...dev.connect, queues: { 'team-1': 'create', team1: UUID } },
        routing: { default: 'team1' },
        create: { hours: HOURS },
      }),
      'connect.queues: found "team1", expected a name that differs from team-1 in more than hyphens.',
    ],
  ])('%s is told in one sentence', (_, content, sentence) => {
    expect(() => checkStage(content, 'dev')).toThrow(sentence);
  });

  it('is told with all others', () => {
    expect(() => checkStage(aQueue({ days: ['Monday'], start: '9:00', end: '25:00' }), 'dev')).toThrow(
      /hours\.days\.0: .*\n.*hours\.start: .*\n.*hours\.end: /,
    );
  });
});

describe('what the stack makes', () => {
  it('takes pools of any size where it makes no routing profiles', () => {
    expect(checkStage(elevenQueues(false), 'dev').agents.pools[1]).toHaveLength(11);
  });

  it('is nothing in a stage that does not say so', () => {
    expect(checkStage({ ...dev, create: undefined }, 'dev').create).toEqual({
      instanceAlias: null,
      hours: null,
      routingProfiles: false,
      eventBus: false,
    });
  });

  it.each<[string, object]>([
    ['all there is', everything({ routingProfiles: true, eventBus: true })],
    ['a queue in an instance that exists', aQueue(HOURS)],
    ['a queue with hours that exist', aQueue(UUID)],
    [
      'one queue beside another',
      twoQueues({ create: { hours: HOURS }, connect: { ...dev.connect, queues: { support: UUID, sales: 'create' } } }),
    ],
    ['hours until midnight', aQueue({ ...HOURS, end: '24:00' })],
    ['a name of 45 characters', everything({ instanceAlias: `a${'-a'.repeat(22)}` })],
  ])('may be %s', (_, content) => {
    expect(checkStage(content, 'dev').create).toMatchObject((content as { create: object }).create);
  });

  it('is closed on holidays unless the file says otherwise', () => {
    const hoursOf = (hours: object) => checkStage(aQueue(hours), 'dev').create.hours;
    expect(hoursOf(HOURS)).toMatchObject({ closedOnHolidays: true, alsoClosed: [] });
    expect(hoursOf({ ...HOURS, closedOnHolidays: false })).toMatchObject({ closedOnHolidays: false });
  });
});
