import { afterEach, describe, expect, it } from 'vitest';
import { executionStatusChange } from '../../packages/sandbox/execution-status-change.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { agentComes, ended, entered, inLine, karteEvent, send, start, until, visitor } from './path-support.ts';

let stack: Stack;

afterEach(async () => {
  await stack.close();
});

const outcomeOf = async (requestId: unknown) => (await stack.record(String(requestId)))?.outcome;

describe('an execution that is aborted while it waits for an agent', () => {
  it('leaves one outcome, and gives back number, count and place in line', async () => {
    // Prepare
    stack = await startStack({
      speed: 60,
      agents: 0,
      settings: { request: { maxAgeSeconds: 3600 }, limits: { callsPerDay: 1 } },
    });
    const event = karteEvent(visitor());
    const execution = start(stack, event);
    await inLine(stack, 1);
    // Act
    await stack.stateMachine.abort(execution.name);
    await stack.idle();
    // Assess
    expect(await stack.record(String(event.id))).toMatchObject({
      status: 'ended',
      outcome: 'internal_error',
      reason: 'execution_aborted',
    });
    await inLine(stack, 0);
    const again = start(stack, karteEvent(visitor()));
    await inLine(stack, 1);
    agentComes(stack);
    expect((await ended(stack, again)).record.outcome).toBe('completed');
  });

  it('is settled once, however often it is told of', async () => {
    stack = await startStack({ speed: 20, agents: 0 });
    const event = karteEvent(visitor());
    const execution = start(stack, event);
    await inLine(stack, 1);
    await stack.stateMachine.abort(execution.name);
    await stack.idle();
    const record = await stack.record(String(event.id));
    await stack.functions.invoke('settleExecution', executionStatusChange(execution));
    expect(await stack.record(String(event.id))).toEqual(record);
  });
});

describe('an execution that is aborted while Amazon Connect is being asked', () => {
  it('leaves an unconfirmed call, whose contact tells in the end what became of it, and the number is not called meanwhile', async () => {
    // Prepare: Amazon Connect takes the call, and its answer is lost.
    stack = await startStack({ speed: 200, agents: 5, settings: { limits: { coolDownSeconds: 600 } } });
    stack.connect.addFault({ kind: 'timeout-after-accepting', times: 1 });
    const event = karteEvent(visitor());
    const execution = start(stack, event);
    await entered(execution, 'StartCall');
    await until(() => stack.connect.contacts().length === 1);
    // Act
    await stack.stateMachine.abort(execution.name);
    await until(async () => (await outcomeOf(event.id)) !== undefined);
    // Assess
    expect(await stack.record(String(event.id))).toMatchObject({
      outcome: 'call_unconfirmed',
      reason: 'execution_ended',
    });
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'number_held' });
    await until(async () => (await outcomeOf(event.id)) === 'completed');
    expect(stack.connect.contacts()).toHaveLength(1);
  });
});

describe('an execution that fails because an operator must act', () => {
  it('keeps the outcome it has recorded itself', async () => {
    stack = await startStack({ speed: 200 });
    stack.connect.addFault({ kind: 'destination-not-allowed', times: 1 });
    const { record, execution } = await send(stack, karteEvent(visitor()));
    await stack.idle();
    expect(execution.status).toBe('FAILED');
    expect(record.outcome).toBe('destination_not_allowed');
    expect(await stack.record(record.requestId)).toEqual(record);
  });
});
