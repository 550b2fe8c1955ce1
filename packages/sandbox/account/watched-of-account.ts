import { AccountRefusal, type Operation, page } from './account-operation.ts';
import type { AccountState } from './account-state.ts';

const HOUR_MS = 3_600_000;

/** Operations of CloudWatch, its logs, SNS, SQS and Secrets Manager, as far as the account checks need them. */
export const WATCHED: Readonly<Record<string, Operation>> = {
  'cloudwatch:GetMetricData': ({ metrics, refusedMetrics }, { MetricDataQueries, StartTime }) => ({
    MetricDataResults: (MetricDataQueries as MetricQuery[]).map(({ Id, MetricStat: { Metric } }) => {
      const refusal = refusedMetrics[Metric.Namespace];
      if (refusal) throw new AccountRefusal(refusal.name, refusal.message);
      const own = metrics.filter((metric) => isAsked(metric, Metric)).flatMap(({ points }) => points);
      const shown = own
        .map(({ hoursAgo, value }) => ({ at: (Date.now() - hoursAgo * HOUR_MS) / 1_000, value }))
        .filter(({ at }) => at >= Number(StartTime));
      return {
        Id,
        Timestamps: shown.map(({ at }) => at),
        Values: shown.map(({ value }) => value),
        StatusCode: 'Complete',
      };
    }),
  }),
  'cloudwatch:ListDashboards': ({ dashboards }, { DashboardNamePrefix }) => ({
    DashboardEntries: dashboards
      .filter((name) => name.startsWith(String(DashboardNamePrefix ?? '')))
      .map((DashboardName) => ({ DashboardName })),
  }),
  'logs:DescribeLogGroups': (state, input) => {
    const { nextToken: NextToken, logGroupNamePrefix = '' } = input;
    const own = state.logGroups.filter(({ name }) => name.startsWith(String(logGroupNamePrefix)));
    const { logGroups, NextToken: nextToken } = page(
      state,
      { NextToken },
      'logGroups',
      own.map(({ name: logGroupName, retentionInDays }) => ({ logGroupName, retentionInDays })),
    );
    return { logGroups, nextToken };
  },
  'sns:ListSubscriptionsByTopic': (state, input) => {
    const own = state.subscriptions.filter(({ topicArn }) => topicArn === input.TopicArn);
    const shown = own.map(({ topicArn, protocol, endpoint, isConfirmed = true }, index) => ({
      SubscriptionArn: isConfirmed ? `${topicArn}:${index}` : 'PendingConfirmation',
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topicArn,
    }));
    return page(state, input, 'Subscriptions', shown);
  },
  'sqs:GetQueueUrl': (state, { QueueName }) => ({
    QueueUrl: `https://sqs.${state.region}.amazonaws.com/${state.accountId}/${messageQueue(state, QueueName).name}`,
  }),
  'sqs:GetQueueAttributes': (state, { QueueUrl }) => {
    const { messages = 0 } = messageQueue(state, String(QueueUrl).split('/').at(-1));
    return {
      Attributes: {
        ApproximateNumberOfMessages: String(messages),
        ApproximateNumberOfMessagesNotVisible: '0',
        ApproximateNumberOfMessagesDelayed: '0',
      },
    };
  },
  'secretsmanager:DescribeSecret': ({ secrets }, { SecretId }) => {
    const isGoing = secrets[String(SecretId)];
    if (isGoing === undefined) throw new AccountRefusal('ResourceNotFoundException', `there is no secret ${SecretId}`);
    return { Name: SecretId, ...(isGoing && { DeletedDate: Date.now() / 1_000 }) };
  },
};

interface MetricQuery {
  Id: string;
  MetricStat: { Metric: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] } };
}

function isAsked(
  { namespace, name, dimensions }: AccountState['metrics'][number],
  { Namespace, MetricName, Dimensions }: MetricQuery['MetricStat']['Metric'],
): boolean {
  return (
    namespace === Namespace &&
    name === MetricName &&
    Dimensions.length === Object.keys(dimensions).length &&
    Dimensions.every(({ Name, Value }) => dimensions[Name] === Value)
  );
}

function messageQueue({ messageQueues }: AccountState, name: unknown) {
  const found = messageQueues.find((queue) => queue.name === name);
  if (!found) throw new AccountRefusal('QueueDoesNotExist', 'The specified queue does not exist.');
  return found;
}
