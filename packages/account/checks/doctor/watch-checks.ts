import { DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import { SERVICE } from '../../../../resources/load-stage.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { targetsOfKarteRule } from '../../rules-of-stage.ts';
import { functionName, once } from '../../stage-answers.ts';
import { subscriptionsOfTopic, type TopicSubscription } from '../../topic-subscriptions.ts';
import { deployAgain, deployOrUndo } from './commands-to-run.ts';

/** The guide's route: rule, topic, function. */
export const SNS_INTAKE: DoctorCheck = {
  id: 'sns-intake',
  title: "The guide's SNS topic forwards requests",
  problem: "The guide's SNS topic does not forward requests",
  permissions: ['events:ListRules', 'events:ListTargetsByRule', 'sns:ListSubscriptionsByTopic'],
  async ask(account, stage) {
    if (stage.file.karte.intake !== 'sns') {
      return {
        state: 'fine',
        seen: 'there is none between the rule and the state machine (karte.intake: eventbridge)',
      };
    }
    const topic = (await targetsOfKarteRule(account, stage)).find(({ Arn }) => Arn?.includes(':sns:'))?.Arn;
    if (topic === undefined) {
      return { state: 'problem', seen: 'the rule has no topic as its target', nextStep: deployAgain(stage) };
    }
    const own = functionName(stage, 'acceptSnsNotification');
    const isSubscribed = (await subscriptions(account, topic)).some(
      ({ protocol, endpoint }) => protocol === 'lambda' && endpoint.endsWith(`:${own}`),
    );
    return isSubscribed
      ? { state: 'fine', seen: 'acceptSnsNotification is subscribed to the topic' }
      : {
          state: 'problem',
          seen: 'acceptSnsNotification is not subscribed to the topic',
          nextStep: deployOrUndo(stage),
        };
  },
};

/** Whether somebody is notified when something goes wrong. */
export const WATCH_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'alarm-subscriptions',
    title: 'Alarms reach somebody',
    problem: 'Alarms do not reach everybody they should',
    permissions: ['cloudformation:DescribeStackResource', 'sns:ListSubscriptionsByTopic'],
    async ask(account, stage) {
      const topics = [stage.file.alarmTopicArn, await madeTopic(account, stage)].filter((topic) => topic !== null);
      if (topics.length === 0) {
        return {
          state: 'problem',
          seen: 'the stage has no topic for its alarms: nobody is notified',
          nextStep: `Set the recipients in settings/${stage.name}.yml, and deploy: docs/deploy.md.`,
        };
      }
      const all: TopicSubscription[] = [];
      for (const topic of topics) {
        const found = await subscriptions(account, topic).catch(unlessNotFound);
        if (!found) {
          return {
            state: 'problem',
            seen: 'the topic of the alarms does not exist',
            nextStep: `Create it, or name another one in settings/${stage.name}.yml, and deploy.`,
          };
        }
        all.push(...found);
      }
      const pending = all.filter(({ isConfirmed }) => !isConfirmed).length;
      if (all.length === 0) {
        return {
          state: 'problem',
          seen: 'nobody is subscribed to the topic of the alarms',
          nextStep: 'Subscribe an address to it: SNS > Topics in the console.',
        };
      }
      return pending === 0
        ? { state: 'fine', seen: `${counted(all.length, 'subscription')}, all confirmed` }
        : {
            state: 'problem',
            seen: `${pending} of ${counted(all.length, 'subscription')} not confirmed`,
            nextStep: 'Open the email from AWS with the subject "Subscription Confirmation", and follow its link.',
          };
    },
  },
  {
    id: 'dashboard',
    title: 'The dashboard of the stage exists',
    problem: 'The dashboard of the stage is missing',
    permissions: ['cloudwatch:ListDashboards'],
    async ask(account, stage) {
      const name = `${SERVICE}-${stage.name}`;
      for await (const { DashboardEntries = [] } of paginateListDashboards(
        { client: account.cloudWatch },
        { DashboardNamePrefix: name },
      )) {
        if (DashboardEntries.some(({ DashboardName }) => DashboardName === name)) return { state: 'fine', seen: name };
      }
      return { state: 'problem', seen: `there is no dashboard ${name}`, nextStep: deployAgain(stage) };
    },
  },
];

/** The topic that the stack creates, if any. */
async function madeTopic({ cloudFormation }: Account, stage: CheckedStage): Promise<string | null> {
  try {
    const { StackResourceDetail } = await cloudFormation.send(
      new DescribeStackResourceCommand({ StackName: `${SERVICE}-${stage.name}`, LogicalResourceId: 'AlarmTopic' }),
    );
    return StackResourceDetail?.PhysicalResourceId ?? null;
  } catch (error) {
    // A missing stack and a missing resource have no error type of their own.
    if (error instanceof Error && error.name === 'ValidationError') return null;
    throw error;
  }
}

function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof Error && error.name === 'NotFoundException')) throw error;
}

const subscriptions = (account: Account, topic: string): Promise<TopicSubscription[]> =>
  once(account, `subscriptions of ${topic}`, () => subscriptionsOfTopic(account.sns, topic));
