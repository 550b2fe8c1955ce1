import { vi } from 'vitest';
import { issueCallToken } from '../../domain/call-signature.ts';
import type { ContactEvent } from '../../packages/sandbox/connect/contact-events.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { type StackOptions, startStack } from '../../packages/sandbox/start-stack.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';
import {
  agentComes,
  BY_TEST,
  ended,
  entered,
  inLine,
  karteEvent,
  MANY_AGENTS,
  NO_LIMITS,
  otherVisitor,
  send,
  start,
  takeOnTrial,
  until,
  WITH_BRITAIN,
  waitingRoom,
} from '../e2e/path-support.ts';
import { type RecordedRequest, recordRequests } from './recorded-requests.ts';

const KEY = 'the key that signs now, of 32 bytes and more';

/** All that a stage may ask for, and let its stack make. */
const SETTINGS = {
  ...WITH_BRITAIN,
  ...NO_LIMITS,
  limits: { ...NO_LIMITS.limits, missedPauseSeconds: 0 },
  connect: { instanceId: 'create', queues: { members: 'create', visitors: 'create' } },
  create: {
    instanceAlias: 'example-call-centre',
    hours: { days: ['MONDAY'], start: '09:00', end: '18:00' },
    routingProfiles: true,
  },
  availability: { origins: ['https://www.example.com'] },
  recognizeCaller: { hours: 24 },
  reportToKarte: { secretName: 'karte-token' },
  signature: { mode: 'required', secretName: 'signing-keys' },
  appointments: { perSlot: 10 },
  retryUnanswered: { times: 1, afterSeconds: 60 },
  offerCallBack: { afterSeconds: 30 },
} satisfies StageOverrides;

const OPTIONS = {
  speed: 200,
  agents: MANY_AGENTS,
  settings: SETTINGS,
  secrets: {
    'signing-keys': JSON.stringify({ current: KEY }),
    'karte-token': JSON.stringify({ token: 'an-example-token-of-nobody' }),
  },
} satisfies StackOptions;

let visitors = 0;
/** A request of somebody whom KARTE knows, for a number of its own, signed. */
async function request(fields: Record<string, unknown> = {}) {
  visitors += 1;
  const content = otherVisitor(visitors, { user_id: 'member-1', ...fields });
  const expiresAt = new Date(Date.now() + 600_000);
  const nonce = `nonce-of-visitor-${visitors}`;
  return karteEvent({
    ...content,
    call_token: await issueCallToken({ phone: content.phone_e164, expiresAt, nonce, key: KEY }),
  });
}

/** What happens to calls while somebody is free, in one stack. */
async function callsToMany(stack: Stack): Promise<void> {
  const event = await request();
  await send(stack, event);
  // A second delivery.
  await send(stack, event);
  const [throughSns] = await stack.notify({ Records: [{ Sns: { Message: JSON.stringify(await request()) } }] });
  if (throughSns) await ended(stack, throughSns);
  await fetch(`${stack.url}/availability.json`);
  // Anyone who does not answer is called once more, and calls back.
  stack.connect.setAnswer('no-answer');
  const missed = await send(stack, await request());
  stack.connect.callBack(missed.record.contactId ?? '');
  await stack.connect.idle();
  await stack.runScheduled('sweepCalls');
  stack.connect.setAnswer('human');
  await stack.idle();
}

/** One that is handed on, and nothing tells where to; one that Amazon Connect refuses, and one that it takes while the execution is aborted. */
async function callsThatGoWrong(stack: Stack): Promise<void> {
  await start(stack, await request()).done;
  await stack.connect.idle();
  stack.connect.addFault({ kind: 'destination-not-allowed', operation: 'StartOutboundVoiceContact', times: 1 });
  await send(stack, await request());
  const execution = start(stack, await request());
  const { startOutbound } = stack.connect;
  vi.spyOn(stack.connect, 'startOutbound').mockImplementationOnce((...call) => {
    void stack.stateMachine.abort(execution.name);
    return startOutbound(...call);
  });
  await execution.done;
  await stack.idle();
  await stack.runScheduled('sweepCalls');
}

/** Nobody is free at first: one is sent away, two are called in the end, and the execution of one, for whom an agent was on trial, is aborted. */
async function callsToThoseWhoWait(stack: Stack): Promise<void> {
  const wait = async () => {
    const execution = start(stack, await request());
    await entered(execution, 'WaitForAgent');
    return execution;
  };
  // While nobody at all could take it.
  const sentAway = await wait();
  await stack.controls.setStopped(true, BY_TEST);
  await sentAway.done;
  await stack.controls.setStopped(false, BY_TEST);
  const [first, second, aborted] = [await wait(), await wait(), await wait()];
  const [, , waiter] = await inLine(stack, 3);
  if (waiter) {
    const isOnTrial = await takeOnTrial(stack, waiter);
    // A tick beside another does nothing.
    await until(async () => {
      await byTick(stack);
      return !(await isOnTrial());
    });
  }
  await stack.stateMachine.abort(aborted.name);
  agentComes(stack);
  await ended(stack, first);
  await later(() => ended(stack, second));
  await stack.idle();
}

/**
 * Of calls that are handed on, and of such that nobody answers, no event tells: they are looked after, while somebody waits for
 * a queue that nobody serves.
 */
const callsUnheardOf = (look: (stack: Stack) => Promise<unknown>, others: readonly string[] = []) =>
  async function callsUnheardOf(stack: Stack): Promise<void> {
    // One looks for all: on a busy machine the schedule of another function comes first.
    const { invoke } = stack.functions;
    stack.functions.invoke = async (name, payload) => (others.includes(name) ? null : invoke(name, payload));
    const { visitors: served = '', members: unserved = '' } = stack.service.stage.file.connect.queues;
    for (const name of ['agent-1', 'agent-2']) stack.connect.addAgent({ name, queues: [served] });
    for (const answer of ['human', 'no-answer'] as const) {
      stack.connect.setAnswer(answer);
      await start(stack, await request()).done;
      await stack.connect.idle();
    }
    // No tick arrives by itself: anyone who is meant looks first.
    const { send: deliver } = stack.queues;
    vi.spyOn(stack.queues, 'send').mockImplementation((queue, body) => deliver(queue, body, NEVER_SECONDS));
    start(stack, await request({ user_type: 'member' }));
    const room = waitingRoom(stack);
    await until(async () => (await room.nextInLine(unserved, 1)).length === 1);
    await stack.functions.idle();
    await later(() => look(stack));
  };

const NEVER_SECONDS = 1_000_000;

const bySweep = (stack: Stack) => stack.runScheduled('sweepCalls');
const byTick = (stack: Stack) => stack.functions.invoke('releaseWaiting', { Records: [{ body: '{}' }] });

/** As it would be in more than a minute, when calls are looked after. */
async function later(work: () => Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
  try {
    await work();
  } finally {
    vi.useRealTimers();
  }
}

type Scenario = [options: StackOptions, run: (stack: Stack) => Promise<void>];

const PATIENT = { request: { ...WITH_BRITAIN.request, maxAgeSeconds: 3600 } };
/** Of the contact that goes on after a transfer nothing is told. */
const unlessHandedOn = ({ detail }: ContactEvent) => (detail.initiationMethod === 'TRANSFER' ? [] : [0]);

const UNHEARD = {
  agents: 0,
  settings: PATIENT,
  contactEvents: () => [],
  transfers: [{ by: 'agent' }],
} satisfies StackOptions;

const SCENARIOS: Scenario[] = [
  [{}, callsToMany],
  [{ transfers: [{ by: 'agent' }], contactEvents: unlessHandedOn }, callsThatGoWrong],
  [{ agents: 0, settings: PATIENT }, callsToThoseWhoWait],
  [{ ...UNHEARD }, callsUnheardOf(bySweep)],
  [{ ...UNHEARD }, callsUnheardOf(byTick, ['sweepCalls'])],
];

/** Runs through all that the functions do, each scenario in a stack of its own, and tells what they asked AWS for. */
export async function recordEveryPath(): Promise<RecordedRequest[]> {
  const requests: RecordedRequest[] = [];
  for (const [options, run] of SCENARIOS) {
    const stack = await startStack({ ...OPTIONS, ...options, settings: { ...SETTINGS, ...options.settings } });
    const stop = recordRequests(stack, (one) => requests.push(one));
    try {
      await run(stack);
    } finally {
      await stack.close();
      stop();
    }
  }
  return requests;
}
