import type { Resource, Resources } from './packaged-template.ts';

/** A resource type in everyday words. */
interface Kind {
  group: string;
  one: string;
  many: string;
  /** Property with the name that it will have. */
  name?: string;
  /** Property with a name that another resource of the stage shows as well, unless only this one is kept. */
  nameOfKept?: string;
  /** Property that describes its purpose. */
  about?: string;
}

const CONNECT = 'In Amazon Connect';
const ROAD = 'From KARTE to the call';
const KEPT = 'Tables and queues';
const WATCHED = 'Logs, alarms and dashboard';
const HELPERS = 'Supporting resources';

/** In the order of the plan. */
const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::Connect::Instance': { group: CONNECT, one: 'instance', many: 'instances', name: 'InstanceAlias' },
  'AWS::Connect::HoursOfOperation': {
    group: CONNECT,
    one: 'set of hours of operation',
    many: 'sets of hours of operation',
    name: 'Name',
  },
  'AWS::Connect::Queue': { group: CONNECT, one: 'queue', many: 'queues', name: 'Name' },
  'AWS::Connect::RoutingProfile': { group: CONNECT, one: 'routing profile', many: 'routing profiles', name: 'Name' },
  'AWS::Connect::ContactFlow': { group: CONNECT, one: 'contact flow', many: 'contact flows', name: 'Name' },
  'AWS::Connect::ContactFlowVersion': { group: CONNECT, one: 'version of a flow', many: 'versions of the flows' },
  'AWS::Connect::ApprovedOrigin': { group: CONNECT, one: 'approved origin', many: 'approved origins', name: 'Origin' },
  'AWS::Connect::IntegrationAssociation': {
    group: CONNECT,
    one: 'permission for flows to call a function',
    many: 'permissions for flows to call functions',
  },
  'AWS::Events::EventBus': { group: ROAD, one: 'event bus', many: 'event buses', name: 'Name' },
  'AWS::Events::Rule': { group: ROAD, one: 'rule', many: 'rules', about: 'Description' },
  'AWS::SNS::Topic': { group: ROAD, one: 'topic', many: 'topics', name: 'TopicName' },
  'AWS::StepFunctions::StateMachine': {
    group: ROAD,
    one: 'state machine',
    many: 'state machines',
    name: 'StateMachineName',
  },
  'AWS::Lambda::Function': { group: ROAD, one: 'function', many: 'functions', name: 'FunctionName' },
  'AWS::Lambda::Url': { group: ROAD, one: 'public address', many: 'public addresses' },
  'AWS::DynamoDB::Table': { group: KEPT, one: 'table', many: 'tables', name: 'TableName' },
  'AWS::SQS::Queue': { group: KEPT, one: 'message queue', many: 'message queues', name: 'QueueName' },
  'AWS::Logs::LogGroup': { group: WATCHED, one: 'log group', many: 'log groups', nameOfKept: 'LogGroupName' },
  'AWS::CloudWatch::Alarm': { group: WATCHED, one: 'alarm', many: 'alarms', name: 'AlarmName' },
  'AWS::CloudWatch::Dashboard': { group: WATCHED, one: 'dashboard', many: 'dashboards', name: 'DashboardName' },
  'AWS::IAM::Role': { group: HELPERS, one: 'role', many: 'roles' },
  'AWS::SSM::Parameter': { group: HELPERS, one: 'parameter with the ids', many: 'parameters', name: 'Name' },
  'AWS::KMS::Key': { group: HELPERS, one: 'key that encrypts the topic', many: 'keys' },
  'AWS::S3::Bucket': { group: HELPERS, one: 'bucket for the code', many: 'buckets' },
};

/** They only tie other resources together; the plan omits them. */
const SILENT = /::(?:\w*Policy|Permission|EventInvokeConfig|EventSourceMapping|BucketPolicy|Subscription)$/;

/** A line of the plan, and the names below it. */
interface PlanLine {
  group: string;
  text: string;
  names: string[];
}

/**
 * What a template creates, in words. Only resources that tie others together are left out.
 *
 * @param prefix of the stage's resource names, which is printed once
 */
export const linesOf = (resources: Resources, prefix: string): PlanLine[] => inWords(resources, prefix, KINDS);

function inWords(resources: Resources, prefix: string, kinds: Readonly<Record<string, Kind>>): PlanLine[] {
  const all = Object.entries(resources);
  const known = Object.entries(kinds).flatMap(([type, kind]) => {
    const found = all.filter(([, { Type }]) => Type === type);
    if (found.length === 0) return [];
    const names = found.map(([id, resource]) => nameOf(id, resource, kind, prefix)).filter((name) => name !== '');
    return [{ group: kind.group, text: `${found.length} ${found.length === 1 ? kind.one : kind.many}`, names }];
  });
  const others = Map.groupBy(
    all.map(([, { Type }]) => Type).filter((type) => !Object.hasOwn(kinds, type) && !SILENT.test(type)),
    (type) => type,
  );
  return [
    ...known,
    ...[...others].map(([type, { length }]) => ({ group: HELPERS, text: `${length} ${type}`, names: [] })),
  ];
}

function nameOf(id: string, { Properties = {} }: Resource, { name, about }: Kind, prefix: string): string {
  const property = name ?? about;
  if (property === undefined) return '';
  const written = Properties[property];
  const text = typeof written === 'string' ? written : id;
  return /^[-/]./.test(text.slice(prefix.length)) && text.startsWith(prefix) ? text.slice(prefix.length + 1) : text;
}

const KINDS_OF_KEPT: Readonly<Record<string, Kind>> = Object.fromEntries(
  Object.entries(KINDS).map(([type, { nameOfKept, ...kind }]) => [
    type,
    nameOfKept === undefined ? kind : { ...kind, name: nameOfKept },
  ]),
);

/** What is kept in the account when the stack is removed. */
export function keptOnRemoval(resources: Resources, prefix: string): string[] {
  const kept = Object.entries(resources).filter(([, { DeletionPolicy = '' }]) => DeletionPolicy.startsWith('Retain'));
  return inWords(Object.fromEntries(kept), prefix, KINDS_OF_KEPT).map(({ text, names }) =>
    names.length === 0 ? text : `${text}: ${names.join(', ')}`,
  );
}
