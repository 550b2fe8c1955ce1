import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import {
  BY_TEST,
  karteEvent,
  MANY_AGENTS,
  NO_LIMITS,
  otherVisitor,
  send,
  until,
  WITH_BRITAIN,
} from './path-support.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    speed: 200,
    agents: MANY_AGENTS,
    settings: {
      ...WITH_BRITAIN,
      limits: { ...NO_LIMITS.limits, missedPauseSeconds: 0, triesPerNumberPerDay: 6 },
      retryUnanswered: { times: 1, afterSeconds: 60 },
    },
  });
});

beforeEach(() => stack.connect.setAnswer('human'));

afterAll(async () => {
  await stack.close();
});

let visitors = 0;
/** A visitor with a number of its own asks; the call is over. */
async function ask(answer: 'human' | 'busy' | 'no-answer') {
  visitors += 1;
  stack.connect.setAnswer(answer);
  const content = otherVisitor(visitors, { track_id: '48291532' });
  const { record } = await send(stack, karteEvent(content));
  return { content, record };
}

/** The schedule comes by. */
const sweep = () => stack.runScheduled('sweepCalls');

/** How the try ended that was asked for after a call. */
async function tryAfter({ requestId }: CallRecord): Promise<CallRecord> {
  await sweep();
  const own = (await stack.record(requestId))?.triedAgainAs ?? '';
  expect(own).toBe(`${requestId.replace(/\.try\d$/, '')}.try2`);
  const ended = async () => {
    const { outcome } = (await stack.record(own)) ?? {};
    return outcome !== undefined && outcome !== 'call_placed';
  };
  await until(ended);
  await stack.connect.idle();
  const record = await stack.record(own);
  if (!record) throw new Error('the try has no record');
  return record;
}

describe('a visitor who was not reached', () => {
  it.each([
    ['no-answer', 'not_answered'],
    ['busy', 'busy'],
  ] as const)('(%s) is called once more, under the same inquiry number, and no third time', async (answer, outcome) => {
    const { record } = await ask(answer);
    expect(record).toMatchObject({ outcome });
    stack.connect.setAnswer('human');
    const second = await tryAfter(record);
    expect(second).toMatchObject({ outcome: 'completed', tryOf: record.requestId, try: 2, trackId: '48291532' });
    expect(second.phone).toBe(record.phone);
    await sweep();
    expect((await stack.record(record.requestId))?.tries).toEqual([second.requestId]);
    expect((await stack.record(second.requestId))?.triedAgainAs).toBeUndefined();
  });

  it('and not the second time either is left alone then', async () => {
    const { record } = await ask('no-answer');
    const second = await tryAfter(record);
    expect(second).toMatchObject({ outcome: 'not_answered' });
    await sweep();
    expect((await stack.record(second.requestId))?.triedAgainAs).toBeUndefined();
  });

  it('and calls back is not called again', async () => {
    const { record } = await ask('no-answer');
    stack.connect.setAnswer('human');
    stack.connect.callBack(record.contactId ?? '');
    await until(async () => (await stack.record(record.requestId))?.calledBackAt !== undefined);
    await sweep();
    expect((await stack.record(record.requestId))?.triedAgainAs).toBeUndefined();
  });

  it('is not called once more while calling is stopped', async () => {
    const { record } = await ask('no-answer');
    await stack.controls.setStopped(true, BY_TEST);
    const second = await tryAfter(record);
    await stack.controls.setStopped(false, BY_TEST);
    expect(second).toMatchObject({ outcome: 'calling_disabled', reason: 'stopped' });
    expect(second.contactId).toBeUndefined();
  });

  it('is not called once more after asking again', async () => {
    const { content, record } = await ask('no-answer');
    stack.connect.setAnswer('human');
    expect((await send(stack, karteEvent(content))).record).toMatchObject({ outcome: 'completed' });
    expect(await tryAfter(record)).toMatchObject({ outcome: 'number_held', reason: 'another_since' });
  });
});

it('whoever answers the first time is not called again', async () => {
  const { record } = await ask('human');
  await sweep();
  expect((await stack.record(record.requestId))?.triedAgainAs).toBeUndefined();
});
