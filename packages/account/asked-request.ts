import type { ConnectClient } from '@aws-sdk/client-connect';
import { isObject } from '../../domain/json-object.ts';

/** A request that AWS rejected. */
interface AskedRequest {
  /** Action that authorises it. */
  action: string;
  input: unknown;
}

const refused = new WeakMap<object, AskedRequest>();

/** SDK client → prefix of the service's actions in policies. */
const PREFIXES: Readonly<Record<string, string>> = {
  ConnectClient: 'connect',
  EventBridgeClient: 'events',
  STSClient: 'sts',
  SSMClient: 'ssm',
  ServiceQuotasClient: 'servicequotas',
  IAMClient: 'iam',
  CloudFormationClient: 'cloudformation',
  SQSClient: 'sqs',
  SFNClient: 'states',
  LambdaClient: 'lambda',
  DynamoDBClient: 'dynamodb',
  PollyClient: 'polly',
  CloudWatchClient: 'cloudwatch',
  CloudWatchLogsClient: 'logs',
  SNSClient: 'sns',
  SecretsManagerClient: 'secretsmanager',
};

/**
 * Operations that are authorised by an action of another name.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
const OTHER_NAMES: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction' };

/** Remembers the request behind an error from AWS, as its message does not always name it. */
export function remembering<T extends { middlewareStack: unknown }>(client: T): T {
  // Each client types its middleware for its own requests; this one does not look at them.
  const stack = client.middlewareStack as ConnectClient['middlewareStack'];
  stack.add(
    (next, { clientName = '', commandName = '' }) =>
      async (request) => {
        try {
          return await next(request);
        } catch (error) {
          if (error instanceof Error) {
            const name = commandName.replace(/Command$/, '');
            const action = `${PREFIXES[clientName] ?? clientName}:${OTHER_NAMES[name] ?? name}`;
            refused.set(error, { action, input: request.input });
          }
          throw error;
        }
      },
    { step: 'initialize', name: 'remember', priority: 'high' },
  );
  return client;
}

/** The action of the request that failed with this error. */
export const actionAsked = (error: Error): string | undefined => refused.get(error)?.action;

/** The resource that a request is about. */
interface Thing {
  /** `the function karte-connect-call-dev-road` */
  name: string;
  /** Whether the stack of the stage creates it. */
  isOfStack: boolean;
}

/** Request fields that name the resource, most specific first. */
const NAMED_BY: readonly (readonly [field: string, what: string, isOfStack: boolean])[] = [
  ['FunctionName', 'the function', true],
  ['TableName', 'the table', true],
  ['stateMachineArn', 'the state machine', true],
  ['QueueName', 'the message queue', true],
  ['TopicArn', 'the topic', false],
  ['SecretId', 'the secret', false],
  ['PolicySourceArn', 'the role', true],
  ['ContactFlowId', 'the flow', true],
  ['EventBusName', 'the event bus', false],
  ['HoursOfOperationId', 'the hours of operation', false],
  ['QueueId', 'the queue', false],
  ['RoutingProfileId', 'the routing profile', false],
  ['ContactId', 'the contact', false],
  ['InstanceId', 'the Amazon Connect instance', false],
];

/** The resource of the request that failed with this error; undefined if it names none or is unknown. */
export function thingAsked(error: Error): Thing | undefined {
  const input = refused.get(error)?.input;
  if (!isObject(input)) return undefined;
  for (const [field, what, isOfStack] of NAMED_BY) {
    const value = input[field];
    if (typeof value !== 'string') continue;
    // There is no more specific field, as in a request for metrics of queues.
    const more = field === 'InstanceId' ? ', or a part of it,' : '';
    return { name: `${what} ${lastOf(value)}${more}`, isOfStack };
  }
  return undefined;
}

/** The name at the end of an ARN; another text as it is. */
const lastOf = (name: string): string => (name.startsWith('arn:') ? (name.split(/[:/]/).at(-1) ?? name) : name);
