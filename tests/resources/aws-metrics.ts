/**
 * What services of AWS write by themselves, as far as alarms and the dashboard look at it: the sets of dimensions of each metric,
 * checked against the page that is named. Whatever is not here neither may look at.
 */
export const AWS_METRICS: Readonly<Record<string, { source: string; metrics: Readonly<Record<string, string[][]>> }>> =
  {
    'AWS/States': {
      source: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html',
      metrics: { ExecutionsFailed: [['StateMachineArn']], ExecutionsTimedOut: [['StateMachineArn']] },
    },
    'AWS/SQS': {
      source:
        'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
      metrics: {
        ApproximateNumberOfMessagesVisible: [['QueueName']],
        ApproximateAgeOfOldestMessage: [['QueueName']],
      },
    },
    'AWS/Lambda': {
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
      metrics: { Errors: [['FunctionName']], Throttles: [['FunctionName']], IteratorAge: [['FunctionName']] },
    },
    'AWS/DynamoDB': {
      source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html',
      metrics: {
        ReadThrottleEvents: [['TableName']],
        WriteThrottleEvents: [['TableName'], ['TableName', 'GlobalSecondaryIndexName']],
        SystemErrors: [['TableName', 'Operation']],
      },
    },
    'AWS/Connect': {
      source: 'https://docs.aws.amazon.com/connect/latest/adminguide/monitoring-cloudwatch.html',
      metrics: {
        CallsBreachingConcurrencyQuota: [['InstanceId', 'MetricGroup']],
        ContactFlowFatalErrors: [['InstanceId', 'MetricGroup', 'ContactFlowName']],
      },
    },
  };
