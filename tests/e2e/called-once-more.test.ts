import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import type { ContactEvent } from '../../packages/sandbox/connect/contact-events.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import {
  BY_TEST,
  karteEvent,
  MANY_AGENTS,
  NO_LIMITS,
  otherVisitor,
  start,
  until,
  WITH_BRITAIN,
} from './path-support.ts';

let stack: Stack;
/** What tells that the first call is over: held back until the test has set the world for what follows. */
let untold: ContactEvent[] | undefined;

beforeAll(async () => {
  stack = await startStack({
    speed: 200,
    agents: MANY_AGENTS,
    contactEvents(event) {
      if (!untold || !['DISCONNECTED', 'COMPLETED'].includes(event.detail.eventType)) return [0];
      untold.push(event);
      return [];
    },
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
/** A visitor with a number of its own asks; the call is over, and nobody has told. @returns the id of the request */
async function ask(answer: 'human' | 'busy' | 'no-answer'): Promise<string> {
  visitors += 1;
  stack.connect.setAnswer(answer);
  untold = [];
  const execution = start(stack, karteEvent(otherVisitor(visitors, { track_id: '48291532' })));
  await execution.done;
  await stack.connect.idle();
  return (execution.output as { requestId: string }).requestId;
}

/** Now it is told that the call is over. @returns its record */
async function isTold(requestId: string): Promise<CallRecord | undefined> {
  const events = untold ?? [];
  untold = undefined;
  for (const event of events) await stack.functions.invoke('trackContact', event);
  return stack.record(requestId);
}

/** The schedule comes by. */
const sweep = () => stack.runScheduled('sweepCalls');

/** How the try ended that was asked for after a call. */
async function tryAfter(requestId: string): Promise<CallRecord> {
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
    const requestId = await ask(answer);
    stack.connect.setAnswer('human');
    const first = await isTold(requestId);
    expect(first).toMatchObject({ outcome });
    const second = await tryAfter(requestId);
    expect(second).toMatchObject({ outcome: 'completed', tryOf: requestId, try: 2, trackId: '48291532' });
    expect(second.phone).toBe(first?.phone);
    await sweep();
    expect((await stack.record(requestId))?.tries).toEqual([second.requestId]);
    expect((await stack.record(second.requestId))?.triedAgainAs).toBeUndefined();
  });

  it('and not the second time either is left alone then', async () => {
    const requestId = await ask('no-answer');
    await isTold(requestId);
    const second = await tryAfter(requestId);
    expect(second).toMatchObject({ outcome: 'not_answered' });
    await sweep();
    expect((await stack.record(second.requestId))?.triedAgainAs).toBeUndefined();
  });

  it('and calls back is not called again', async () => {
    const requestId = await ask('no-answer');
    stack.connect.callBack((await stack.record(requestId))?.contactId ?? '');
    await until(async () => (await stack.record(requestId))?.calledBackAt !== undefined);
    expect(await isTold(requestId)).toMatchObject({ outcome: 'not_answered' });
    await sweep();
    expect((await stack.record(requestId))?.triedAgainAs).toBeUndefined();
  });

  it('is not called once more while calling is stopped', async () => {
    const requestId = await ask('no-answer');
    await stack.controls.setStopped(true, BY_TEST);
    await isTold(requestId);
    const second = await tryAfter(requestId);
    await stack.controls.setStopped(false, BY_TEST);
    expect(second).toMatchObject({ outcome: 'calling_disabled', reason: 'stopped' });
    expect(second.contactId).toBeUndefined();
  });
});

it('anyone who answers the first time is not called again', async () => {
  const requestId = await ask('human');
  expect(await isTold(requestId)).toMatchObject({ outcome: 'completed' });
  await sweep();
  expect((await stack.record(requestId))?.triedAgainAs).toBeUndefined();
});
