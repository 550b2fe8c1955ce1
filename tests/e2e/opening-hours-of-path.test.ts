import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';
import { BY_TEST, ended, entered, karteEvent, send, start, visitor } from './path-support.ts';

let stack: Stack;

/** Only the clock is the test's; timers run. */
const clock = (time: string) => vi.setSystemTime(new Date(`2026-11-24T${time}+09:00`));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(async () => {
  await stack.close();
  vi.useRealTimers();
});

/** The stack at a time of the day (in Japan); its queues open at 9 and close at 18. */
async function upAt(time: string, settings: StageOverrides = {}): Promise<void> {
  clock(time);
  stack = await startStack({ speed: 200, agents: 5, settings });
  const day = [{ start: '09:00', end: '18:00' }];
  const hours = { SUNDAY: day, MONDAY: day, TUESDAY: day, WEDNESDAY: day, THURSDAY: day, FRIDAY: day, SATURDAY: day };
  for (const { id } of stack.connect.queues()) stack.connect.updateQueue(id, { hours });
}

const WAIT: StageOverrides = { whenClosed: { do: 'wait', maxDelaySeconds: 3600 } };

describe('a request that comes while the queue is closed', () => {
  it('is refused', async () => {
    await upAt('18:00:00');
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'queue_closed', reason: 'outside_opening_hours', attempts: 0 });
  });

  it('is called after the opening, where the stage lets it wait', async () => {
    // Prepare
    await upAt('08:50:00', WAIT);
    const execution = start(stack, karteEvent(visitor()));
    await entered(execution, 'WaitForOpening');
    expect(stack.connect.contacts()).toEqual([]);
    // Act: longer than a request is otherwise allowed to take; the line of the night gathers first.
    clock('09:00:02');
    await entered(execution, 'WaitForAgent');
    expect(stack.connect.contacts()).toEqual([]);
    clock('09:00:12');
    const { record, contact } = await ended(stack, execution);
    // Assess
    expect(record.outcome).toBe('completed');
    expect(contact?.initiatedAt).toBe('2026-11-24T00:00:12.000Z');
    const visits = execution.states.map(({ name }) => name);
    expect(visits.filter((name) => name === 'WaitForOpening')).toHaveLength(1);
    expect(visits.filter((name) => name === 'CheckQueue')).toHaveLength(2);
  });

  it('holds its number until then', async () => {
    // Longer before the opening than a number is otherwise held.
    await upAt('08:10:00', WAIT);
    const execution = start(stack, karteEvent(visitor()));
    await entered(execution, 'WaitForOpening');
    clock('08:59:59');
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'number_held', reason: 'live_request' });
  });

  it('is not called after the opening when calling was stopped meanwhile', async () => {
    await upAt('08:50:00', WAIT);
    const execution = start(stack, karteEvent(visitor()));
    await entered(execution, 'WaitForOpening');
    await stack.controls.setStopped(true, BY_TEST);
    clock('09:00:02');
    expect((await ended(stack, execution)).record).toMatchObject({ outcome: 'calling_disabled' });
    expect(stack.connect.contacts()).toEqual([]);
  });

  it('is refused where the opening is too far away', async () => {
    await upAt('07:50:00', WAIT);
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'queue_closed', reason: 'opens_too_late' });
  });
});

describe('a request that comes outside the calling hours of the stage', () => {
  it('is refused, though the queue is open', async () => {
    await upAt('17:00:00', { callingHours: { start: '10:00', end: '17:00' } });
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'queue_closed', reason: 'outside_calling_hours' });
  });
});
