import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../packages/sandbox/connect/connect-faults.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import type { Execution } from '../../packages/sandbox/state-machine.ts';
import { karteEvent, NO_LIMITS, NUMBER_FORMS, secondsToDeadline, send, visitor } from './path-support.ts';

let stack: Stack;

// A fault that lasts moves everybody's turns: each test has the stack to itself.
beforeEach(async () => {
  stack = await startStack({ speed: 500, settings: NO_LIMITS });
});

afterEach(async () => {
  const { logs } = stack.functions;
  await stack.close();
  expect(logs().filter((line) => NUMBER_FORMS.test(line))).toEqual([]);
});

/** Errors of every attempt, also of those between which the call took a later turn. */
const startCallErrors = ({ states }: Execution) =>
  states.filter(({ name }) => name === 'StartCall').flatMap(({ errors }) => errors);

describe('a passing fault of Amazon Connect', () => {
  it.each<[FaultKind, string]>([
    ['throttle', 'ConnectThrottled'],
    ['server-error', 'ConnectUnavailable'],
    ['limit-exceeded', 'ConnectLimitExceeded'],
  ])('%s is retried until the call goes out', async (kind, errorName) => {
    // Prepare
    stack.connect.addFault({ kind, times: 2 });
    const before = stack.connect.contacts().length;
    // Act
    const { record, execution } = await send(stack, karteEvent(visitor()));
    // Assess
    expect(startCallErrors(execution)).toEqual([errorName, errorName]);
    expect(record).toMatchObject({ outcome: 'completed', attempts: 3, lastError: errorName });
    expect(stack.connect.contacts().length - before).toBe(1);
  });

  it.each<FaultKind>(['timeout-before-accepting', 'timeout-after-accepting'])(
    '%s ends in one call, because every attempt carries the same token',
    async (kind) => {
      stack.connect.addFault({ kind, times: 1 });
      const before = stack.connect.contacts().length;
      const { record, execution } = await send(stack, karteEvent(visitor()));
      expect(startCallErrors(execution)).toEqual(['ConnectUnavailable']);
      expect(record).toMatchObject({ outcome: 'completed', attempts: 2 });
      expect(stack.connect.contacts().length - before).toBe(1);
    },
  );

  it('in reading the queue is retried too', async () => {
    stack.connect.addFault({ kind: 'throttle', operation: 'GetCurrentMetricData', times: 2 });
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record.outcome).toBe('completed');
  });
});

describe('a lasting fault of Amazon Connect', () => {
  it.each<[FaultKind, string, string]>([
    ['throttle', 'throttled', 'api_rate'],
    ['server-error', 'call_unconfirmed', 'connect_unavailable'],
    ['limit-exceeded', 'capacity_exhausted', 'quota'],
  ])('%s ends in %s, fails the execution and keeps the error', async (kind, outcome, reason) => {
    stack.connect.addFault({ kind, times: 1000 });
    const { record, execution } = await send(stack, karteEvent(visitor(), secondsToDeadline(20)));
    expect(record).toMatchObject({ outcome, reason, class: 'failed' });
    expect(record.attempts).toBeGreaterThan(2);
    expect(execution).toMatchObject({ status: 'FAILED' });
  });

  it.each<[FaultKind, string]>([
    ['destination-not-allowed', 'destination_not_allowed'],
    ['outbound-not-permitted', 'outbound_not_permitted'],
    ['access-denied', 'access_denied'],
  ])('%s is not retried', async (kind, outcome) => {
    stack.connect.addFault({ kind, times: 1000 });
    const { record, execution } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome, class: 'failed', attempts: 1 });
    expect(execution.status).toBe('FAILED');
  });

  it('in reading the queue calls nobody', async () => {
    stack.connect.addFault({ kind: 'server-error', operation: 'DescribeQueue', times: 1000 });
    const before = stack.connect.contacts().length;
    const { record, execution } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'queue_unreadable', attempts: 0 });
    expect(execution.status).toBe('FAILED');
    expect(stack.connect.contacts().length).toBe(before);
  });
});

describe('a refused request', () => {
  it('ends as misconfigured', async () => {
    stack.connect.addFault({ kind: 'invalid-request', times: 1 });
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'misconfigured', reason: 'request_rejected', attempts: 1 });
  });
});

describe('a ring time-out that is refused', () => {
  const wanted = { ...NO_LIMITS, connect: { ringTimeoutSeconds: 25 } };

  it('is left out, told, and not tried again at the next call', async () => {
    // Prepare
    await stack.close();
    stack = await startStack({ speed: 500, settings: wanted, ringTimeoutNeedsCampaign: true });
    const refusals = () => stack.functions.logs().filter((line) => line.includes('refuses ringTimeoutSeconds'));

    // Act
    const calls = [await send(stack, karteEvent(visitor())), await send(stack, karteEvent(visitor()))];

    // Assess
    for (const { record, execution } of calls) {
      expect(record).toMatchObject({ outcome: 'completed', attempts: 1, ringTimeoutRefused: true });
      expect(execution.states.map(({ output }) => output)).toContainEqual(
        expect.objectContaining({ contactId: record.contactId, ringTimeoutRefused: true }),
      );
    }
    expect(refusals()).toHaveLength(1);
  });

  it('is not what else was wrong with the request', async () => {
    await stack.close();
    stack = await startStack({ speed: 500, settings: wanted });
    stack.connect.addFault({ kind: 'invalid-request', times: 2 });
    const { record } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome: 'misconfigured', reason: 'request_rejected', attempts: 1 });
    expect(record).not.toHaveProperty('ringTimeoutRefused');
  });
});

describe('a queue that cannot take the call', () => {
  it.each([
    [{ queuesOpen: false }, 'queue_closed', 'outside_opening_hours'],
    [{ queuesEnabled: false }, 'queue_disabled', 'disabled'],
    [{ agents: 0 }, 'no_agents_available', 'waited_in_vain'],
  ])('with %j the request ends quietly as %s', async (options, outcome, reason) => {
    await stack.close();
    stack = await startStack({ speed: 500, settings: NO_LIMITS, ...options });
    const { record, execution } = await send(stack, karteEvent(visitor()));
    expect(record).toMatchObject({ outcome, reason, class: 'unavailable', attempts: 0 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(stack.connect.contacts()).toEqual([]);
  });
});
