import type { Service } from '../../packages/sandbox/service.ts';

/** A request as AWS authorises it. */
export interface AwsRequest {
  /** `dynamodb:GetItem`. */
  action: string;
  /** Resource type of the service authorization reference → ARNs that the request names. */
  resources: Record<string, string[]>;
  /** Partition keys of the items, where it names items: `dynamodb:LeadingKeys`. */
  keys?: string[];
}

/** A request as it goes out. */
interface HttpRequest {
  /** Name of the service in the address. */
  endpoint: string;
  method: string;
  path: string;
  /** `x-amz-target`, in the protocols that have it. */
  target: string;
  body: string;
}

type Body = Record<string, unknown>;
type Resources = Pick<AwsRequest, 'resources' | 'keys'>;

/** Region and account in which the local stack is. */
export const PLACE = 'ap-northeast-1:000000000000';
const arn = (service: string, resource: string) => `arn:aws:${service}:${PLACE}:${resource}`;

/** What a request asks for, and on what. Throws at one that it does not know. */
export function awsRequest(request: HttpRequest, service: Service): AwsRequest {
  const { endpoint, target, body } = request;
  if (endpoint === 'connect') return connectRequest(request);
  const operation = target.split('.').at(-1) ?? '';
  const find = OPERATIONS[endpoint];
  if (!find)
    throw new Error(`a request to ${endpoint}, of which tests/packaging/aws-request.ts does not know the ARNs`);
  return { action: `${endpoint}:${operation}`, ...find(JSON.parse(body) as Body, service, operation) };
}

const OPERATIONS: Record<string, (body: Body, service: Service, operation: string) => Resources> = {
  dynamodb: dynamoDb,
  sqs: ({ QueueUrl }) => ({ resources: { queue: [arn('sqs', nameIn(QueueUrl))] } }),
  // Secrets Manager appends a hyphen and six characters to a secret's name.
  secretsmanager: ({ SecretId }) => ({ resources: { Secret: [arn('secretsmanager', `secret:${SecretId}-AbCdEf`)] } }),
  ssm: ({ Name }) => ({ resources: { parameter: [arn('ssm', `parameter${Name}`)] } }),
  states({ stateMachineArn, executionArn }, { stateMachine }) {
    if (executionArn !== undefined) return { resources: { execution: [String(executionArn)] } };
    // A task token says nothing of its machine, and is that of the only one.
    return {
      resources: { statemachine: [String(stateMachineArn ?? arn('states', `stateMachine:${stateMachine.name}`))] },
    };
  },
};

const nameIn = (url: unknown): string => String(url).split('/').at(-1) ?? '';

function dynamoDb(body: Body, { tables }: Service, operation: string): Resources {
  const keyOf = (table: string, item: unknown): string => {
    const { KeySchema = [] } = tables.find(({ TableName }) => TableName === table) ?? {};
    const name = KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
    return (item as Record<string, { S?: string }>)[name]?.S ?? '';
  };
  if (operation === 'BatchGetItem') {
    const asked = Object.entries(body.RequestItems as Record<string, { Keys: unknown[] }>);
    return {
      resources: { table: asked.map(([table]) => arn('dynamodb', `table/${table}`)) },
      keys: asked.flatMap(([table, { Keys }]) => Keys.map((key) => keyOf(table, key))),
    };
  }
  const table = String(body.TableName);
  const item = body.Key ?? body.Item;
  if (body.IndexName !== undefined)
    return { resources: { index: [arn('dynamodb', `table/${table}/index/${body.IndexName}`)] } };
  return {
    resources: { table: [arn('dynamodb', `table/${table}`)] },
    ...(item !== undefined && { keys: [keyOf(table, item)] }),
  };
}

/** Method and path of the operations of Amazon Connect, with what they name. */
const CONNECT: [
  operation: string,
  route: RegExp,
  resources: (ids: string[], body: Body) => Record<string, string[]>,
][] = [
  [
    'StartOutboundVoiceContact',
    /^PUT \/contact\/outbound-voice$/,
    (_, { InstanceId }) => ({ instance: [`${InstanceId}`] }),
  ],
  [
    'GetCurrentMetricData',
    /^POST \/metrics\/current\/([^/]+)$/,
    ([instance], { Filters }) => ({
      queue: (Filters as { Queues: string[] }).Queues.map((queue) => `${instance}/queue/${queue}`),
    }),
  ],
  [
    'DescribeQueue',
    /^GET \/queues\/([^/]+)\/([^/]+)$/,
    ([instance, queue]) => ({ queue: [`${instance}/queue/${queue}`] }),
  ],
  [
    'GetEffectiveHoursOfOperations',
    /^GET \/effective-hours-of-operations\/([^/]+)\/([^/]+)\?/,
    ([instance = '', hours]) => ({
      'hours-of-operation': [`${instance}/operating-hours/${hours}`],
      instance: [instance],
    }),
  ],
  [
    'DescribeContact',
    /^GET \/contacts\/([^/]+)\/([^/]+)$/,
    ([instance, id]) => ({ contact: [`${instance}/contact/${id}`] }),
  ],
  [
    'ListAssociatedContacts',
    /^GET \/contact\/associated\/([^/]+)\?(?:.*&)?contactId=([^&]+)/,
    ([instance, id]) => ({ contact: [`${instance}/contact/${id}`] }),
  ],
];

function connectRequest({ method, path, body }: HttpRequest): AwsRequest {
  for (const [operation, route, name] of CONNECT) {
    const [found, ...ids] = route.exec(`${method} ${path}`) ?? [];
    if (found === undefined) continue;
    const named = Object.entries(name(ids, body === '' ? {} : (JSON.parse(body) as Body)));
    return {
      action: `connect:${operation}`,
      resources: Object.fromEntries(
        named.map(([type, own]) => [type, own.map((id) => arn('connect', `instance/${id}`))]),
      ),
    };
  }
  throw new Error(`a request to Amazon Connect that tests/packaging/aws-request.ts does not know: ${method} ${path}`);
}
