import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BY_TEST, karteEvent, NUMBER_FORMS, sample, start, until, visitor } from '../../../tests/e2e/path-support.ts';
import { FOR_THE_BOARD } from '../board/board-settings.ts';
import type { Hello } from '../board/protocol.ts';
import { stageView } from '../board/stage-view.ts';
import { boardStreams } from '../board/streams.ts';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';
import { act, type Listener, listen } from './board-support.ts';

const SPEED = 100;

let stack: Stack;
let open: Listener[] = [];

beforeAll(async () => {
  stack = await startStack({ settings: FOR_THE_BOARD, speed: SPEED, agents: 30 });
});

afterEach(async () => {
  for (const listener of open) listener.close();
  open = [];
  // A number is not called while a call to it goes on.
  await stack.idle();
});

afterAll(() => stack.close());

async function listenTo(requested?: string): Promise<Listener> {
  const listener = await listen(stack.url, requested);
  open.push(listener);
  return listener;
}

const isOver = ({ detail }: Hello) => detail?.outcome === 'completed' && detail.record?.hungUpBy !== undefined;

/** The server's side of a connection whose reader is as slow as a test wants. */
function readerOfTest() {
  const written: string[] = [];
  const reader = {
    writableNeedDrain: false,
    writeHead: () => reader,
    write: (text: string) => written.push(text),
    once: () => reader,
    end: () => reader,
  };
  const messages = (): unknown[] =>
    written.flatMap((text) => (text.includes('data: ') ? JSON.parse(text.slice(text.indexOf('data: ') + 6)) : []));
  return { reader: reader as unknown as ServerResponse & { writableNeedDrain: boolean }, messages };
}

describe('the stream of the board', () => {
  it('begins with everything there is, and tells the browser when to come back', async () => {
    // Act
    const { headers, text, hello } = await listenTo();
    // Assess
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text()).toMatch(/^retry: \d+\n\nevent: hello\ndata: \{.*\}\n\n/);
    const { stage, world, detail } = hello();
    expect(stage).toMatchObject({ name: 'local', speed: SPEED, settings: { connect: { pressToConnect: false } } });
    expect(stage.graph.states.map(({ name }) => name)).toContain('StartCall');
    expect(world).toMatchObject({ callsAtOnce: 0, answer: 'human', stopped: false, faults: [] });
    expect(world.agents).toHaveLength(30);
    expect(detail).toBeNull();
  });

  it('shows a request that comes after its address was opened, from its first state to the end of the call', async () => {
    // Prepare
    const event = karteEvent(visitor({ inquiry_type: '050-1234-5678 の件', track_id: '48291532' }));
    const listener = await listenTo(String(event.id));
    // Act
    const execution = start(stack, event);
    // The row learns of the end a moment after the request's own page.
    const isOverInLog = ({ rows }: Hello) => rows.some((row) => row.execution === execution.name && row.times);
    const { detail, rows } = await listener.until((now) => isOver(now) && isOverInLog(now));
    // Assess
    expect(listener.hello().detail).toBeNull();
    expect(detail).toMatchObject({ execution: execution.name, outcome: 'completed', trackId: '48291532' });
    expect(detail?.visits.map(({ name }) => name)).toEqual(execution.states.map(({ name }) => name));
    expect(rows.find(({ execution: name }) => name === execution.name)).toMatchObject({
      inquiryType: '******5678 の件',
    });
    expect(JSON.stringify(detail?.contact?.transcript)).not.toContain('の件');
    expect(detail?.record).toMatchObject({ phone: '+81******5678', contactId: detail?.contact?.id });
    expect(rows.find(({ execution: name }) => name === execution.name)).toMatchObject({
      ...{ outcome: 'completed', class: 'reached' },
      times: { rang: expect.any(Number), waited: expect.any(Number), talked: expect.any(Number) },
    });
    const details = listener.changes().flatMap((change) => change.detail ?? []);
    expect(new Set(details.map((one) => JSON.stringify(one))).size).toBe(details.length);
    expect(listener.text()).not.toMatch(NUMBER_FORMS);
    expect(listener.text()).not.toContain('050-1234');
  });

  it('loses nothing when the page is loaded again', async () => {
    // Prepare
    const event = karteEvent(visitor());
    const before = await listenTo(String(event.id));
    start(stack, event);
    const { detail, rows } = await before.until(isOver);
    // Act
    const after = await listenTo(String(event.id));
    // Assess
    expect(after.hello().detail).toEqual(detail);
    expect(after.hello().rows).toEqual(expect.arrayContaining(rows));
  });

  it('shows a redelivery beside the request, and each execution by its own name', async () => {
    // Prepare
    const event = karteEvent(visitor());
    const first = start(stack, event);
    await first.done;
    const listener = await listenTo(String(event.id));
    // Act
    const second = start(stack, event);
    const { detail } = await listener.until((latest) => latest.detail?.record?.duplicates);
    const own = await (await listenTo(second.name)).until((latest) => latest.detail?.outcome === 'duplicate');
    // Assess
    expect(detail).toMatchObject({ execution: first.name, executions: [first.name, second.name] });
    expect(own.detail).toMatchObject({ execution: second.name, contact: null, record: { executionId: first.arn } });
  });

  it('shows hostile text as the text it is, and takes a hostile name for the name of nothing', async () => {
    // Prepare
    const markup = '<img src=x onerror=alert(1)>\u202e</script>\n\ndata: {}';
    const listener = await listenTo('__proto__');
    // Act
    const { name } = start(
      stack,
      karteEvent(visitor({ inquiry_type: markup, user_type: '__proto__', phone_e164: '110' })),
    );
    const { rows, detail } = await listener.until((latest) =>
      latest.rows.some(({ execution, outcome }) => execution === name && outcome === 'number_refused'),
    );
    // Assess
    expect(rows.find(({ execution }) => execution === name)).toMatchObject({
      phone: '110',
      inquiryType: markup,
      userType: 'other',
    });
    expect(detail).toBeNull();
  });

  it.each(['content-as-text', 'foreign', 'not-filled-in', 'stale', 'other'])(
    'shows the sample event %s',
    async (name) => {
      // Act
      const { answer } = await act(stack.url, { do: 'send-sample', name: `call-request.${name}` });
      const { detail } = await (await listenTo(String(answer.requestId))).until(
        ({ detail: now }) => now?.ending && !now.call,
      );
      // Assess
      expect(answer.requestId).not.toBe(sample(`call-request.${name}.json`).id);
      expect(detail?.outcome).toBe(
        name === 'stale' ? 'stale' : ['foreign', 'not-filled-in'].includes(name) ? 'number_refused' : 'completed',
      );
    },
  );

  it('sees what is switched elsewhere', async () => {
    // Prepare
    const listener = await listenTo();
    // Act
    await stack.controls.setStopped(true, BY_TEST);
    await stack.controls.setLimits({ callsPerDay: 5 }, BY_TEST);
    const { world } = await listener.until((latest) => latest.world.limits.callsPerDay === 5);
    await stack.controls.setStopped(false, BY_TEST);
    await stack.controls.setLimits({}, BY_TEST);
    // Assess
    expect(world).toMatchObject({ stopped: true, limits: { maxConcurrentCalls: 10 } });
  });

  it('begins with the newest 1,000 requests, counts all that run, and an older one has its address all the same', async () => {
    // Prepare
    const { reader, messages } = readerOfTest();
    const one = start(stack, karteEvent(visitor({ phone_e164: '110' })));
    await one.done;
    const executions = new Map(
      Array.from({ length: 1_100 }, (_, index) => [`request-${index}`, { ...one, name: `request-${index}` }]),
    );
    const running = [...executions.values()].map((execution) => ({
      ...execution,
      states: execution.states.slice(0, 1),
    }));
    const longLived: Stack = {
      ...stack,
      stateMachine: {
        ...stack.stateMachine,
        executions: { get: (name) => executions.get(name), keys: () => [...executions.keys()] },
      },
      activity: { ...stack.activity, running: () => running },
    };
    const streams = boardStreams(longLived, stageView(stack, SPEED));
    // Act
    await streams.open(reader, 'request-7');
    streams.close();
    // Assess
    const { rows, detail, world } = messages()[0] as Hello;
    expect(rows).toHaveLength(1_000);
    expect(world.running).toEqual({ ValidateRequest: 1_100 });
    expect([rows[0]?.execution, rows.at(-1)?.execution]).toEqual(['request-100', 'request-1099']);
    expect(detail).toMatchObject({ execution: 'request-7', outcome: 'number_refused' });
  });

  it('gives a reader that fell behind the newest state at once, and no backlog', async () => {
    // Prepare
    const { reader, messages } = readerOfTest();
    const streams = boardStreams(stack, stageView(stack, SPEED));
    await streams.open(reader, undefined);
    const other = await listenTo();
    const before = messages().length;
    // Act
    reader.writableNeedDrain = true;
    const executions = Array.from({ length: 5 }, () => start(stack, karteEvent(visitor({ phone_e164: '110' }))));
    await other.until(({ rows }) =>
      executions.every(({ name }) => rows.some((row) => row.execution === name && row.outcome !== undefined)),
    );
    const meanwhile = messages().length - before;
    reader.writableNeedDrain = false;
    await until(() => messages().length > before);
    streams.close();
    // Assess
    expect(meanwhile).toBe(0);
    const { rows } = messages()[before] as Hello;
    expect(rows.map(({ execution, outcome }) => [execution, outcome])).toEqual(
      executions.map(({ name }) => [name, 'number_refused']),
    );
  });

  it('ends with the stack', async () => {
    // Prepare
    const another = await startStack({ agents: 0 });
    const { ended } = await listen(another.url);
    // Act
    await another.close();
    // Assess
    await expect(ended).resolves.toBeUndefined();
  });
});
