import type { Metric } from './widget.ts';

/*
 * Metrics that AWS itself writes about the resources of the stack; tests/resources/aws-metrics.ts lists their documentation.
 * Values of dimensions refer to the resources as in Fn::Sub.
 */

export const executions = (name: 'ExecutionsFailed' | 'ExecutionsTimedOut'): Metric => ({
  namespace: 'AWS/States',
  name,
  dimensions: { StateMachineArn: '${CallRequestStateMachine}' },
});

/** @param functionName in serverless.yml */
export const ofFunction = (name: 'Errors' | 'Throttles', functionName: string): Metric => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: `\${${functionName.charAt(0).toUpperCase()}${functionName.slice(1)}LambdaFunction}` },
});

export const deadLetters = (queue: 'DeadLetterQueue' | 'ReleaseDeadLetterQueue'): Metric => ({
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: `\${${queue}.QueueName}` },
});
