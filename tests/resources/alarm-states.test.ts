import { beforeAll, describe, expect, it } from 'vitest';
import { type Period, statesOf } from './alarm-states.ts';
import { type AlarmProperties, alarmsOf, WITH_EVERYTHING } from './stage-alarms.ts';

let alarms: Record<string, AlarmProperties>;
beforeAll(async () => {
  ({ alarms } = await alarmsOf('dev', WITH_EVERYTHING));
});

/** The alarm's state after each of the periods. */
const states = (id: string, ...periods: Period[]) => statesOf(alarms[id] as AlarmProperties, periods);
const NOTHING: Period = {};

/** An hour of requests, so many of which ended each way. */
const hour = (asked: number, ended: Record<string, number> = {}): Period => ({
  RequestsAsked: asked,
  ...Object.fromEntries(Object.entries(ended).map(([how, count]) => [`RequestsEnded ${how}`, count])),
});

describe('an action of KARTE that is broken', () => {
  it.each([
    ['the variable of the number is not filled in', { number_refused: 30, 'number_refused not_filled_in': 30 }],
    ['the event has no content', { invalid_event: 30, 'invalid_event content_missing': 30 }],
    ['the signature of the firm does not come along', { signature_refused: 30, 'signature_refused missing': 30 }],
  ])('rings where %s, although every execution is green', (_how, ended) => {
    expect(states('RequestsUnusableAlarm', hour(30, ended))).toEqual(['ALARM']);
    expect(states('RequestsRefusedAlarm', hour(30, ended))).toEqual(['ALARM']);
    expect(states('ExecutionsFailedAlarm', NOTHING)).toEqual(['OK']);
  });

  it('rings by its share, also where some requests are good, and is over with the next good hour', () => {
    const some = hour(40, { 'number_refused not_filled_in': 9, call_placed: 31 });
    expect(states('RequestsUnusableAlarm', some, hour(40, { call_placed: 40 }))).toEqual(['ALARM', 'OK']);
  });

  it('does not ring for one of one, for few of many, or for what visitors mistype', () => {
    const one = hour(1, { 'number_refused not_filled_in': 1, number_refused: 1 });
    const few = hour(200, { 'number_refused not_filled_in': 9, number_refused: 9 });
    const typed = hour(30, { 'number_refused too_few_digits': 9, number_refused: 9 });
    for (const period of [one, few, typed]) {
      expect(states('RequestsUnusableAlarm', period)).toEqual(['OK']);
      expect(states('RequestsRefusedAlarm', period)).toEqual(['OK']);
    }
  });

  it('rings, too, where requests of the hour before are refused in this one', () => {
    expect(states('RequestsUnusableAlarm', hour(2, { invalid_event: 6 }))).toEqual(['ALARM']);
    expect(states('RequestsUnusableAlarm', { 'RequestsEnded invalid_event': 6 })).toEqual(['ALARM']);
  });
});

describe('a silence', () => {
  const looked = (requests: number, withoutCall: number, withoutRequest = 0): Period => ({
    RequestsWaiting: 0,
    RequestsWithoutCall: requests,
    OpenMinutesWithoutCall: withoutCall,
    OpenMinutesWithoutRequest: withoutRequest,
  });

  it('rings where requests came and nobody was called for so many open hours, until somebody is', () => {
    const periods = [looked(3, 115), looked(3, 120), looked(0, 0)];
    expect(states('SilentCallsAlarm', ...periods)).toEqual(['OK', 'ALARM', 'OK']);
  });

  it('does not ring for a single request that came to nothing', () => {
    expect(states('SilentCallsAlarm', looked(2, 900))).toEqual(['OK']);
  });

  it('does not ring in a night, however long it is: its minutes are not counted', () => {
    expect(states('SilentRequestsAlarm', ...Array(200).fill(looked(0, 0, 540)))).not.toContain('ALARM');
  });

  it('rings where nobody has asked for so many open hours', () => {
    expect(states('SilentRequestsAlarm', looked(0, 0, 1_079), looked(0, 0, 1_080))).toEqual(['OK', 'ALARM']);
  });

  it('neither rings nor ends where nothing is measured: that is told by an alarm of its own', () => {
    const periods = [looked(3, 120), NOTHING, NOTHING, NOTHING];
    expect(states('SilentCallsAlarm', ...periods)).toEqual(['ALARM', 'ALARM', 'ALARM', 'ALARM']);
    expect(states('SilentCallsAlarm', NOTHING)).toEqual(['INSUFFICIENT_DATA']);
    expect(states('SweepSilentAlarm', ...periods)).toEqual(['OK', 'OK', 'OK', 'ALARM']);
  });

  it('of the sweep itself rings where it never ran since the first deployment, and ends with its first figure', () => {
    expect(states('SweepSilentAlarm', NOTHING, NOTHING, NOTHING, looked(0, 0)).slice(2)).toEqual(['ALARM', 'OK']);
    expect(alarms.SweepSilentAlarm).toHaveProperty('OKActions');
  });
});

describe('visitors who are turned away', () => {
  const closed = (hours: number, requests: number): Period => ({
    ...hour(requests, { 'queue_closed outside_opening_hours': requests }),
    ClosedMinutes: hours * 60,
  });

  it('ring at the first one whose queue is disabled', () => {
    expect(states('QueueDisabledAlarm', hour(1, { queue_disabled: 1 }), NOTHING)).toEqual(['ALARM', 'OK']);
  });

  it('ring where nobody became free for most of them, and not for some of a rush', () => {
    const periods = [hour(20, { no_agents_available: 19 }), hour(100, { no_agents_available: 30, expired: 10 })];
    expect(states('NobodyFreeAlarm', ...periods, hour(3, { no_agents_available: 3 }))).toEqual(['ALARM', 'OK', 'OK']);
  });

  it('ring where no queue opens on a day on which the stage may call, and not in the evening or by night', () => {
    const periods = [closed(3, 30), closed(4, 30), closed(6, 30), closed(7, 4), closed(0, 0)];
    expect(states('ClosedInCallingHoursAlarm', ...periods)).toEqual(['OK', 'OK', 'ALARM', 'OK', 'OK']);
    const night = { ...hour(30, { 'queue_closed outside_calling_hours': 30 }), ClosedMinutes: 600 };
    expect(states('ClosedInCallingHoursAlarm', night)).toEqual(['OK']);
  });
});

describe('requests that fail', () => {
  it.each([
    ['FailedSetupAlarm', 'access_denied'],
    ['FailedCapacityAlarm', 'capacity_exhausted'],
    ['FailedSystemAlarm', 'internal_error'],
    ['NightNotServedAlarm', 'deferred_in_vain'],
    ['PromisesBrokenAlarm', 'call_back_in_vain'],
  ])('ring %s alone, by their class: %s', (id, outcome) => {
    const ringing = Object.entries(alarms).filter(
      ([, alarm]) => statesOf(alarm, [{ RequestsWaiting: 0, ...hour(1, { [outcome]: 1 }) }])[0] === 'ALARM',
    );
    expect(ringing.map(([name]) => name)).toEqual([id]);
  });
});

describe('a wrong setting', () => {
  it('is over where an hour went without a failure, not in the first quiet minutes', () => {
    const failed = hour(1, { misconfigured: 1 });
    const after = states('FailedSetupAlarm', failed, ...Array.from({ length: 12 }, () => NOTHING));
    expect(after).toEqual([...Array.from({ length: 12 }, () => 'ALARM'), 'OK']);
  });
});

describe('tables', () => {
  it('ring where DynamoDB answers with errors of its own, whatever is asked of it', () => {
    const errors = { 'SystemErrors karte-connect-call-dev-guards UpdateItem': 6 };
    const more = { ...errors, 'SystemErrors karte-connect-call-dev-waiting-room Query': 4 };
    expect(states('TablesFailingAlarm', errors, more)).toEqual(['OK', 'ALARM']);
  });
});

describe('calls', () => {
  const ended = (completed: number, missed: number): Period => ({
    'CallsEnded completed': completed,
    'CallsEnded not_answered': missed,
  });

  it('ring where few of many are answered, and not where there are too few to tell, or none', () => {
    const periods = [ended(5, 15), ended(6, 14), ended(0, 19), NOTHING];
    expect(states('FewAnsweredAlarm', ...periods)).toEqual(['ALARM', 'OK', 'OK', 'OK']);
  });

  it('ring where most end in a voicemail, which presses no key', () => {
    expect(states('FewAnsweredAlarm', { 'CallsEnded completed': 3, 'CallsEnded no_key_pressed': 17 })).toEqual([
      'ALARM',
    ]);
    const reached = { 'CallsEnded completed': 3, 'CallsEnded abandoned': 3, 'CallsEnded no_key_pressed': 14 };
    expect(states('FewAnsweredAlarm', reached)).toEqual(['OK']);
  });

  it('ring where what became of several is not known', () => {
    expect(states('CallsLostAlarm', { 'CallsEnded lost': 2 }, { 'CallsEnded lost': 3 })).toEqual(['OK', 'ALARM']);
  });
});

describe('switches', () => {
  it('ring where calling stays stopped for hours, also where nobody asks, and tell when it goes on', () => {
    const [stopped, calling] = [{ Stopped: 1 }, { Stopped: 0 }];
    expect(states('CallingStoppedAlarm', stopped, stopped, calling, NOTHING)).toEqual(['OK', 'ALARM', 'OK', 'OK']);
    expect(alarms.CallingStoppedAlarm).toMatchObject({ Statistic: 'Minimum', Period: 3_600 });
    expect(alarms.CallingStoppedAlarm).toHaveProperty('OKActions');
  });

  it('leave out every alarm that is null', async () => {
    const off = {
      silentCalls: null,
      unusable: null,
      failedSetup: null,
      fewAnswered: null,
      callingStoppedHours: null,
      queueDisabled: null,
      nobodyFree: null,
      closedInCallingHours: null,
    };
    const fewer = (await alarmsOf('dev', { ...WITH_EVERYTHING, alarms: off } as never)).alarms;
    const left = Object.keys(alarms).filter((id) => !Object.keys(fewer).includes(id));
    expect(left).toEqual([
      ...['SilentCallsAlarm', 'SilentRequestsAlarm', 'RequestsUnusableAlarm'],
      ...['QueueDisabledAlarm', 'NobodyFreeAlarm', 'ClosedInCallingHoursAlarm', 'FailedSetupAlarm'],
      ...['FewAnsweredAlarm', 'CallingStoppedAlarm'],
    ]);
  });
});
