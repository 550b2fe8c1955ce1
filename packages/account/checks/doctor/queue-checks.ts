import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { SERVICE } from '../../../../resources/load-stage.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { pointsOf } from '../../metric-sums.ts';
import { once } from '../../stage-answers.ts';
import { callsCommand } from './commands-to-run.ts';

const QUEUE = ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'];

/** A tick that is older finds free agents late, which the alarm release-late rings for. */
const LATE_SECONDS = 60;

/** Events that reached nobody. */
export const DEAD_LETTERS: DoctorCheck = {
  id: 'dead-letters',
  title: 'No event lies among the dead letters',
  problem: 'Events lie among the dead letters',
  permissions: QUEUE,
  async ask(account, stage) {
    const count = await messagesIn(account, `${SERVICE}-${stage.name}-dead-letters`);
    return count === 0
      ? { state: 'fine', seen: 'none' }
      : {
          state: 'problem',
          seen: counted(count, 'message'),
          nextStep: `${callsCommand(stage, 'redrive')} lists them with the reason of each, and gives back what is still worth a call.`,
        };
  },
};

/** What wakes those who wait for an agent. */
export const RELEASE_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'release-queue',
    title: 'Who waits is looked after in time',
    problem: 'Who waits is looked after too late',
    permissions: [...QUEUE, 'cloudwatch:GetMetricData'],
    async ask(account, stage) {
      const QueueName = releaseQueue(stage);
      const count = await messagesIn(account, QueueName);
      if (count === 0) return { state: 'fine', seen: 'no message waits' };
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
          seen: `${waiting}, whose age CloudWatch does not tell yet`,
          nextStep: 'Run this again in some minutes.',
        };
      }
      const seen = `${waiting}, the oldest ${Math.round(latest.value)} s old`;
      return latest.value < LATE_SECONDS
        ? { state: 'fine', seen }
        : {
            state: 'problem',
            seen,
            nextStep: 'Do what docs/runbook.md says about the alarm release-late: releaseWaiting does not keep up.',
          };
    },
  },
  {
    id: 'release-failures',
    title: 'The function that wakes those who wait did not give up',
    problem: 'The function that wakes those who wait gave up',
    permissions: QUEUE,
    async ask(account, stage) {
      const count = await messagesIn(account, `${releaseQueue(stage)}-failures`);
      return count === 0
        ? { state: 'fine', seen: 'not in the last day' }
        : {
            state: 'problem',
            seen: `it gave up on ${counted(count, 'message')} in the last day`,
            nextStep: 'Do what docs/runbook.md says about the alarm release-failures.',
          };
    },
  },
];

const releaseQueue = ({ environment }: CheckedStage): string => environment.RELEASE_QUEUE ?? '';

/**
 * Messages in a queue, those that somebody is reading and those whose time has not come included.
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
