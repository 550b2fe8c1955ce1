import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Executions, executionsOf } from '../../adapters/step-functions.ts';
import { LOCAL_CLIENT, startTinyServer, type TinyServer } from './tiny-server.ts';

const SINCE = new Date('2026-11-22T03:00:00.000Z');
/** Seconds since 1970, as the service writes times. */
const at = (seconds: number) => SINCE.getTime() / 1_000 + seconds;
const MACHINE = 'arn:aws:states:ap-northeast-1:000000000000:stateMachine:machine';
const arnOf = (name: string) => `${MACHINE.replace('stateMachine', 'execution')}:${name}`;
/** TimeoutSeconds of the state machine. */
const LONGEST_S = 388_800;

let server: TinyServer;
let client: SFNClient;
let executions: Executions;

beforeAll(async () => {
  server = await startTinyServer();
  client = new SFNClient({ ...LOCAL_CLIENT, endpoint: server.endpoint, maxAttempts: 1 });
  executions = executionsOf(
    'arn:aws:lambda:ap-northeast-1:000000000000:function:example',
    'machine',
    client,
    LONGEST_S,
  );
});
afterAll(async () => {
  client.destroy();
  await server.close();
});
beforeEach(() => {
  server.seen.splice(0);
  server.replies.splice(0);
});

const execution = (name: string, stopDate: number | undefined, startDate = at(-60)) => ({
  executionArn: arnOf(name),
  stateMachineArn: MACHINE,
  name,
  status: 'FAILED',
  startDate,
  ...(stopDate !== undefined && { stopDate }),
});
const page = (list: unknown[], nextToken?: string) => ({ body: { executions: list, ...(nextToken && { nextToken }) } });
const asked = (target: string) => server.seen.filter((request) => request.target === target).map(({ body }) => body);

describe('executions that ended without success', () => {
  it('are those that stopped since a moment, as events tell of them', async () => {
    // Prepare
    server.replies.push(page([execution('late', at(5)), execution('early', at(-1)), execution('goes-on', undefined)]));
    server.replies.push(page([]), page([]));
    server.replies.push({
      body: { ...execution('late', at(5)), status: 'TIMED_OUT', input: '{"id":"request"}', error: 'States.Timeout' },
    });

    // Act
    const events = await executions.endedSince(SINCE);

    // Assess
    expect(asked('ListExecutions').map((body) => (body as { statusFilter: string }).statusFilter)).toEqual([
      ...['FAILED', 'TIMED_OUT', 'ABORTED'],
    ]);
    expect(asked('ListExecutions')[0]).toMatchObject({ stateMachineArn: MACHINE, maxResults: 1_000 });
    expect(asked('DescribeExecution')).toEqual([{ executionArn: arnOf('late') }]);
    expect(events).toEqual([
      {
        detail: {
          executionArn: arnOf('late'),
          status: 'TIMED_OUT',
          startDate: at(-60) * 1_000,
          input: '{"id":"request"}',
          error: 'States.Timeout',
        },
      },
    ]);
  });

  it('have no input where Step Functions leaves it out, and no error where there is none', async () => {
    server.replies.push(page([execution('late', at(5))]), page([]), page([]));
    server.replies.push({ body: { ...execution('late', at(5)), status: 'ABORTED' } });
    const [event] = await executions.endedSince(SINCE);
    expect(event?.detail).toEqual({
      ...{ executionArn: arnOf('late'), status: 'ABORTED', startDate: at(-60) * 1_000, input: null },
    });
  });

  it('are looked for page by page, as long as they may have run until then: they come by their start', async () => {
    // Prepare: the first of the three kinds has pages without end.
    const list = ['TIMED_OUT', 'ABORTED'].map(() => page([]));
    const starts = [-60, -LONGEST_S + 1, -LONGEST_S, -LONGEST_S - 60];
    const [first, ...others] = starts.map((start) => page([execution(`from ${start}`, at(-1), at(start))], 'more'));
    server.replies.push(first ?? {}, ...list, ...others);

    // Act
    expect(await executions.endedSince(SINCE)).toEqual([]);

    // Assess
    const tokens = asked('ListExecutions').map((body) => (body as { nextToken?: string }).nextToken);
    expect(tokens).toEqual([undefined, undefined, undefined, 'more', 'more']);
  });

  it('are not known where Step Functions does not answer', async () => {
    server.replies.push({ error: 'ThrottlingException' });
    await expect(executions.endedSince(SINCE)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('executions that started in a stretch of time', () => {
  it('are read back to its beginning, whatever became of them, and told apart by whether they are over', async () => {
    const started = (name: string, seconds: number, status = 'SUCCEEDED') => ({
      ...execution(name, undefined, at(seconds)),
      status,
    });
    server.replies.push(page([started('too-new', 61), started('goes-on', 60, 'RUNNING')], 'more'));
    server.replies.push(page([started('over', 1), started('counted-before', 0)], 'even more'));
    const found = await executions.startedBetween(SINCE, new Date(SINCE.getTime() + 60_000));
    expect(found).toEqual([
      { executionArn: arnOf('goes-on'), startedAt: SINCE.getTime() + 60_000, isOver: false },
      { executionArn: arnOf('over'), startedAt: SINCE.getTime() + 1_000, isOver: true },
    ]);
    expect(server.seen).toHaveLength(2);
  });

  it('tell what they returned, nothing where they failed or are forgotten', async () => {
    server.replies.push(
      { body: { ...execution('ended', at(1)), output: '{"outcome":"stale"}' } },
      { body: execution('failed', at(1)) },
      { error: 'ExecutionDoesNotExist' },
    );
    expect(await executions.outputOf(arnOf('ended'))).toEqual({ outcome: 'stale' });
    expect(await executions.outputOf(arnOf('failed'))).toBeUndefined();
    expect(await executions.outputOf(arnOf('forgotten'))).toBeUndefined();
  });
});
