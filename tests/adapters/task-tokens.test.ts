import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stepFunctionsTokens, type TaskTokens } from '../../adapters/task-tokens.ts';
import { LOCAL_CLIENT, startTinyServer, type TinyServer } from './tiny-server.ts';

let server: TinyServer;
let client: SFNClient;
let tokens: TaskTokens;

beforeAll(async () => {
  server = await startTinyServer();
  client = new SFNClient({ ...LOCAL_CLIENT, endpoint: server.endpoint, maxAttempts: 1 });
  tokens = stepFunctionsTokens(client);
});
afterAll(async () => {
  client.destroy();
  await server.close();
});
beforeEach(() => {
  server.seen.splice(0);
  server.replies.splice(0);
});

describe('the answer to a task token', () => {
  it('is the turn as JSON', async () => {
    expect(await tokens.succeed('token', { at: '2026-11-22T03:00:00.000Z' })).toBe('told');
    expect(server.seen[0]).toMatchObject({
      target: 'SendTaskSuccess',
      body: { taskToken: 'token', output: '{"at":"2026-11-22T03:00:00.000Z"}' },
    });
  });

  it('is an error and its cause as JSON', async () => {
    expect(await tokens.fail('token', 'NoLongerWaiting', { outcome: 'calling_disabled' })).toBe('told');
    expect(server.seen[0]).toMatchObject({
      target: 'SendTaskFailure',
      body: { taskToken: 'token', error: 'NoLongerWaiting', cause: '{"outcome":"calling_disabled"}' },
    });
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'comes too late where the service says %s',
    async (error) => {
      server.replies.push({ error });
      expect(await tokens.succeed('token', {})).toBe('gone');
      expect(await tokens.fail('token', 'NoLongerWaiting', {})).toBe('gone');
    },
  );

  it.each([
    ['AccessDeniedException', 400],
    ['ThrottlingException', 400],
    ['InternalServerError', 500],
  ])('is unknown where the service says %s: then the call fails, asked once', async (error, status) => {
    server.replies.push({ error, status });
    await expect(tokens.succeed('token', {})).rejects.toMatchObject({ name: error });
    await expect(tokens.fail('token', 'NoLongerWaiting', {})).rejects.toMatchObject({ name: error });
    expect(server.seen).toHaveLength(2);
  });

  it('is unknown where the connection breaks', async () => {
    server.replies.push('hang up');
    await expect(tokens.succeed('token', {})).rejects.toThrow();
  });
});
