import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';
import { commandHere } from '../run-command.ts';
import {
  BY_TEST,
  ended,
  entered,
  karteEvent,
  NUMBER_FORMS,
  otherVisitor,
  send,
  start,
  until,
  visitor,
  WITH_BRITAIN,
} from './path-support.ts';

let stack: Stack;

/** Only the clock is the test's; timers run. */
const clock = (time: string) => vi.setSystemTime(new Date(`${time}+09:00`));

const ASKED = '2026-11-01T12:00:00';
/** 28 days later: more than one wait of the state machine may take. */
const CALL_AT = '2026-11-29T10:00:00+09:00';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(async () => {
  await stack.close();
  vi.useRealTimers();
});

const open = (start: string, end: string) => {
  const day = [{ start, end }];
  return { SUNDAY: day, MONDAY: day, TUESDAY: day, WEDNESDAY: day, THURSDAY: day, FRIDAY: day, SATURDAY: day };
};
const setHours = (start: string, end: string) => {
  for (const { id } of stack.connect.queues()) stack.connect.updateQueue(id, { hours: open(start, end) });
};

/** The stack at the time at which they ask; its queues open at 9 and close at 18. */
async function up(settings: StageOverrides = {}): Promise<void> {
  clock(ASKED);
  stack = await startStack({
    speed: 200,
    agents: 5,
    settings: { appointments: { maxDays: 30, slotMinutes: 30, perSlot: 1 }, ...settings },
  });
  setHours('09:00', '18:00');
}

const at = (call_at: unknown, fields: Record<string, unknown> = {}) => karteEvent(visitor({ call_at, ...fields }));

/** Asks for a call at a time, and waits until it is promised. */
async function promised(event = at(CALL_AT)) {
  const execution = start(stack, event);
  await until(() => execution.states.some(({ name }) => ['WaitForAppointment', 'RecordOutcome'].includes(name)));
  return execution;
}

describe('an appointment', () => {
  it('is called at its time and not before, past every guard, and counts on that day', async () => {
    // Prepare
    await up({ limits: { callsPerNumberPerDay: 1 } });
    const event = at(CALL_AT);
    const execution = await promised(event);
    expect(await stack.record(String(event.id))).toMatchObject({
      status: 'claimed',
      callAt: '2026-11-29T01:00:00.000Z',
    });
    // It holds its slot, and not the number: who asks for a call now is called now.
    expect((await send(stack, karteEvent(visitor()))).record.outcome).toBe('completed');
    expect(stack.connect.contacts()).toHaveLength(1);
    // Act
    clock('2026-11-21T12:00:01');
    await entered(execution, 'WaitUntilDue');
    clock('2026-11-29T09:59:59');
    expect(execution.states.at(-1)?.name).toBe('WaitUntilDue');
    clock('2026-11-29T10:00:00');
    const { record, contact } = await ended(stack, execution);
    // Assess
    expect(record).toMatchObject({ outcome: 'completed', attempts: 1, bookedAt: expect.any(String) });
    expect(contact?.initiatedAt).toBe('2026-11-29T01:00:00.000Z');
    expect(contact?.attributes).not.toHaveProperty('call_at');
    expect((await send(stack, karteEvent(visitor()))).record.reason).toBe('number_per_day');
  });

  it('is refused where the slot is full, the queue is closed then, or the number has it already', async () => {
    await up(WITH_BRITAIN);
    await promised();
    expect((await send(stack, at(CALL_AT))).record.reason).toBe('number_has_slot');
    const full = await send(stack, karteEvent(otherVisitor(1, { call_at: CALL_AT })));
    expect(full.record).toMatchObject({ outcome: 'appointment_refused', reason: 'slot_full', class: 'refused' });
    expect((await send(stack, at('2026-11-29T18:00:00+09:00'))).record.reason).toBe('closed_then');
    expect(stack.connect.contacts()).toEqual([]);
  });

  it('is no call at once in a stage that makes none', async () => {
    await up({ appointments: null });
    const { record } = await send(stack, at(CALL_AT));
    expect(record).toMatchObject({ outcome: 'appointment_refused', reason: 'not_offered' });
    expect(stack.connect.contacts()).toEqual([]);
  });

  it('is called after the opening, where the hours were moved meanwhile and the stage waits', async () => {
    await up({ whenClosed: { do: 'wait', maxDelaySeconds: 7_200 } });
    const execution = await promised();
    setHours('11:00', '18:00');
    clock('2026-11-29T10:00:00');
    await entered(execution, 'WaitForOpening');
    clock('2026-11-29T11:00:12');
    expect((await ended(stack, execution)).record.outcome).toBe('completed');
  });

  it.each([
    ['closed_when_due', () => setHours('11:00', '18:00')],
    ['stopped', () => stack.controls.setStopped(true, BY_TEST)],
  ] as const)('is a matter for an operator where it is not called: %s', async (reason, happens) => {
    await up();
    const execution = await promised();
    await happens();
    clock('2026-11-29T10:00:00');
    const { record } = await ended(stack, execution);
    expect(record).toMatchObject({ outcome: 'appointment_missed', reason, class: 'failed', attempts: 0 });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'appointment_missed' });
    expect(stack.connect.contacts()).toEqual([]);
  });

  it('is settled where its execution is aborted, and its slot is free again', async () => {
    await up();
    const event = at(CALL_AT);
    const execution = await promised(event);
    await stack.stateMachine.abort(execution.name);
    await stack.idle();
    expect(await stack.record(String(event.id))).toMatchObject({ reason: 'execution_aborted' });
    expect((await promised()).states.at(-1)?.name).toBe('WaitForAppointment');
  });
});

describe('npm run calls -- cancel', () => {
  const calls = (...args: string[]) => commandHere('calls', args, { env: { PORT: new URL(stack.url).port } });

  it('shows what it would cancel, cancels it, and says so when there is nothing left to cancel', async () => {
    // Prepare
    await up();
    const event = at(CALL_AT, { track_id: '48291532' });
    const execution = await promised(event);
    // Act
    const shown = await calls('cancel', '4829-1532');
    const [list, one, status] = [await calls('list'), await calls('show', '4829-1532'), await calls('status')];
    await promised(at('2026-11-30T10:00:00+09:00', { track_id: '48291532' }));
    const several = await calls('cancel', '4829-1532', '--why', 'the customer rang');
    const cancelled = await calls('cancel', String(event.id), '--why', 'the customer rang');
    const again = await calls('cancel', String(event.id), '--why', 'once more');
    await execution.done;
    // Assess
    expect(shown.stdout).toMatch(/\+81\*{6}5678, asked on 2026-11-01 12:00:00 for a call at 2026-11-29 10:00:00/);
    expect(shown.stdout).toContain('Nothing was cancelled. To cancel it, add --why');
    expect(list.stdout).toMatch(/call at .+ 2026-11-29 10:00 +appointment \(claimed\)/s);
    expect(one.stdout).toMatch(/call at +2026-11-29 10:00:00/);
    expect(one.stdout).toContain('The call was promised for that time.');
    expect(status.stdout).toContain('appointments  1 ahead, the next at 2026-11-29 10:00:00');
    expect(several).toMatchObject({ code: 1, stdout: '' });
    expect(several.stderr).toMatch(/^several requests with this inquiry number are waiting: give the id of one\n/);
    expect(cancelled).toMatchObject({ code: 0, stderr: '' });
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain('it has been cancelled already');
    expect(
      [shown, list, one, several, cancelled, again].map(({ stdout, stderr }) => stdout + stderr).join(),
    ).not.toMatch(NUMBER_FORMS);
    expect(execution.status).toBe('ABORTED');
    expect(await stack.record(String(event.id))).toMatchObject({ outcome: 'cancelled', reason: 'by_staff' });
    expect((await promised()).states.at(-1)?.name).toBe('WaitForAppointment');
  });
});
