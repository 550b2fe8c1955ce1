import { describe, expect, it } from 'vitest';
import type { CallRequest } from '../../domain/call-request.ts';
import type { Continuing } from '../../domain/call-state.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { prepareCentre } from './centre.ts';
import {
  EXECUTION_ID,
  goodRequest,
  NOW,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { prepareTables } from './tables.ts';

setEnvironment();
const { bookAppointment } = await import('../../functions/book-appointment.ts');

const DAY_S = 24 * 60 * 60;
/** One in the afternoon in Tokyo. */
const CALL_AT = secondsAfter(3_600);
const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };

const asking = (change: Partial<CallRequest> = {}) => ({
  ...goodRequest,
  callAt: CALL_AT.toISOString(),
  deadlineAt: new Date(CALL_AT.getTime() + 30 * 60_000).toISOString(),
  ...change,
});

function prepareBooking(change: Partial<StageSettings> = {}) {
  const tables = prepareTables();
  const settings: StageSettings = {
    ...stage,
    appointments: { maxDays: 30, slotMinutes: 30, perSlot: 1 },
    ...change,
  };
  const centre = prepareCentre(tables);
  const { calls, shared, now } = tables;
  const book = bookAppointment({ stage: settings, calls, centre: centre.readings, shared, now, log: recordingLog() });
  const run = (
    request: CallRequest = asking(),
    { executionId = EXECUTION_ID, ...more }: { executionId?: string } & Pick<Continuing, 'signature'> = {},
  ) => book({ executionId, state: { decision: 'appointment', request: { ...asking(), ...request }, ...more } });
  return {
    ...tables,
    centre,
    run,
    places: async () =>
      (await shared.appointments.taken([QUEUE_ID], ['2026-11-22'])).get(QUEUE_ID)?.get(CALL_AT.getTime()) ?? 0,
  };
}

describe('bookAppointment', () => {
  it('promises the call: the slot is its own, the number is not, and the record says when', async () => {
    const { guard, places, record, run } = prepareBooking();
    const state = await run();
    expect(state).toEqual({
      decision: 'appointment',
      request: { ...asking(), bookedAt: NOW.toISOString() },
      holdsGuards: true,
      appointment: { breakAt: CALL_AT.toISOString(), dueAt: CALL_AT.toISOString() },
    });
    expect(await places()).toBe(1);
    expect(guard(`phone#${goodRequest.phone}`)).toBeUndefined();
    expect(await record()).toMatchObject({
      status: 'claimed',
      callAt: CALL_AT.toISOString(),
      bookedAt: NOW.toISOString(),
      expiresAt: CALL_AT.getTime() / 1000 + 30 * DAY_S,
    });
  });

  it('waits in two parts where the time lies more than 20 days ahead', async () => {
    const { centre, run } = prepareBooking();
    const far = secondsAfter(3_600 + 25 * DAY_S);
    centre.queue = {
      ...centre.queue,
      openingHours: { timeZone: 'Asia/Tokyo', intervals: [{ date: '2026-12-17', start: 0, end: 0 }] },
    };
    expect(await run(asking({ callAt: far.toISOString() }))).toMatchObject({
      appointment: { breakAt: secondsAfter(20 * DAY_S).toISOString(), dueAt: far.toISOString() },
    });
  });

  it('may be repeated, and takes one place', async () => {
    const { places, run } = prepareBooking();
    await run();
    expect(await run()).toMatchObject({ decision: 'appointment' });
    expect(await places()).toBe(1);
  });

  it('is a duplicate where another execution has the request', async () => {
    const { places, run } = prepareBooking();
    await run();
    const again = await run(asking(), { executionId: `${EXECUTION_ID}-again` });
    expect(again).toMatchObject({ ending: { outcome: 'duplicate' }, holdsGuards: false });
    expect(await places()).toBe(1);
  });

  it.each<[string, string, (world: ReturnType<typeof prepareBooking>) => unknown]>([
    ['calling_disabled', 'stopped', ({ shared }) => shared.controls.setStopped(true, WHO)],
    [
      'number_blocked',
      'opted_out',
      ({ shared }) => shared.controls.block({ phone: goodRequest.phone, kind: 'opted_out', ...WHO }),
    ],
    [
      'queue_disabled',
      'disabled',
      ({ centre }) => Object.assign(centre, { queue: { ...centre.queue, enabled: false } }),
    ],
    ['limit_reached', 'requests_per_minute', ({ shared }) => shared.controls.setLimits({ requestsPerMinute: 0 }, WHO)],
    [
      'appointment_refused',
      'closed_then',
      ({ centre }) => {
        const intervals = [{ date: '2026-11-22', start: 0, end: 13 * 60 + 29 }];
        centre.queue = { ...centre.queue, openingHours: { timeZone: 'Asia/Tokyo', intervals } };
      },
    ],
    [
      'appointment_refused',
      'slot_full',
      ({ run }) => run(asking({ requestId: 'other', phone: '+447700900001' }), { executionId: 'other' }),
    ],
    [
      'appointment_refused',
      'number_has_slot',
      ({ run }) => run(asking({ requestId: 'other' }), { executionId: 'other' }),
    ],
  ])('promises nothing: %s (%s)', async (outcome, reason, happens) => {
    const world = prepareBooking();
    await happens(world);
    const before = await world.places();
    expect(await world.run()).toMatchObject({ decision: 'end', ending: { outcome, reason }, holdsGuards: true });
    expect(await world.places()).toBe(before);
  });

  it('gives the place back where the request was cancelled while it was taken', async () => {
    const { calls, interference, places, record, run } = prepareBooking();
    const cancelled = { outcome: 'cancelled', reason: 'by_staff', class: 'refused' } as const;
    interference.before = async ({ key, name }) => {
      if (!key?.startsWith('slots#') || name !== 'UpdateCommand') return;
      interference.before = () => undefined;
      await calls.settle(
        { requestId: REQUEST_ID, executionId: EXECUTION_ID, endedAt: '', ...cancelled },
        await record(),
      );
    };
    expect(await run()).toMatchObject({ ending: { outcome: 'duplicate' } });
    expect(await places()).toBe(0);
    expect(await record()).toMatchObject(cancelled);
  });

  it('uses up a signature once, now and not when it is due', async () => {
    const { run } = prepareBooking({ signature: { mode: 'required', secretName: 'keys' } });
    const signature = { nonce: 'nonce', expiresAt: secondsAfter(300).toISOString() };
    expect(await run(asking(), { signature })).not.toHaveProperty('signature');
    const other = asking({ requestId: 'other', phone: '+447700900001' });
    expect(await run(other, { signature, executionId: 'other' })).toMatchObject({
      ending: { outcome: 'signature_refused', reason: 'already_used' },
    });
  });
});
