import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parameterStore } from '../../adapters/parameter-store.ts';
import { onStage, stageIds } from '../../adapters/stage-ids.ts';
import type { PackagedSettings } from '../../domain/created-ids.ts';
import { FLOW_ARN, QUEUE_ID, stage } from '../functions/function-support.ts';
import { LOCAL_CLIENT, startTinyServer, type TinyServer } from './tiny-server.ts';

const NAME = '/karte-connect-call/dev/ids';
const { instanceId } = stage.connect;
const IDS = { instanceId, contactFlow: FLOW_ARN, queues: { general: QUEUE_ID } };
const { general: _, ...otherQueues } = stage.connect.queues;
/** One queue is the stack's. */
const PACKAGED: PackagedSettings = {
  ...stage,
  connect: { ...stage.connect, queues: { general: 'create', ...otherQueues } },
};
const THROTTLED = { error: 'ThrottlingException' };
const ATTEMPTS = 4;

let server: TinyServer;
beforeAll(async () => {
  server = await startTinyServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.splice(0);
  server.replies.splice(0);
  vi.stubEnv('AWS_REGION', LOCAL_CLIENT.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', server.endpoint);
  // The SDK's pauses between attempts are of random lengths: these are the shortest.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const reply = (ids: unknown) => ({ body: { Parameter: { Name: NAME, Value: JSON.stringify(ids) } } });

/** A function of a stage whose stack made a queue, in one execution environment: tells what it was built with. */
function environment(settings = PACKAGED) {
  const built: string[] = [];
  const run = onStage(settings, stageIds(NAME), ({ connect }) => {
    built.push(connect.queues.general ?? '');
    return async (event: string) => `${event} ${connect.queues.general}`;
  });
  return { built, run: (event: string) => run(event, {} as Context) };
}

describe('the ids of a deployed stack', () => {
  it('are asked for when the function first runs, and never again', async () => {
    // Prepare
    server.replies.push(reply(IDS));
    const { built, run } = environment();
    expect(server.seen).toEqual([]);
    // Act
    const answers = [await run('one'), await run('two')];
    // Assess
    expect(answers).toEqual([`one ${QUEUE_ID}`, `two ${QUEUE_ID}`]);
    expect(built).toEqual([QUEUE_ID]);
    expect(server.seen).toMatchObject([{ target: 'GetParameter', body: { Name: NAME } }]);
  });

  it('are asked for by nobody in a stage that has them all, whose function is put together at once', async () => {
    const { built, run } = environment(stage);
    expect(built).toEqual([QUEUE_ID]);
    expect(await run('one')).toBe(`one ${QUEUE_ID}`);
    expect(server.seen).toEqual([]);
  });

  it('are asked for once by two invocations at once', async () => {
    server.replies.push(reply(IDS));
    const { built, run } = environment();
    expect(await Promise.all([run('one'), run('two')])).toEqual([`one ${QUEUE_ID}`, `two ${QUEUE_ID}`]);
    expect(built).toHaveLength(1);
    expect(server.seen).toHaveLength(1);
  });

  it('are asked for again after a failure, which is not kept', async () => {
    // Prepare
    server.replies.push('hang up');
    const { run } = environment();
    // Act
    const first = run('one');
    // Assess
    await expect(first).rejects.toMatchObject({ name: 'StageIdsUnavailable' });
    expect(server.seen).toHaveLength(ATTEMPTS);
    server.replies.splice(0, 1, reply(IDS));
    expect(await run('two')).toBe(`two ${QUEUE_ID}`);
    expect(server.seen).toHaveLength(ATTEMPTS + 1);
  });

  it('come in the end where requests are turned away ten times', async () => {
    // Prepare
    server.replies.push(...Array.from({ length: 10 }, () => THROTTLED), reply(IDS));
    const { run } = environment();
    // Act: the state machine repeats it
    const failures: unknown[] = [];
    let answer: string | undefined;
    for (let tries = 0; tries < 5 && answer === undefined; tries += 1) {
      answer = await run('one').catch((error: unknown) => void failures.push(error));
    }
    // Assess
    expect(answer).toBe(`one ${QUEUE_ID}`);
    expect(failures).toMatchObject([{ name: 'StageIdsUnavailable' }, { name: 'StageIdsUnavailable' }]);
    expect(server.seen).toHaveLength(11);
  });

  it('are given up within the time of a function where nobody ever answers', async () => {
    // A server of its own: on a busy machine it hears of a request only when that has long been given up.
    const silent = await startTinyServer();
    silent.replies.push('silence');
    const requestHandler = { requestTimeout: 20, throwOnRequestTimeout: true };
    const client = new SSMClient({ ...LOCAL_CLIENT, endpoint: silent.endpoint, maxAttempts: ATTEMPTS, requestHandler });
    const read = stageIds(NAME, parameterStore(client)).entryFlow(instanceId);
    await expect(read).rejects.toMatchObject({
      name: 'StageIdsUnavailable',
      cause: { name: 'TimeoutError', $metadata: { attempts: ATTEMPTS } },
    });
    await silent.close();
  });

  it.each<[string, object, string]>([
    ['is not there', { error: 'ParameterNotFound' }, 'does not exist'],
    ['is no JSON', { body: { Parameter: { Value: '{"contactFlow": ' } } }, 'is not JSON'],
    ['is empty', { body: { Parameter: {} } }, 'does not exist'],
    ['is of another form', reply([1]), 'names no contact flow'],
    ['has a flow by its name', reply({ ...IDS, contactFlow: 'call-me' }), 'names no contact flow'],
    ['has queues that are no list', reply({ ...IDS, queues: 'general' }), 'has no list of queues'],
    [
      'has an id that is none',
      reply({ ...IDS, queues: { general: 'create' } }),
      'has an id of the queue general that is no id',
    ],
    ['has an instance that is none', reply({ ...IDS, instanceId: 1 }), 'has an instance id that is no id'],
    ['lacks a queue', reply({ ...IDS, queues: {} }), 'has no id of the queue general'],
    [
      'has a queue that every object has',
      reply({ ...IDS, queues: { toString: QUEUE_ID } }),
      'has no id of the queue general',
    ],
    [
      "is another stage's",
      reply({ ...IDS, contactFlow: FLOW_ARN.replace(instanceId, '00000000-0000-4000-8000-000000000009') }),
      'names a contact flow of another instance, 00000000-0000-4000-8000-000000000009',
    ],
  ])('are missed where the parameter %s, by a sentence that says what to do', async (_what, answer, sentence) => {
    server.replies.push(answer);
    await expect(environment().run('one')).rejects.toMatchObject({
      name: 'StageIdsMissing',
      message: `the parameter ${NAME} ${sentence}: deploy the stage again, or see docs/runbook.md under misconfigured`,
    });
    expect(server.seen).toHaveLength(1);
  });

  it('may be refused for a while: a role is new', async () => {
    server.replies.push({ error: 'AccessDeniedException' });
    await expect(environment().run('one')).rejects.toMatchObject({
      name: 'StageIdsUnavailable',
      message: `${NAME} could not be read: AccessDeniedException`,
    });
  });

  it('name the flow by ARN or by id', async () => {
    for (const contactFlow of [FLOW_ARN, FLOW_ARN.split('/').at(-1) ?? '']) {
      server.replies.splice(0, 1, reply({ contactFlow }));
      expect(await stageIds(NAME).entryFlow(instanceId)).toBe(contactFlow);
    }
  });
});
