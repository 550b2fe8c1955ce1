import { describe, expect, it } from 'vitest';
import { executionStatusChange } from '../execution-status-change.ts';
import type { LocalFunctions } from '../local-functions.ts';
import { readService } from '../service.ts';
import { type Execution, localStateMachine } from '../state-machine.ts';

const service = readService('dev', 0);
const EVENT = { id: '11111111-2222-4333-8444-000000000001', detail: {} };
const TURN = { at: '2026-11-22T03:00:00.000Z', wakeAt: '2026-11-22T02:59:58.000Z', queueArn: 'arn:queue' };
/** At this speed a deadline of 10,000,000 seconds never comes in a test, and one of 100 comes at once. */
const SPEED = 10_000;
const FAR = 10_000_000;
const NEAR = 100;

/** Functions on the road through the waiting room; what enterWaitingRoom does with its token is the test's. */
function waitingRoom(enter: (token: string, attempt: number) => unknown, waitSeconds = FAR, TimeoutSeconds = FAR / 10) {
  const payloads: { name: string; payload: unknown }[] = [];
  const tokens: string[] = [];
  const ended: Execution[] = [];
  const invoke: LocalFunctions['invoke'] = async (functionName, payload) => {
    const name = (payload as { step?: string }).step ?? functionName;
    payloads.push({ name, payload });
    if (name === 'enterWaitingRoom') {
      tokens.push((payload as { token: string }).token);
      return enter(tokens.at(-1) ?? '', tokens.length);
    }
    if (name === 'CheckQueue') return { decision: 'wait', request: {}, waitSeconds };
    if (name === 'StartCall') return { ...(payload as { state: object }).state, contactId: 'contact' };
    if (name === 'RecordOutcome') return { outcome: 'call_placed', reason: 'accepted', notify: 'quiet' };
    return { decision: 'continue', request: {} };
  };
  const { stateMachine } = service;
  const definition = { ...stateMachine.definition, TimeoutSeconds };
  const machine = localStateMachine({
    service: { ...service, stateMachine: { ...stateMachine, definition } },
    functions: { invoke },
    speed: SPEED,
    onEnd: (execution) => ended.push(execution),
  });
  const payloadOf = (wanted: string) => payloads.find(({ name }) => name === wanted)?.payload;
  return { machine, tokens, ended, payloadOf };
}

/** Resolves when the execution waits on a token; polls the stack itself, never a clock. */
async function waiting(room: ReturnType<typeof waitingRoom>, count = 1): Promise<void> {
  while (room.tokens.length < count) await new Promise((done) => setImmediate(done));
}

const stateNames = ({ states }: Execution) => states.map(({ name }) => name);

describe('an execution that waits on a task token', () => {
  it('goes on with what the token was answered', async () => {
    // Prepare
    const room = waitingRoom(() => null);
    const execution = room.machine.start(EVENT);
    await waiting(room);
    expect(execution.status).toBe('RUNNING');
    // Act
    room.machine.tokens.succeed(room.tokens[0] ?? '', TURN);
    await execution.done;
    // Assess
    expect(stateNames(execution)).toEqual(expect.arrayContaining(['WaitForAgent', 'WaitForTurn', 'StartCall']));
    expect(room.payloadOf('StartCall')).toMatchObject({ state: { turn: TURN } });
    expect(execution.status).toBe('SUCCEEDED');
  });

  it('is answered even before its function has returned', async () => {
    const room = waitingRoom((token) => room.machine.tokens.succeed(token, TURN));
    const execution = room.machine.start(EVENT);
    await execution.done;
    expect(room.payloadOf('StartCall')).toMatchObject({ state: { turn: TURN } });
  });

  it('ends in RecordOutcome when the token is failed, with error and cause', async () => {
    const room = waitingRoom(() => null);
    const execution = room.machine.start(EVENT);
    await waiting(room);
    room.machine.tokens.fail(room.tokens[0] ?? '', { error: 'NoLongerWaiting', cause: '{"outcome":"expired"}' });
    await execution.done;
    expect(room.payloadOf('RecordOutcome')).toMatchObject({
      state: { failed: { WaitForAgent: { Error: 'NoLongerWaiting', Cause: '{"outcome":"expired"}' } } },
    });
    expect(room.tokens).toHaveLength(1);
  });

  it('waits until waitSeconds are over, divided by the speed, and not for 60 seconds', async () => {
    const room = waitingRoom(() => null, NEAR);
    const execution = room.machine.start(EVENT);
    await execution.done;
    expect(room.payloadOf('RecordOutcome')).toMatchObject({
      state: { failed: { WaitForAgent: { Error: 'States.Timeout' } } },
    });
    expect(() => room.machine.tokens.succeed(room.tokens[0] ?? '', TURN)).toThrow(
      expect.objectContaining({ name: 'TaskTimedOut' }),
    );
  });

  it('gets another token for another attempt, and the first one is worth nothing any more', async () => {
    // Prepare
    const room = waitingRoom((_, attempt) => {
      if (attempt === 1) throw Object.assign(new Error('planted'), { name: 'Lambda.Unknown' });
      return null;
    });
    const execution = room.machine.start(EVENT);
    await waiting(room, 2);
    const [first = '', second = ''] = room.tokens;
    // Act
    const answerFirst = () => room.machine.tokens.succeed(first, TURN);
    // Assess
    expect(first).not.toBe(second);
    expect(answerFirst).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
    room.machine.tokens.succeed(second, TURN);
    await execution.done;
    expect(execution.status).toBe('SUCCEEDED');
  });
});

describe('an answer to a task token', () => {
  it('is taken once', async () => {
    const room = waitingRoom(() => null);
    const execution = room.machine.start(EVENT);
    await waiting(room);
    const [token = ''] = room.tokens;
    room.machine.tokens.succeed(token, TURN);
    const late = expect.objectContaining({ name: 'TaskTimedOut' });
    expect(() => room.machine.tokens.succeed(token, TURN)).toThrow(late);
    expect(() => room.machine.tokens.fail(token, { error: 'NoLongerWaiting', cause: '{}' })).toThrow(late);
    await execution.done;
    expect(execution.status).toBe('SUCCEEDED');
  });

  it.each([
    ['nonsense', 'InvalidToken'],
    ['local-task-00000000-0000-4000-8000-000000000000', 'TaskDoesNotExist'],
  ])('to %s is refused as %s', (token, name) => {
    const { machine } = waitingRoom(() => null);
    expect(() => machine.tokens.succeed(token, {})).toThrow(expect.objectContaining({ name }));
  });
});

describe('an execution that is aborted', () => {
  it('runs nothing more, and its token is worth nothing', async () => {
    // Prepare
    const room = waitingRoom(() => null);
    const execution = room.machine.start(EVENT, 'a-name');
    await waiting(room);
    // Act
    await room.machine.abort('a-name');
    // Assess
    expect(execution.status).toBe('ABORTED');
    expect(room.payloadOf('RecordOutcome')).toBeUndefined();
    expect(() => room.machine.tokens.succeed(room.tokens[0] ?? '', TURN)).toThrow(/timed out or is gone/);
    expect(room.ended).toEqual([execution]);
  });

  it('is not told of when the whole machine closes', async () => {
    const room = waitingRoom(() => null);
    const execution = room.machine.start(EVENT);
    await waiting(room);
    await room.machine.close();
    expect(execution.status).toBe('ABORTED');
    expect(room.ended).toEqual([]);
  });

  it('is told of in an event with its input as JSON text', async () => {
    const room = waitingRoom(() => null);
    const execution = room.machine.start(EVENT, 'a-name');
    await waiting(room);
    await room.machine.abort('a-name');
    expect(executionStatusChange(execution)).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      resources: [execution.arn],
      detail: {
        executionArn: execution.arn,
        stateMachineArn: 'arn:aws:states:ap-northeast-1:000000000000:stateMachine:karte-connect-call-dev-call-request',
        name: 'a-name',
        status: 'ABORTED',
        input: JSON.stringify(EVENT),
        inputDetails: { included: true },
        output: null,
      },
    });
  });
});

describe('an execution that runs into the limit of the whole machine', () => {
  it('ends as TIMED_OUT', async () => {
    const execution = waitingRoom(() => null, FAR, 0.05).machine.start(EVENT);
    await execution.done;
    expect(execution.status).toBe('TIMED_OUT');
  });
});
