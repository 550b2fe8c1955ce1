import type { Metric } from './widget.ts';

/*
 * Metrics that AWS itself writes about the resources of the stack. Values of dimensions refer to these as Fn::Sub does.
 */

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
export const executions = (name: 'ExecutionsFailed' | 'ExecutionsTimedOut'): Metric => ({
  namespace: 'AWS/States',
  name,
  dimensions: { StateMachineArn: '${CallRequestStateMachine}' },
});

/** @param functionName in serverless.yml @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const ofFunction = (name: 'Errors' | 'Throttles', functionName: string): Metric => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: `\${${functionName.charAt(0).toUpperCase()}${functionName.slice(1)}LambdaFunction}` },
});

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const deadLetters = (queue: 'DeadLetterQueue' | 'ReleaseDeadLetterQueue'): Metric => ({
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: `\${${queue}.QueueName}` },
});
