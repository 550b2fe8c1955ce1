import { randomUUID } from 'node:crypto';
import {
  DescribeContactCommand,
  DescribeQueueCommand,
  GetEffectiveHoursOfOperationsCommand,
} from '@aws-sdk/client-connect';
import type { Account } from '../account.ts';
import { isDenied } from '../account-errors.ts';
import type { Check, CheckedStage } from '../check.ts';
import { idsOf, once } from '../stage-answers.ts';

const EXPECTED = 'ResourceNotFoundException';

/** Amazon Connect's errors. The requests are for resources that do not exist, so nothing is read. */
export const ANSWER_CHECKS: readonly Check[] = [
  {
    id: 'unknown-things',
    title: `A missing resource is answered with ${EXPECTED}`,
    permissions: ['connect:DescribeQueue', 'connect:GetEffectiveHoursOfOperations', 'connect:DescribeContact'],
    async ask(account, stage) {
      const { instanceId: InstanceId } = await idsOf(account, stage);
      const [unknown, today] = [randomUUID(), new Date().toISOString().slice(0, 10)];
      const { connect } = account;
      const answers = {
        queue: (await unknownQueue(account, stage)).error,
        hours: await answerTo(
          connect.send(
            new GetEffectiveHoursOfOperationsCommand({
              InstanceId,
              HoursOfOperationId: unknown,
              FromDate: today,
              ToDate: today,
            }),
          ),
        ),
        contact: await answerTo(connect.send(new DescribeContactCommand({ InstanceId, ContactId: unknown }))),
        instance: await answerTo(connect.send(new DescribeContactCommand({ InstanceId: unknown, ContactId: unknown }))),
      };
      const seen = Object.entries(answers)
        .map(([what, error]) => `${what}: ${error?.name ?? 'an answer'}`)
        .join(', ');
      const errors = Object.values(answers);
      if (errors.every((error) => error?.name === EXPECTED)) return { state: 'fine', seen };
      if (errors.every((error) => error?.name === EXPECTED || (error && isDenied(error)))) {
        return {
          state: 'unchecked',
          seen,
          nextStep:
            'Use credentials that are not limited to the instance: they are denied access to anything else instead.',
        };
      }
      return {
        state: 'problem',
        seen,
        nextStep: 'Report this: adapters/connect-failures.ts classifies errors by these names.',
      };
    },
  },
  {
    id: 'error-header',
    title: 'The name of an error is in the header x-amzn-errortype',
    permissions: ['connect:DescribeQueue'],
    async ask(account, stage) {
      const { error, header } = await unknownQueue(account, stage);
      if (error && isDenied(error)) throw error;
      return header?.startsWith(EXPECTED)
        ? { state: 'fine', seen: 'the header names the error' }
        : {
            state: 'problem',
            seen: header === undefined ? 'there is no such header' : `the header says ${header}`,
            nextStep: 'Report this: the local stack puts error names there.',
          };
    },
  },
];

/** The error of a request that should be refused. Errors from elsewhere are rethrown. */
async function answerTo(request: Promise<unknown>): Promise<Error | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (
      error instanceof Error &&
      '$fault' in error &&
      error.$fault === 'client' &&
      !/Thrott|TooMany/.test(error.name)
    ) {
      return error;
    }
    throw error;
  }
}

/** Asks for a queue that does not exist: returns the error, and the response header that names it. */
const unknownQueue = (account: Account, stage: CheckedStage): Promise<{ error?: Error; header?: string }> =>
  once(account, 'unknown queue', async () => {
    const { instanceId: InstanceId } = await idsOf(account, stage);
    const error = await answerTo(account.connect.send(new DescribeQueueCommand({ InstanceId, QueueId: randomUUID() })));
    const response = error && '$response' in error ? error.$response : undefined;
    const header = (response as { headers?: Record<string, string> } | undefined)?.headers?.['x-amzn-errortype'];
    return { ...(error && { error }), ...(header !== undefined && { header }) };
  });
