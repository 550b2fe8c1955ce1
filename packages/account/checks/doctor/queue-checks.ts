import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { SERVICE } from '../../../../resources/load-stage.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { pointsOf } from '../../metric-sums.ts';
import { once } from '../../stage-answers.ts';
import { callsCommand } from './commands-to-run.ts';

const QUEUE = ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'];

/** Older ticks find free agents late, which sets off the alarm release-late. */
const LATE_SECONDS = 60;

/** Undelivered events. */
export const DEAD_LETTERS: DoctorCheck = {
  id: 'dead-letters',
  title: 'There are no dead letters',
  problem: 'There are dead letters',
  permissions: QUEUE,
  async ask(account, stage) {
    const count = await messagesIn(account, `${SERVICE}-${stage.name}-dead-letters`);
    return count === 0
      ? { state: 'fine', seen: 'none' }
      : {
          state: 'problem',
          seen: counted(count, 'message'),
          nextStep: `${callsCommand(stage, 'redrive')} lists them with their reasons, and resends those that are still worth a call.`,
        };
  },
};

/** The queue that wakes requests waiting for an agent. */
export const RELEASE_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'release-queue',
    title: 'Waiting requests are processed in time',
    problem: 'Waiting requests are processed too late',
    permissions: [...QUEUE, 'cloudwatch:GetMetricData'],
    async ask(account, stage) {
      const QueueName = releaseQueue(stage);
      const count = await messagesIn(account, QueueName);
      if (count === 0) return { state: 'fine', seen: 'no messages waiting' };
      const [[latest] = []] = await pointsOf(
        account,
        [
          {
            namespace: 'AWS/SQS',
            name: 'ApproximateAgeOfOldestMessage',
            dimensions: { QueueName },
            statistic: 'Maximum',
          },
        ],
        0.5,
        60,
      );
      const waiting = `${counted(count, 'message')} in the release queue`;
      if (!latest) {
        return {
          state: 'unchecked',
          seen: `${waiting}, whose age CloudWatch does not report yet`,
          nextStep: 'Run this again in a few minutes.',
        };
      }
      const seen = `${waiting}, the oldest ${Math.round(latest.value)} s old`;
      return latest.value < LATE_SECONDS
        ? { state: 'fine', seen }
        : {
            state: 'problem',
            seen,
            nextStep: 'Follow docs/runbook.md for the alarm release-late: releaseWaiting does not keep up.',
          };
    },
  },
  {
    id: 'release-failures',
    title: 'The function that wakes waiting requests did not give up',
    problem: 'The function that wakes waiting requests gave up',
    permissions: QUEUE,
    async ask(account, stage) {
      const count = await messagesIn(account, `${releaseQueue(stage)}-failures`);
      return count === 0
        ? { state: 'fine', seen: 'not in the last day' }
        : {
            state: 'problem',
            seen: `it gave up on ${counted(count, 'message')} in the last day`,
            nextStep: 'Follow docs/runbook.md for the alarm release-failures.',
          };
    },
  },
];

const releaseQueue = ({ environment }: CheckedStage): string => environment.RELEASE_QUEUE ?? '';

/**
 * Messages in a queue, including those in flight and delayed ones.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
const messagesIn = (account: Account, QueueName: string): Promise<number> =>
  once(account, `messages in ${QueueName}`, async () => {
    const { QueueUrl } = await account.sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Attributes = {} } = await account.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    );
    return Object.values(Attributes).reduce((sum, text) => sum + (Number(text) || 0), 0);
  });
