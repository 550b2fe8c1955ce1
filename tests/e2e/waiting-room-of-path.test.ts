import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { type StackOptions, startStack } from '../../packages/sandbox/start-stack.ts';
import type { Execution } from '../../packages/sandbox/state-machine.ts';
import {
  agentComes,
  ended,
  inLine,
  karteEvent,
  otherVisitor,
  start,
  until,
  WITH_BRITAIN,
  waitingRoom,
} from './path-support.ts';

let stack: Stack;

/** Nobody gives up: the deadline of a request comes after a minute. */
const up = async (options: StackOptions) => {
  const request = { ...WITH_BRITAIN.request, maxAgeSeconds: 3600 };
  stack = await startStack({ speed: 60, settings: { request }, ...options });
};

afterEach(async () => {
  const { queues, bus } = stack;
  await stack.close();
  expect([...queues.deadLetters, ...bus.deadLetters]).toEqual([]);
});

/** Starts a request, and waits until it is in line as the one of that number. */
async function waits(place: number): Promise<Execution> {
  const execution = start(stack, karteEvent(otherVisitor(place)));
  await inLine(stack, place);
  return execution;
}

const statesOf = ({ states }: Execution) => states.map(({ name }) => name);
const placed = (count: number) => until(() => stack.connect.contacts().length === count);

describe('requests that wait for an agent', () => {
  it('are served first come, first served', async () => {
    // Prepare
    await up({ agents: 0 });
    const first = await waits(1);
    const second = await waits(2);
    // Act: an agent logs in, of which no event tells.
    agentComes(stack);
    await first.done;
    // Assess
    await placed(1);
    expect(stack.connect.contacts()[0]?.destination).toBe('+441134960001');
    expect(statesOf(second)).not.toContain('WaitForTurn');
    agentComes(stack);
    await second.done;
    expect(stack.connect.contacts().map(({ destination }) => destination)).toEqual(['+441134960001', '+441134960002']);
  });

  it('enter ten states, however long they wait', async () => {
    await up({ agents: 0 });
    const execution = await waits(1);
    agentComes(stack);
    const { record } = await ended(stack, execution);
    expect(record.outcome).toBe('completed');
    expect(statesOf(execution)).toEqual([
      'ValidateRequest',
      'IsRequestValid',
      'CheckQueue',
      'CanQueueTakeIt',
      'WaitForAgent',
      'WaitForTurn',
      'StartCall',
      'RecordOutcome',
      'MustSomebodyAct',
      'RequestEnded',
    ]);
  });

  it('get the agent of a call that nobody answered when its events tell that it is over', async () => {
    // Prepare: the phone of the first rings, for at most 30 s, until the other two are in line.
    await up({ agents: 1, answer: 'by-hand', speed: 2 });
    const first = start(stack, karteEvent(otherVisitor(1)));
    await placed(1);
    stack.connect.setAnswer('busy');
    const others = [2, 3].map((index) => start(stack, karteEvent(otherVisitor(index))));
    await inLine(stack, 2);
    // Act
    stack.connect.hangUp(stack.connect.contacts()[0]?.id ?? '');
    // Assess
    const all = await Promise.all([first, ...others].map((execution) => ended(stack, execution)));
    expect(all.map(({ record }) => record.outcome)).toEqual(['busy', 'busy', 'busy']);
  });

  it('suffer no harm from events that come twice, late and out of order', async () => {
    await up({
      agents: 1,
      answer: 'busy',
      contactEvents: ({ detail }) => (detail.eventType === 'DISCONNECTED' ? [20, 0] : [0, 10, 10]),
    });
    const executions = [1, 2].map((index) => start(stack, karteEvent(otherVisitor(index))));
    const all = await Promise.all(executions.map((execution) => ended(stack, execution)));
    expect(all.map(({ record }) => record.outcome)).toEqual(['busy', 'busy']);
  });
});

describe('a newcomer', () => {
  it('does not overtake anyone who waits already, though an agent is free', async () => {
    // Prepare: somebody has waited since before, and nothing has told the release function yet.
    await up({ agents: 2 });
    const room = waitingRoom(stack);
    const earlier = '2026-01-01T00:00:00.000Z#an-earlier-request';
    await room.enter({
      queueId: room.queueId,
      place: earlier,
      requestId: 'an-earlier-request',
      token: 'nobody waits on this token any more',
      deadlineAt: new Date(Date.now() + 600_000).toISOString(),
    });
    // Act
    const execution = start(stack, karteEvent(otherVisitor(1)));
    const { record } = await ended(stack, execution);
    // Assess: it got in line, and was called when the line was served.
    expect(statesOf(execution)).toContain('WaitForAgent');
    expect(record.outcome).toBe('completed');
    expect(await inLine(stack, 0)).toEqual([]);
  });
});

describe('a task token', () => {
  it('that is answered again harms nobody', async () => {
    // Prepare
    await up({ agents: 0 });
    const execution = start(stack, karteEvent(otherVisitor(1)));
    const [waiter] = await inLine(stack, 1);
    agentComes(stack);
    const { record } = await ended(stack, execution);
    const client = new SFNClient({
      endpoint: `${stack.url}/aws/states`,
      region: 'ap-northeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    // Act
    const again = client.send(new SendTaskSuccessCommand({ taskToken: waiter?.token, output: '{}' }));
    // Assess
    await expect(again).rejects.toMatchObject({ name: 'TaskTimedOut' });
    client.destroy();
    expect(await stack.record(record.requestId)).toEqual(record);
    expect(stack.connect.contacts()).toHaveLength(1);
  });

  it('is answered once, however many release functions run', async () => {
    await up({ agents: 0 });
    const first = await waits(1);
    const second = await waits(2);
    agentComes(stack);
    agentComes(stack);
    for (let nudge = 0; nudge < 10; nudge += 1) stack.queues.send('karte-connect-call-local-release', '{}');
    await Promise.all([first.done, second.done]);
    expect(stack.connect.contacts()).toHaveLength(2);
    expect(await inLine(stack, 0)).toEqual([]);
  });
});
