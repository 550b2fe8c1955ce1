import type { ConnectClient } from '@aws-sdk/client-connect';
import { isObject } from '../../domain/json-object.ts';

/** A request that AWS refused. */
interface AskedRequest {
  /** Action that authorises it. */
  action: string;
  input: unknown;
}

const refused = new WeakMap<object, AskedRequest>();

/** Client of the SDK → what stands before the service's actions in a policy. */
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
 * Operations that an action of another name authorises.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
const OTHER_NAMES: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction' };

/** Keeps in mind what was asked where AWS answers with an error: its text does not always say. */
export function remembering<T extends { middlewareStack: unknown }>(client: T): T {
  // Every client's is one for its own requests; this looks at none of them.
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

/** The action whose request this error answers. */
export const actionAsked = (error: Error): string | undefined => refused.get(error)?.action;

/** Something that a request is about. */
interface Thing {
  /** `the function karte-connect-call-dev-road` */
  name: string;
  /** The stack of the stage makes it. */
  isOfStack: boolean;
}

/** Fields of requests that name what they are about, the narrowest first. */
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

/** What the request was about that this error answers; undefined for one that names nothing, or is not known. */
export function thingAsked(error: Error): Thing | undefined {
  const input = refused.get(error)?.input;
  if (!isObject(input)) return undefined;
  for (const [field, what, isOfStack] of NAMED_BY) {
    const value = input[field];
    if (typeof value !== 'string') continue;
    // Nothing narrower names it, as in a question for the metrics of queues.
    const more = field === 'InstanceId' ? ', or what was asked of it,' : '';
    return { name: `${what} ${lastOf(value)}${more}`, isOfStack };
  }
  return undefined;
}

/** The name at the end of an ARN; another text as it is. */
const lastOf = (name: string): string => (name.startsWith('arn:') ? (name.split(/[:/]/).at(-1) ?? name) : name);
