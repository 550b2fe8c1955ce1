import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localFunctionEvents } from '../function-events.ts';
import { readService } from '../service.ts';
import { localQueues } from '../sqs-queues.ts';

const SPEED = 10;

/** A function that fails so many times before it works. */
function failing(times: number) {
  const payloads: unknown[] = [];
  const invoke = async (_: string, payload: unknown) => {
    payloads.push(payload);
    if (payloads.length <= times) throw new Error('planted');
    return null;
  };
  return { payloads, invoke };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const QUEUE = { name: 'a-queue', function: 'reader', visibilitySeconds: 120, maxReceiveCount: 3 };

describe('a queue of the local stack', () => {
  it('delivers a message after its delay, divided by the speed, in the form Lambda gets it', async () => {
    // Prepare
    const reader = failing(0);
    const queues = localQueues([QUEUE], reader, SPEED);
    // Act
    const { messageId } = queues.send('a-queue', '{"a":1}', 5);
    await vi.advanceTimersByTimeAsync(499);
    expect(reader.payloads).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    // Assess
    expect(reader.payloads).toEqual([
      { Records: [expect.objectContaining({ messageId, body: '{"a":1}', eventSource: 'aws:sqs' })] },
    ]);
  });

  it('delivers again what the function failed on, after the visibility time-out', async () => {
    const reader = failing(1);
    const queues = localQueues([QUEUE], reader, SPEED);
    queues.send('a-queue', 'x');
    await vi.advanceTimersByTimeAsync(11_999);
    expect(reader.payloads).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(reader.payloads).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(reader.payloads).toHaveLength(2);
    expect(queues.deadLetters).toEqual([]);
  });

  it('gives up what the function failed on three times', async () => {
    const reader = failing(100);
    const queues = localQueues([QUEUE], reader, SPEED);
    queues.send('a-queue', 'x');
    await vi.advanceTimersByTimeAsync(100_000);
    expect(reader.payloads).toHaveLength(3);
    expect(queues.deadLetters).toMatchObject([{ body: 'x', receives: 3 }]);
  });

  it('leaves no timer behind when it closes', () => {
    const queues = localQueues([QUEUE], failing(0), SPEED);
    queues.send('a-queue', 'x', 900);
    queues.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not there under another name', () => {
    expect(() => localQueues([QUEUE], failing(0), SPEED).send('another', 'x')).toThrow(/there is no queue another/);
  });
});

describe('the default event bus of the local stack', () => {
  const rules = [{ function: 'reader', pattern: { source: ['aws.connect'] } }];

  it('hands an event to the functions whose rule matches it', async () => {
    const reader = failing(0);
    const events = localFunctionEvents(rules, reader, SPEED, () => undefined);
    events.put({ source: 'aws.connect', id: '1' });
    events.put({ source: 'aws.states', id: '2' });
    await vi.runAllTimersAsync();
    expect(reader.payloads).toEqual([{ source: 'aws.connect', id: '1' }]);
  });

  it('delivers as often and as late as it is told', async () => {
    const reader = failing(0);
    const events = localFunctionEvents(rules, reader, SPEED, () => undefined);
    events.put({ source: 'aws.connect' }, [0, 0, 20]);
    events.put({ source: 'aws.connect' }, []);
    expect(reader.payloads).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(reader.payloads).toHaveLength(3);
  });

  it('runs a function again one and two minutes after it failed, then gives the event up', async () => {
    const reader = failing(100);
    const givenUp: unknown[] = [];
    const events = localFunctionEvents(rules, reader, SPEED, (letter) => givenUp.push(letter));
    events.put({ source: 'aws.connect' });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(reader.payloads).toHaveLength(2);
    expect(givenUp).toEqual([]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(reader.payloads).toHaveLength(3);
    expect(givenUp).toMatchObject([{ event: { source: 'aws.connect' }, errorMessage: 'planted' }]);
  });

  it('delivers nothing any more when it is closed', async () => {
    const reader = failing(0);
    const events = localFunctionEvents(rules, reader, SPEED, () => undefined);
    events.put({ source: 'aws.connect' }, [20]);
    events.close();
    events.put({ source: 'aws.connect' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reader.payloads).toEqual([]);
  });
});

describe('what the local stack reads of serverless.yml', () => {
  const { functionRules, queues, tables } = readService('dev', 0);

  it('are the rules and the queue of its functions', () => {
    expect(functionRules.map(({ function: name }) => name).sort()).toEqual(['settleExecution', 'trackContact']);
    expect(queues).toEqual([
      {
        name: 'karte-connect-call-dev-release',
        function: 'releaseWaiting',
        visibilitySeconds: 120,
        maxReceiveCount: 3,
      },
    ]);
  });

  it('are all tables', () => {
    const names = tables.map(({ TableName }) => TableName.replace('karte-connect-call-dev-', ''));
    expect(names.sort()).toEqual(['calls', 'guards', 'leases', 'waiting-room']);
  });

  it('are settings laid over those of the stage, too', () => {
    const { stage } = readService('local', 0, { limits: { callsPerDay: 7 } });
    expect(stage.file.limits.callsPerDay).toBe(7);
  });
});
