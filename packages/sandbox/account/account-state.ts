import type { CallRecord } from '../../../domain/call-record.ts';
import type { Queue } from '../connect/connect-queues.ts';

/** A queue, hours, a routing profile or a prompt: an id and a name. */
interface Named {
  id: string;
  name: string;
}

interface QueueState extends Named {
  status?: 'ENABLED' | 'DISABLED';
  hoursId: string;
}

/** Open at any hour unless given; Asia/Tokyo. */
export interface HoursState extends Named, Pick<Queue, 'hours' | 'overrides'> {}

interface FlowState extends Named {
  /** CONTACT_FLOW unless given. */
  type?: string;
  state?: 'ACTIVE' | 'ARCHIVED';
  status?: 'PUBLISHED' | 'SAVED';
  /** Its versions; none unless given. */
  versions?: number;
  /** What is published, as JSON. */
  content?: string;
  /** When that was last changed, ISO 8601. */
  changedAt?: string;
}

interface RoutingProfileState extends Named {
  /** Ids of queues it serves, for voice calls. */
  queues: string[];
}

interface UserState {
  id: string;
  username: string;
  routingProfileId: string;
  securityProfileIds?: string[];
}

export interface InstanceState {
  id: string;
  alias: string;
  status?: 'ACTIVE' | 'CREATION_IN_PROGRESS' | 'CREATION_FAILED';
  outboundCallsEnabled?: boolean;
  queues: QueueState[];
  hours: HoursState[];
  flows: FlowState[];
  routingProfiles: RoutingProfileState[];
  users: UserState[];
  securityProfiles?: Named[];
  approvedOrigins: string[];
  /** ARNs of functions that flows may call. */
  functions: string[];
  /** Agents who are logged in; none unless given. */
  agentsOnline?: number;
  /** By id of the queue; otherwise, `agentsOnline` applies to the instance as a whole. */
  agentsOfQueues?: Record<string, { online: number; available: number }>;
  /** How long somebody has waited in a queue. */
  oldestContactSeconds?: number;
}

export interface PhoneNumberState {
  id: string;
  /** E.164. */
  number: string;
  /** DID unless given. */
  type?: 'DID' | 'TOLL_FREE' | 'UIFN' | 'SHORT_CODE';
  /** JP or US, by the number, unless given. */
  country?: string;
  /** Id of the instance it was claimed for. */
  instanceId: string;
  /** Id of the flow it leads to, once one is attached. */
  flowId?: string;
}

interface RuleState {
  name: string;
  /** `default` unless given. */
  bus?: string;
  state?: 'ENABLED' | 'DISABLED';
  /** As JSON has it. */
  pattern: object;
  targets: { id: string; arn: string; [more: string]: unknown }[];
}

interface FunctionState {
  name: string;
  /** It responds with an error of this name. */
  errorType?: string;
  /** Its response otherwise. */
  answer?: object;
  /** Of its function URL. */
  url?: string;
  /** Active unless given. */
  state?: 'Active' | 'Inactive' | 'Failed';
  /** Successful unless given. */
  lastUpdate?: 'Successful' | 'Failed';
  /** Its input. */
  variables?: Record<string, string>;
}

interface ExecutionState {
  name: string;
  /** ISO 8601. */
  startedAt: string;
  endedAt?: string;
  /** RUNNING until it has ended, then SUCCEEDED, unless given. */
  status?: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Milliseconds between the end of a state and the beginning of the next. */
  pausesMs?: number[];
}

interface MetricState {
  /** `AWS/Events`. */
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  /** What was counted, and how many hours ago. */
  points: { hoursAgo: number; value: number }[];
}

interface MessageQueueState {
  name: string;
  /** Messages in it; none unless given. */
  messages?: number;
}

interface SubscriptionState {
  topicArn: string;
  protocol: string;
  endpoint: string;
  isConfirmed?: boolean;
}

/** An AWS account in one region: what its double responds from, and what requests to it change. */
export interface AccountState {
  region: string;
  accountId: string;
  /** Items on a page of every list: few, so that code that reads only one page is found out. */
  pageSize: number;
  /** Actions that are refused for lack of a permission: `connect:ListQueues`. */
  deny: string[];
  /** Action → the error that it fails with. */
  refusals: Record<string, { name: string; message: string }>;
  /** Action → how many requests are throttled before one succeeds. */
  throttle: Record<string, number>;
  /** Actions that never get a response. */
  silent: string[];
  /** Action → its response, regardless of the rest of this state. */
  answers: Record<string, object>;
  instances: InstanceState[];
  phoneNumbers: PhoneNumberState[];
  /** Partner event sources. */
  eventSources: { name: string; state: 'PENDING' | 'ACTIVE' | 'DELETED' }[];
  /** Names of event buses besides `default`. */
  eventBuses: string[];
  rules: RuleState[];
  /** Parameters of Systems Manager. */
  parameters: Record<string, string>;
  /** `service` as Service Quotas calls it: connect, states, lambda. `appliesTo` is an ARN. */
  quotas: { service: string; name: string; value: number; appliesTo?: string }[];
  functions: FunctionState[];
  /** Of Lambda, for all functions together. */
  concurrentExecutions: number;
  /** The latest first. */
  executions: ExecutionState[];
  /** From the calls table. */
  records: CallRecord[];
  /** Units a second that tables take from the start. */
  warmThroughput?: { read: number; write: number };
  /** Action → the result of IAM's policy simulation; allowed unless given. */
  simulation: Record<string, 'allowed' | 'implicitDeny' | 'explicitDeny'>;
  /** Japanese voices of Polly, with their engines. */
  voices: Record<string, string[]>;
  stacks: {
    name: string;
    status?: string;
    outputs?: Record<string, string>;
    /** Logical id → the physical resource. */
    resources?: Record<string, string>;
  }[];
  metrics: MetricState[];
  /** Namespace → the error with which a query for its metrics fails. */
  refusedMetrics: Record<string, { name: string; message: string }>;
  /** The switches, as the guards table has them. */
  controls?: { stopped: boolean; stoppedChange: { by: string; at: string; why: string } };
  /** Of Amazon SQS. */
  messageQueues: MessageQueueState[];
  /** Names of secrets; true if one is scheduled for deletion. */
  secrets: Record<string, boolean>;
  /** Of SNS. */
  subscriptions: SubscriptionState[];
  dashboards: string[];
  logGroups: { name: string; retentionInDays?: number }[];
}

/** An account that contains only what is given. */
export const accountState = (parts: Partial<AccountState> = {}): AccountState => ({
  region: 'ap-northeast-1',
  accountId: '000000000000',
  pageSize: 2,
  deny: [],
  refusals: {},
  throttle: {},
  silent: [],
  answers: {},
  instances: [],
  phoneNumbers: [],
  eventSources: [],
  eventBuses: [],
  rules: [],
  parameters: {},
  quotas: [],
  functions: [],
  concurrentExecutions: 1_000,
  executions: [],
  records: [],
  simulation: {},
  voices: { Mizuki: ['standard'], Takumi: ['standard', 'neural'], Kazuha: ['neural'], Tomoko: ['neural'] },
  stacks: [],
  metrics: [],
  refusedMetrics: {},
  messageQueues: [],
  secrets: {},
  subscriptions: [],
  dashboards: [],
  logGroups: [],
  ...parts,
});
