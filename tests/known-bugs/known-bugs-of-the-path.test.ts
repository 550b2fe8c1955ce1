import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { karteEvent, NO_LIMITS, secondsToDeadline, send, visitor } from '../e2e/path-support.ts';

// The rest of these bugs is in known-bugs.test.ts; these two show themselves only in the state machine at work.

describe('a throttled or failing Amazon Connect', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ speed: 500, settings: NO_LIMITS });
  });

  afterAll(() => stack.close());

  it('is not asked once and never again, as where the code after an error leaves the loop of retries', async () => {
    // Prepare
    stack.connect.addFault({ kind: 'server-error', times: 3 });

    // Act
    const { record } = await send(stack, karteEvent(visitor()));

    // Assess
    expect(record).toMatchObject({ outcome: 'completed', attempts: 4 });
  });

  it('does not make a success of a call that never went out', async () => {
    // Prepare
    stack.connect.addFault({ kind: 'limit-exceeded', times: 1000 });

    // Act
    const { record, execution } = await send(stack, karteEvent(visitor(), secondsToDeadline(5)));

    // Assess
    expect(record).toMatchObject({ outcome: 'capacity_exhausted', class: 'failed' });
    expect(record).not.toHaveProperty('contactId');
    expect(execution.status).toBe('FAILED');
  });
});
