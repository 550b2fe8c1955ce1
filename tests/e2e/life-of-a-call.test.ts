import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import type { ContactEvent } from '../../packages/sandbox/connect/contact-events.ts';
import { luckOf } from '../../packages/sandbox/simulation/random.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { type StackOptions, startStack } from '../../packages/sandbox/start-stack.ts';
import { BY_TEST, karteEvent, NO_LIMITS, send, start, until, visitor } from './path-support.ts';

let stack: Stack;

afterEach(async () => {
  await stack.close();
});

/** One number, called again and again; nobody presses anything by hand. */
async function up(options: StackOptions = {}, limits: Record<string, number | null> = {}): Promise<void> {
  const settings = {
    ...options.settings,
    limits: { ...NO_LIMITS.limits, coolDownSeconds: 600, missedPauseSeconds: 0, ...limits },
  };
  stack = await startStack({ speed: 200, agents: 10, ...options, settings });
}

const call = async (fields: Record<string, unknown> = {}): Promise<CallRecord> =>
  (await send(stack, karteEvent(visitor(fields)))).record;

const endingOf = ({ outcome, reason }: CallRecord) => `${outcome}: ${reason}`;

/** A request, with no wait for the end of a call. */
async function nextCall(): Promise<CallRecord> {
  const execution = start(stack, karteEvent(visitor()));
  await execution.done;
  const record = await stack.record(String((execution.output as { requestId: string }).requestId));
  if (!record) throw new Error('the request has no record');
  return record;
}

/** Something as it would be so many seconds from now. */
async function after<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  try {
    return await work();
  } finally {
    vi.useRealTimers();
  }
}

const sweepAfter = (seconds: number) => after(seconds, () => stack.runScheduled('sweepCalls'));

/** The times of a call, in the order in which they must lie. */
const timesOf = ({ placedAt, answeredAt, queuedAt, agentAt, endedAt }: CallRecord) =>
  [placedAt, answeredAt, queuedAt, agentAt, endedAt].filter((time) => time !== undefined);

const isAscending = (times: readonly string[]) => expect(times).toEqual(times.toSorted());

describe('a call', () => {
  it('that an agent takes is completed, and its number cools down from its end', async () => {
    await up();
    const record = await call();
    expect(record).toMatchObject({
      status: 'ended',
      outcome: 'completed',
      class: 'reached',
      hungUpBy: 'customer',
      disconnectReason: 'CUSTOMER_DISCONNECT',
      unanswered: false,
    });
    expect(timesOf(record)).toHaveLength(5);
    isAscending(timesOf(record));
    expect(endingOf(await call())).toBe('number_held: cool_down');
  });

  it('that the customer leaves before an agent comes is abandoned', async () => {
    await up({ agents: 1, missedBy: 9, patience: 60 });
    const record = await call();
    expect(record).toMatchObject({ outcome: 'abandoned', reason: 'in_queue', hungUpBy: 'customer' });
    expect(record.agentAt).toBeUndefined();
  });

  it('that nobody answers may be asked for again, and does not use up the calls of the number', async () => {
    await up({ answer: 'no-answer' }, { callsPerNumberPerDay: 1, triesPerNumberPerDay: 2 });
    expect(endingOf(await call())).toBe('not_answered: rang_out');
    stack.connect.setAnswer('busy');
    expect(endingOf(await call())).toBe('busy: line_busy');
    stack.connect.setAnswer('human');
    expect(endingOf(await call())).toBe('limit_reached: tries_per_day');
    await stack.controls.setLimits({ triesPerNumberPerDay: 3, coolDownSeconds: 0 }, BY_TEST);
    expect(endingOf(await call())).toBe('completed: agent_connected');
    expect(endingOf(await call())).toBe('limit_reached: number_per_day');
  });

  it('that nobody answers holds its number for the short pause', async () => {
    await up({ answer: 'busy' }, { missedPauseSeconds: 600, coolDownSeconds: 0 });
    expect(endingOf(await call())).toBe('busy: line_busy');
    expect(endingOf(await call())).toBe('number_held: cool_down');
  });

  it('to a number that is not in use failed to connect', async () => {
    await up({ answer: 'unreachable' });
    expect(await call()).toMatchObject({ outcome: 'failed_to_connect', hungUpBy: 'network' });
  });

  it('in which nobody presses 1 says so', async () => {
    await up({ answer: 'voicemail', settings: { connect: { pressToConnect: true } } });
    expect(await call()).toMatchObject({ outcome: 'no_key_pressed', reason: 'no_key', hungUpBy: 'flow' });
  });

  it('holds its number, its line and its agent while it is transferred twice', async () => {
    // Prepare: they talk until somebody hangs up.
    await up({ agents: 4, talkSeconds: 100_000 });
    const { queues } = stack.service.stage.file.connect;
    const execution = start(stack, karteEvent(visitor()));
    await until(() => stack.connect.contacts()[0]?.state === 'with-agent');
    const [first] = stack.connect.contacts();
    // Act
    const second = stack.connect.transfer(first?.id ?? '', { queueId: queues.members ?? '', by: 'agent' });
    await until(() => stack.connect.contact(second ?? '')?.state === 'with-agent');
    await until(() => stack.connect.contact(first?.id ?? '')?.state === 'ended');
    const meanwhile = await nextCall();
    const third = stack.connect.transfer(second ?? '', { queueId: queues.visitors ?? '', by: 'agent' });
    await until(() => stack.connect.contact(third ?? '')?.state === 'with-agent');
    stack.connect.hangUp(third ?? '');
    // Assess
    expect(endingOf(meanwhile)).toBe('number_held: live_request');
    await execution.done;
    const { requestId } = execution.output as { requestId: string };
    await until(async () => (await stack.record(requestId))?.transferredTo?.length === 2);
    await until(async () => (await stack.record(requestId))?.outcome === 'completed');
    expect(await stack.record(requestId)).toMatchObject({
      contactId: first?.id,
      transferredTo: [second, third],
      endedAt: stack.connect.contact(third ?? '')?.endedAt,
    });
  });

  it('of which no event tells is found out by the sweep', async () => {
    await up({ contactEvents: () => [] });
    const execution = start(stack, karteEvent(visitor()));
    await execution.done;
    await stack.connect.idle();
    const { requestId } = execution.output as { requestId: string };
    expect((await stack.record(requestId))?.outcome).toBe('call_placed');
    await sweepAfter(61);
    expect(await stack.record(requestId)).toMatchObject({ outcome: 'completed', hungUpBy: 'customer' });
    expect(endingOf(await call())).toBe('number_held: cool_down');
  });

  it('of which nothing tells at all is lost, and holds its number until then', async () => {
    await up({ contactEvents: () => [], settings: {} }, { maxCallSeconds: 600, coolDownSeconds: 0 });
    const execution = start(stack, karteEvent(visitor()));
    await execution.done;
    await stack.connect.idle();
    const { requestId } = execution.output as { requestId: string };
    stack.connect.addFault({ kind: 'throttle', operation: 'DescribeContact', times: 100 });
    await sweepAfter(500);
    expect((await stack.record(requestId))?.outcome).toBe('call_placed');
    const second = start(stack, karteEvent(visitor()));
    await second.done;
    expect(second.output).toMatchObject({ outcome: 'number_held', reason: 'live_request' });
    await sweepAfter(601);
    expect(await stack.record(requestId)).toMatchObject({ outcome: 'lost', class: 'missed', reason: 'no_sign' });
    stack.connect.clearFaults();
    expect(endingOf(await after(605, nextCall))).toBe('call_placed: accepted');
  });

  it.each([1, 2, 3])('ends the same whatever becomes of its events (seed %i)', async (seed) => {
    // Prepare: each event comes at its own time, some twice; a fifth never comes.
    const luck = luckOf(seed);
    const contactEvents = ({ detail: { contactId, eventType } }: ContactEvent): readonly number[] => {
      const own = luck.branch(`${contactId} ${eventType}`);
      if (own.happens('lost', 0.2)) return [];
      const once = own.between('first', [0, 40]);
      return own.happens('twice', 0.4) ? [once, own.between('second', [0, 60])] : [once];
    };
    const transfers = [{ by: 'flow' as const }, { by: 'agent' as const }];
    await up({ contactEvents, transfers }, { coolDownSeconds: 0 });
    // Act
    const execution = start(stack, karteEvent(visitor()));
    await execution.done;
    await stack.connect.idle();
    await stack.idle();
    await sweepAfter(61);
    await sweepAfter(122);
    // Assess
    const { requestId } = execution.output as { requestId: string };
    const contacts = stack.connect.contacts();
    const last = contacts.at(-1);
    const record = await stack.record(requestId);
    expect(contacts).toHaveLength(3);
    expect(record).toMatchObject({ outcome: 'completed', contactId: contacts[0]?.id });
    isAscending(timesOf(record as CallRecord));
    expect(Date.parse(record?.endedAt ?? '')).toBeLessThanOrEqual(Date.parse(last?.endedAt ?? ''));
  });
});
