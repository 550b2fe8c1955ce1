import { afterEach, describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import type { Execution } from '../../packages/sandbox/state-machine.ts';
import {
  BY_TEST,
  ended,
  entered,
  inLine,
  karteEvent,
  NO_LIMITS,
  otherVisitor,
  send,
  start,
  until,
  WITH_BRITAIN,
} from './path-support.ts';

let stack: Stack;

afterEach(async () => {
  await stack.close();
});

/** The record of an execution that places no call. */
async function endedRecord(execution: Execution) {
  await execution.done;
  const { requestId } = execution.output as { requestId: string };
  return stack.record(requestId);
}

const STOPPED = { outcome: 'calling_disabled', reason: 'stopped', class: 'unavailable', attempts: 0 };

/** One call has left, and the next one's turn comes five seconds later. @returns the execution of the next one */
async function waitingForItsTurn(): Promise<Execution> {
  const pacing = { callsPerSecond: 0.1, burst: 1, keptForJitter: 0 };
  stack = await startStack({ speed: 2, agents: 5, settings: { ...WITH_BRITAIN, pacing } });
  start(stack, karteEvent(otherVisitor(1)));
  await until(() => stack.connect.contacts().length === 1);
  const execution = start(stack, karteEvent(otherVisitor(2)));
  await entered(execution, 'WaitForTurn');
  return execution;
}

describe('the emergency stop', () => {
  it('refuses what comes after it, until calling goes on', async () => {
    stack = await startStack({
      speed: 200,
      settings: { ...WITH_BRITAIN, ...NO_LIMITS },
    });
    await stack.controls.setStopped(true, BY_TEST);
    const { record, execution } = await send(stack, karteEvent(otherVisitor(1)));
    expect(record).toMatchObject(STOPPED);
    expect(execution.status).toBe('SUCCEEDED');
    await stack.controls.setStopped(false, BY_TEST);
    expect((await send(stack, karteEvent(otherVisitor(1)))).record.outcome).toBe('completed');
  });

  it('sends away anyone who waits for an agent', async () => {
    // Prepare
    stack = await startStack({ speed: 20, agents: 0, settings: WITH_BRITAIN });
    const executions = [1, 2].map((index) => start(stack, karteEvent(otherVisitor(index))));
    await inLine(stack, 2);
    // Act
    await stack.controls.setStopped(true, BY_TEST);
    const all = await Promise.all(executions.map((execution) => ended(stack, execution)));
    // Assess
    for (const { record, execution } of all) {
      expect(record).toMatchObject(STOPPED);
      expect(execution.status).toBe('SUCCEEDED');
    }
    expect(stack.connect.contacts()).toEqual([]);
    await inLine(stack, 0);
  });

  it('holds back a call whose turn was given out already', async () => {
    // Prepare
    const execution = await waitingForItsTurn();
    // Act
    await stack.controls.setStopped(true, BY_TEST);
    // Assess
    expect(await endedRecord(execution)).toMatchObject(STOPPED);
    expect(stack.connect.contacts()).toHaveLength(1);
  });
});

describe('a number that is blocked while its call waits for its turn', () => {
  it('is not called', async () => {
    const execution = await waitingForItsTurn();
    await stack.controls.block({ phone: '+441134960002', kind: 'opted_out', ...BY_TEST });
    expect(await endedRecord(execution)).toMatchObject({ outcome: 'number_blocked', reason: 'opted_out' });
    expect(stack.connect.contacts()).toHaveLength(1);
  });
});
