import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Availability } from '../../../domain/availability.ts';
import { isObject } from '../../../domain/json-object.ts';
import { entered, karteEvent, start, visitor } from '../../../tests/e2e/path-support.ts';
import { FOR_THE_BOARD } from '../board/board-settings.ts';
import type { BoardAction, Hello } from '../board/protocol.ts';
import { rowOf } from '../board/rows.ts';
import { placeInLine } from '../board/waiting-line.ts';
import { worldView } from '../board/world-view.ts';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';
import type { Execution } from '../state-machine.ts';
import { act, ask, type Listener, listen, post } from './board-support.ts';

let stack: Stack;
let board: Listener;

/** Does it, and fails where the board would show an error. */
async function done(action: BoardAction): Promise<Record<string, unknown>> {
  const { status, answer } = await act(stack.url, action);
  expect(answer).not.toHaveProperty('error');
  expect(status).toBe(200);
  return answer;
}

const world = async (isSo: (world: Hello['world']) => unknown) => (await board.until((now) => isSo(now.world))).world;

describe('what is clicked on the board', () => {
  beforeAll(async () => {
    stack = await startStack({ settings: FOR_THE_BOARD, speed: 100 });
  });
  beforeEach(async () => {
    board = await listen(stack.url);
  });
  afterEach(() => board.close());
  afterAll(() => stack.close());

  it('lets agents come, take a break and go', async () => {
    // Prepare
    const [first] = stack.connect.agents();
    const agent = first?.id ?? '';
    // Act
    await done({ do: 'remove-agent', agent });
    await done({ do: 'add-agent' });
    await done({ do: 'add-agent' });
    const before = await world(({ agents }) => agents.length === 3);
    await done({ do: 'set-agent', agent: before.agents[0]?.id ?? '', status: 'break' });
    // Assess
    const { agents } = await world((now) => now.agents.some(({ status }) => status === 'break'));
    // In their own order: the one who came first and has been idle longest.
    expect(agents.map(({ name, status }) => [name, status])).toEqual([
      ['agent-1', 'break'],
      ['agent-2', 'available'],
      ['agent-3', 'available'],
    ]);
    expect(stack.connect.agents().every(({ queues }) => queues.length === 2)).toBe(true);
  });

  it('closes and disables a queue, and sets its hours', async () => {
    // Prepare
    const [{ id: queue = '' } = {}] = stack.connect.queues();
    const minute = (offset: number) => new Date(Date.now() + (9 * 60 + offset) * 60_000).toISOString().slice(11, 16);
    const past = { start: minute(-120), end: minute(-60) };
    const one = ({ queues }: Hello['world']) => queues.find(({ id }) => id === queue);
    // Act
    await done({ do: 'set-queue', queue, enabled: false, hours: past });
    const outside = one(await world((now) => one(now)?.changed));
    const told = async () => {
      const { queues } = (await (await fetch(`${stack.url}/availability.json`)).json()) as Availability;
      return Object.values(queues).map(({ open }) => open);
    };
    await done({ do: 'set-queue', queue, enabled: true, open: false, hours: null });
    const closed = one(await world((now) => one(now)?.week.length === 0));
    const whileClosed = await told();
    await done({ do: 'set-queue', queue, open: true });
    // Assess
    expect([whileClosed, await told()]).toEqual([
      [false, true],
      [true, true],
    ]);
    expect(outside).toMatchObject({ enabled: false, open: true, openNow: false });
    expect(outside?.week).toEqual([{ days: [1, 2, 3, 4, 5, 6, 0], hours: [past] }]);
    expect(closed).toMatchObject({ enabled: true, open: false, openNow: false, changed: true });
    const asBefore = one(await world((now) => one(now)?.openNow));
    expect(asBefore).toMatchObject({ open: true });
    expect(asBefore).not.toHaveProperty('changed');
  });

  it('counts the longest wait from its beginning, however many turns came to nothing since', () => {
    // Prepare
    const states = ['CheckQueue', 'WaitForAgent', 'WaitForTurn', 'StartCall', 'TakeLaterTurn', 'WaitForTurn'].map(
      (name, second) => ({ name, enteredAt: second * 1_000, errors: [] }),
    );
    const running = () => [{ name: 'e', startedAt: 0, states }] as unknown as readonly Execution[];
    const controls = { stopped: false, limits: {}, changes: {} };
    // Act
    const { waiting } = worldView(
      { ...stack, activity: { ...stack.activity, running } },
      controls,
      stack.connect.queues(),
      new Date(),
    );
    // Assess
    expect(waiting).toEqual({ count: 1, later: 0, since: new Date(1_000).toISOString() });
  });

  it('injects faults and clears them', async () => {
    // Act
    await done({ do: 'add-fault', kind: 'throttle', operation: 'StopContact', times: 3 });
    const { faults } = await world((now) => now.faults.length > 0);
    await done({ do: 'clear-faults' });
    // Assess
    expect(faults).toEqual([{ kind: 'throttle', operation: 'StopContact', times: 3 }]);
    await world((now) => now.faults.length === 0);
  });

  it('chooses how phones are answered, and how often KARTE fires', async () => {
    // Act
    await done({ do: 'set-answer', answer: 'busy' });
    await done({ do: 'set-karte', oncePerAccess: true });
    // Assess
    expect(await world((now) => now.karte.oncePerAccess)).toMatchObject({ answer: 'busy' });
    await done({ do: 'set-answer', answer: 'human' });
  });

  it('stops all calls, with a crowd at the door, and lets them go on', async () => {
    // Prepare
    await done({ do: 'stop', why: 'wrong greeting, call +819012345678' });
    await world(({ stopped }) => stopped);
    const before = new Set(stack.stateMachine.executions.keys());
    // Act
    await done({ do: 'crowd', count: 6 });
    const isNew = ({ execution }: { execution: string }) => !before.has(execution);
    const { rows } = await board.until((now) => now.rows.filter((row) => isNew(row) && row.outcome).length === 6);
    await done({ do: 'resume', why: 'greeting fixed' });
    // Assess
    expect(new Set(rows.filter(isNew).map(({ outcome }) => outcome))).toEqual(new Set(['calling_disabled']));
    const { executions } = stack.stateMachine;
    const phones = executions
      .keys()
      .filter((name) => !before.has(name))
      .map((name) => executions.get(name)?.input)
      .map((input) => (isObject(input) && isObject(input.detail) ? input.detail.content : undefined))
      .map((content) => (isObject(content) ? content.phone_e164 : undefined));
    expect(new Set(phones).size).toBe(6);
    expect(phones.every((phone) => String(phone).startsWith('+44'))).toBe(true);
    await world(({ stopped }) => !stopped);
    expect(await stack.controls.history()).toMatchObject([
      { what: 'stop', by: 'board', why: 'wrong greeting, call ******5678' },
      { what: 'resume', why: 'greeting fixed' },
    ]);
  });

  it('shows who waits in line, for which queue, and a caller from outside who hangs up', async () => {
    // Prepare
    for (const { id } of stack.connect.agents()) await done({ do: 'remove-agent', agent: id });
    const [, visitors] = stack.connect.queues();
    // Act
    const execution = start(stack, karteEvent(visitor()));
    await entered(execution, 'WaitForAgent');
    const line = placeInLine(execution.name, stack.activity.running());
    const row = rowOf(execution);
    await done({ do: 'call-in', queue: visitors?.id ?? '' });
    const waiting = await world(
      (now) => now.callsAtOnce === 1 && now.queues.some((queue) => queue.requestsWaiting > 0),
    );
    await done({ do: 'hang-up', contact: stack.connect.contacts().at(-1)?.id ?? '' });
    // Assess
    expect(
      waiting.queues.map(({ name, requestsWaiting, contactsWaiting }) => [name, requestsWaiting, contactsWaiting]),
    ).toEqual([
      ['members', 0, 0],
      ['visitors', 1, 1],
    ]);
    expect(line).toEqual({ place: 1, of: 1 });
    expect(row.line).toEqual({ queueId: visitors?.id, place: expect.stringContaining(row.requestId) });
    expect(waiting).toMatchObject({ waiting: { count: 1, later: 0 }, calls: { ringing: 0, talking: 0, other: 1 } });
    expect(Date.parse(waiting.waiting.since ?? '')).toBeGreaterThanOrEqual(execution.startedAt);
    expect((await world((now) => now.callsAtOnce === 0)).queues).toMatchObject([{}, { contactsWaiting: 0 }]);
    await stack.stateMachine.abort(execution.name);
    expect(rowOf(execution).line).toBeUndefined();
  });
});

describe('a signed stage with a keypad, tried by hand', () => {
  beforeAll(async () => {
    stack = await startStack({
      speed: 12,
      answer: 'by-hand',
      settings: {
        ...FOR_THE_BOARD,
        connect: { pressToConnect: true, ringTimeoutSeconds: 60 },
        signature: { mode: 'required', secretName: 'signing-keys' },
      },
      secrets: { 'signing-keys': JSON.stringify({ current: 'an-example-key-that-signs-no-real-request' }) },
    });
  });
  afterAll(() => stack.close());

  it('leads from krt to the agent: signed, answered and confirmed by hand', async () => {
    // Prepare
    const phone = '+819012345678';
    const krt = (event: string, values: Record<string, unknown>) =>
      post(`${stack.url}/karte/send`, { visitor: 'v-1', access: 'a-1', event, values });
    const page = await ask(`${stack.url}/sample`);
    // Act
    const { token } = (await post(`${stack.url}/sample/token`, { phone_e164: phone })).answer;
    await krt('call_tracking', { track_id: '48291532' });
    const { answer } = await krt('call_request', { phone_e164: phone, user_type: 'visitor', call_token: token });
    board = await listen(stack.url, String(answer.requestId));
    const ringing = await board.until(({ detail }) => detail?.contact?.state === 'ringing');
    const contact = ringing.detail?.contact?.id ?? '';
    await done({ do: 'answer', contact });
    const asked = await board.until(({ detail }) => detail?.contact?.asksForKeys);
    await done({ do: 'press', contact, key: '1' });
    const served = await board.until(({ detail }) => detail?.contact?.state === 'with-agent');
    await done({ do: 'hang-up', contact });
    const over = await board.until(({ detail }) => detail?.contact?.state === 'ended');
    // Assess
    expect(page.text).toContain('<span data-setting="call_token_function">callToken</span>');
    expect(asked.detail?.contact?.asksForKeys).toEqual({ choices: ['1'] });
    expect(served.detail).toMatchObject({ outcome: 'call_placed', call: { agent: 'agent-1' } });
    expect(over.detail?.contact).toMatchObject({ disconnectReason: 'CUSTOMER_DISCONNECT' });
    expect((await act(stack.url, { do: 'press', contact, key: '1' })).status).toBe(400);
    board.close();
  });

  it('lets a crowd in, whose requests it signs itself, and no sample', async () => {
    // Prepare
    board = await listen(stack.url);
    // Act
    await done({ do: 'crowd', count: 1 });
    await done({ do: 'send-sample', name: 'call-request.visitor' });
    // Assess
    const { rows } = await board.until(
      ({ rows: all }) => all.filter(({ outcome }) => outcome).length === 3 && all[0]?.outcome === 'completed',
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(['completed', 'call_placed', 'signature_refused']);
    board.close();
  });
});
