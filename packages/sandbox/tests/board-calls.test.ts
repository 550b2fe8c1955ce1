import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ended, karteEvent, otherVisitor, start, until, visitor } from '../../../tests/e2e/path-support.ts';
import { FOR_THE_BOARD } from '../board/board-settings.ts';
import type { Hello, RequestRow } from '../board/protocol.ts';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';
import { act, type Listener, listen, putRecord } from './board-support.ts';

let stack: Stack;
let open: Listener[] = [];

beforeAll(async () => {
  stack = await startStack({ settings: FOR_THE_BOARD, speed: 50, agents: 30, ringSeconds: 5, talkSeconds: 60 });
});

afterEach(async () => {
  for (const listener of open) listener.close();
  open = [];
  await stack.idle();
  stack.connect.setAnswer('human');
});

afterAll(() => stack.close());

async function listenTo(requested?: string): Promise<Listener> {
  const listener = await listen(stack.url, requested);
  open.push(listener);
  return listener;
}

const rowIn = ({ rows }: Pick<Hello, 'rows'>, key: string): RequestRow | undefined =>
  rows.find(({ execution, requestId }) => execution === key || requestId === key);

/** Every state of the call that a page was told of, in order. A short one may be over before the page is told. */
const statesOf = (listener: Listener, key: string): string[] => {
  const told = listener.changes().flatMap((change) => rowIn({ rows: change.rows ?? [] }, key)?.call?.state ?? []);
  return told.filter((state, index) => state !== told[index - 1]);
};

describe('the row of a request', () => {
  it('says what its call is at while it goes on, and how it ended as soon as its record has it', async () => {
    // Prepare
    const listener = await listenTo();
    // Act
    const { name } = start(stack, karteEvent(visitor()));
    // On a busy machine the agent may be faster than the record.
    const talking = await listener.until((now) => {
      const row = rowIn(now, name);
      return row?.call?.state === 'with-agent' && row.outcome !== undefined;
    });
    const over = await listener.until((now) => rowIn(now, name)?.class === 'reached');
    // Assess
    expect(rowIn(talking, name)).toMatchObject({ outcome: 'call_placed', call: { agent: 'agent-1' } });
    const row = rowIn(over, name);
    expect(row).toMatchObject({ outcome: 'completed', words: { en: 'The customer spoke with an agent.' } });
    expect(row).not.toHaveProperty('call');
    expect(row?.times).toMatchObject({ rang: expect.any(Number), talked: expect.any(Number) });
    const told = statesOf(listener, name);
    expect(['ringing', 'in-flow', 'in-queue', 'with-agent', 'ended'].filter((state) => told.includes(state))).toEqual(
      told,
    );
  });

  it.each([
    ['busy', 'busy', 'line_busy'],
    ['no-answer', 'not_answered', 'rang_out'],
    ['unreachable', 'failed_to_connect', 'number_unreachable'],
  ] as const)('tells a call that nobody took from one that reached somebody: %s', async (answer, outcome, reason) => {
    // Prepare
    const listener = await listenTo();
    stack.connect.setAnswer(answer);
    // Act
    const { name } = start(stack, karteEvent(visitor()));
    const now = await listener.until((latest) => rowIn(latest, name)?.class === 'missed');
    // Assess
    const row = rowIn(now, name);
    expect(row).toMatchObject({ outcome, reason });
    // How long it rang is said of phones that rang out.
    expect(row?.times?.rang !== undefined).toBe(outcome === 'not_answered');
    expect(row?.times).not.toHaveProperty('talked');
  });

  it('has its end on a page that is opened afterwards', async () => {
    // Prepare
    stack.connect.setAnswer('busy');
    const executions = Array.from({ length: 3 }, (_, index) => start(stack, karteEvent(otherVisitor(index))));
    await Promise.all(executions.map(({ done }) => done));
    await stack.idle();
    // Act
    const { rows } = (await listenTo()).hello();
    // Assess
    const outcomes = executions.map(({ name }) => rowIn({ rows }, name)?.outcome);
    expect(new Set(outcomes)).toEqual(new Set(['busy']));
  });

  it('is told once what is written later, and costs no look at the table meanwhile', async () => {
    // Prepare
    const { execution, record } = await ended(stack, start(stack, karteEvent(visitor())));
    await stack.idle();
    const listener = await listenTo(record.requestId);
    const reads: string[] = [];
    stack.activity.listen((row) => reads.push(row));
    const later = { ...record, outcome: 'lost', class: 'missed', reason: 'no_sign' };
    // Act
    const before = listener.changes().length;
    await putRecord(stack, later);
    const now = await listener.until((latest) => rowIn(latest, execution.name)?.outcome === 'lost');
    // Assess
    expect(reads).toEqual([execution.name]);
    expect(rowIn(now, execution.name)).toMatchObject({
      class: 'missed',
      words: { ja: '発信した電話の結果が分かりません。' },
    });
    const { detail } = await listener.until((latest) => latest.detail?.outcome === 'lost');
    expect(detail).toMatchObject({ runbook: 'docs/runbook.md#lost', record: { outcome: 'lost' } });
    expect(listener.changes().length).toBeGreaterThan(before);
  });
});

describe('a call that is handed on', () => {
  it('goes on in the row, by the one who has it now, and is one call to the end', async () => {
    // Prepare
    const event = karteEvent(visitor());
    const listener = await listenTo(String(event.id));
    // Act
    start(stack, event);
    const first = await listener.until(({ world }) => world.agents.some(({ isTalking }) => isTalking));
    const contact = first.world.agents.find(({ isTalking }) => isTalking)?.contactId ?? '';
    expect((await act(stack.url, { do: 'transfer', contact })).status).toBe(200);
    const second = await listener.until(({ detail }) => detail?.call?.transferred && detail.call.agent);
    const over = await listener.until(({ detail }) => detail?.outcome === 'completed');
    // Assess
    const [before, after] = [first, second].map((now) => rowIn(now, String(event.id))?.call?.agent);
    expect(after).not.toBe(before);
    expect(second.world.callsAtOnce).toBe(1);
    expect(over.detail?.contact?.legs.map(({ agent }) => agent)).toEqual([before, after]);
    const said = over.detail?.contact?.transcript.map(({ text }) => text) ?? [];
    expect(said[0]).toBe('The phone rings.');
    expect(said).toContain('The agent hands the customer on.');
    expect(said).toContain('An agent hands the customer on.');
    expect(over.detail?.record?.transferredTo).toHaveLength(1);
  });

  it('is not handed on by an agent who does not talk', async () => {
    // Prepare
    const { contact } = await ended(stack, start(stack, karteEvent(visitor())));
    // Act
    const { status, answer } = await act(stack.url, { do: 'transfer', contact: contact?.id ?? '' });
    // Assess
    expect([status, answer.error]).toEqual([400, 'no agent is in this call any more']);
  });
});

describe('a customer who calls by themselves', () => {
  it('has a row and a page, and is no request of the day', async () => {
    // Prepare
    const [queue] = stack.connect.queues();
    const listener = await listenTo();
    const counted = ({ figures }: Hello) => figures.outcomes.reduce((all, { count }) => all + count, 0);
    const before = counted(listener.hello());
    // Act
    await act(stack.url, { do: 'call-in', queue: queue?.id ?? '' });
    const isIncoming = (row: RequestRow) => row.isIncoming === true;
    const during = await listener.until((now) => now.rows.find(isIncoming)?.call?.agent);
    const id = during.rows.find(isIncoming)?.requestId ?? '';
    const over = await listener.until((now) => now.rows.find(isIncoming)?.outcome);
    const page = await (await listenTo(id)).until(({ detail }) => detail?.ending);
    // Assess
    expect(during.rows.find(isIncoming)).toMatchObject({ status: 'RUNNING', execution: id });
    expect(over.rows.find(isIncoming)).toMatchObject({ outcome: 'completed', class: 'reached', status: 'SUCCEEDED' });
    expect(page.detail).toMatchObject({
      visits: [],
      executions: [],
      record: { kind: 'inbound' },
      contact: { legs: [{}] },
    });
    expect(counted(over)).toBe(before);
  });
});

describe('a customer who calls back from the phone of a call that is over', () => {
  it('has a row that says so, and so has the request', async () => {
    // Prepare
    stack.connect.setAnswer('no-answer');
    const { contact, record } = await ended(stack, start(stack, karteEvent(visitor())));
    stack.connect.setAnswer('human');
    const listener = await listenTo();
    // Act
    const { answer } = await act(stack.url, { do: 'call-back', contact: contact?.id ?? '' });
    const id = String(answer.requestId);
    const rowIn = ({ rows }: Hello, requestId: string) => rows.find((row) => row.requestId === requestId);
    const now = await listener.until(
      (hello) => rowIn(hello, id)?.isCallBack && rowIn(hello, record.requestId)?.calledBack,
    );
    const refused = await act(stack.url, { do: 'call-back', contact: 'nobody' });
    // Assess
    expect(rowIn(now, id)).toMatchObject({ isIncoming: true, outcome: 'completed' });
    const page = await (await listenTo(id)).until(({ detail }) => detail?.contact);
    const { destination = '', source = '' } = contact ?? {};
    // The customer's number, masked, calls that of the stage.
    expect(page.detail?.contact).toMatchObject({
      isIncoming: true,
      source: expect.stringMatching(new RegExp(`\\*+${destination.slice(-4)}$`)),
      destination: expect.stringMatching(new RegExp(`${source.slice(-4)}$`)),
    });
    expect(rowIn(now, record.requestId)).toMatchObject({ outcome: 'not_answered' });
    expect([refused.status, refused.answer.error]).toEqual([400, 'there is no ended call with this id']);
  });
});

describe('the figures of the day', () => {
  it('follow each request from the outcome it has first to the one it ends with', async () => {
    // Prepare
    const own = await startStack({ settings: FOR_THE_BOARD, speed: 50, agents: 5, ringSeconds: 5, talkSeconds: 100 });
    onTestFinished(() => own.close());
    const listener = await listen(own.url);
    onTestFinished(() => listener.close());
    const countsIn = ({ figures }: Hello) => figures.outcomes.map(({ outcome, count }) => `${outcome} ${count}`);
    // Act
    start(own, karteEvent(visitor({ phone_e164: '110' })));
    start(own, karteEvent(visitor()));
    const during = await listener.until((now) => countsIn(now).length === 2);
    const after = await listener.until((now) => countsIn(now).includes('completed 1'));
    await until(() => !own.stateMachine.isRunning());
    // Assess
    expect(listener.hello().figures).toMatchObject({ outcomes: [], toPlaced: null, toAgent: null });
    expect(countsIn(during)).toEqual(['call_placed 1', 'number_refused 1']);
    expect(countsIn(after)).toEqual(['completed 1', 'number_refused 1']);
    expect(after.figures).toMatchObject({ toPlaced: { count: 1 }, toAgent: { count: 1 } });
  });
});
