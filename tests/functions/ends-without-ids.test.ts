import { ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { logger } from '../../adapters/logging.ts';
import { EXECUTION_ID, goodRequest, karteEvent, setEnvironment, stage } from './function-support.ts';

setEnvironment();
// A stage whose stack makes the instance, and a parameter with ids that somebody has deleted.
const connect = { ...stage.connect, instanceId: 'create' };
process.env.STAGE_SETTINGS = JSON.stringify({ ...stage, connect });
const { handler } = await import('../../functions/road.ts');

let asked = 0;
const written: unknown[] = [];
beforeEach(() => {
  asked = 0;
  written.length = 0;
  vi.spyOn(SSMClient.prototype, 'send').mockImplementation(async () => {
    asked += 1;
    throw new ParameterNotFound({ message: 'there is none', $metadata: {} });
  });
  vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async ({ input }) => {
    written.push(input);
    return {};
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const step = (name: string, state: unknown) =>
  (handler as (event: unknown, context: Context) => Promise<unknown>)(
    { step: name, executionId: EXECUTION_ID, retries: 0, state },
    {} as Context,
  );
const failedAt = (state: string) => ({ failed: { [state]: { Error: 'StageIdsMissing', Cause: '{}' } } });

it.each([
  ['ValidateRequest', { ...karteEvent({}), ...failedAt('ValidateRequest') }],
  ['CheckQueue', { decision: 'continue', request: goodRequest, ...failedAt('CheckQueue') }],
])('records that ids are missing where %s could not read them, and reads none for it', async (_state, document) => {
  const ended = await step('RecordOutcome', document);
  expect(ended).toMatchObject({ outcome: 'misconfigured', reason: 'ids_missing', notify: 'alarm' });
  expect(JSON.stringify(written)).toContain('ids_missing');
  expect(asked).toBe(0);
});

it('runs no other step without ids', async () => {
  vi.spyOn(logger, 'error').mockReturnValue();
  const state = { decision: 'continue', request: goodRequest };
  await expect(step('CheckQueue', state)).rejects.toMatchObject({ name: 'StageIdsMissing' });
  expect([asked, written]).toEqual([1, []]);
});
