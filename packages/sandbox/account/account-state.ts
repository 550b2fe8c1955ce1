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

/** Open at any hour unless told otherwise; Asia/Tokyo. */
export interface HoursState extends Named, Pick<Queue, 'hours' | 'overrides'> {}

interface FlowState extends Named {
  /** CONTACT_FLOW unless told. */
  type?: string;
  state?: 'ACTIVE' | 'ARCHIVED';
  status?: 'PUBLISHED' | 'SAVED';
  /** Versions it has; none unless told. */
  versions?: number;
  /** What is published, as JSON. */
  content?: string;
  /** When that was changed last, ISO 8601. */
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
  /** Agents who are logged in; nobody unless told. */
  agentsOnline?: number;
  /** By id of the queue; in their place `agentsOnline` tells of the instance as a whole. */
  agentsOfQueues?: Record<string, { online: number; available: number }>;
  /** How long somebody has waited in a queue. */
  oldestContactSeconds?: number;
}

export interface PhoneNumberState {
  id: string;
  /** E.164. */
  number: string;
  /** DID unless told. */
  type?: 'DID' | 'TOLL_FREE' | 'UIFN' | 'SHORT_CODE';
  /** JP or US, by the number, unless told. */
  country?: string;
  /** Id of the instance it was claimed for. */
  instanceId: string;
  /** Id of the flow it leads to, once one is attached. */
  flowId?: string;
}

interface RuleState {
  name: string;
  /** `default` unless told. */
  bus?: string;
  state?: 'ENABLED' | 'DISABLED';
  /** As JSON has it. */
  pattern: object;
  targets: { id: string; arn: string; [more: string]: unknown }[];
}

interface FunctionState {
  name: string;
  /** Its answer is an error of this name. */
  errorType?: string;
  /** Its answer otherwise. */
  answer?: object;
  /** Of its function URL. */
  url?: string;
  /** Active unless told. */
  state?: 'Active' | 'Inactive' | 'Failed';
  /** Successful unless told. */
  lastUpdate?: 'Successful' | 'Failed';
  /** What it was told. */
  variables?: Record<string, string>;
}

interface ExecutionState {
  name: string;
  /** ISO 8601. */
  startedAt: string;
  endedAt?: string;
  /** RUNNING until it has ended, then SUCCEEDED, unless told. */
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
  /** Messages in it; none unless told. */
  messages?: number;
}

interface SubscriptionState {
  topicArn: string;
  protocol: string;
  endpoint: string;
  isConfirmed?: boolean;
}

/** An AWS account in one region: what its double answers from, and what requests to it change. */
export interface AccountState {
  region: string;
  accountId: string;
  /** Items on a page of every list: few, so that anyone who reads one page alone is found out. */
  pageSize: number;
  /** Actions that are refused for want of a permission: `connect:ListQueues`. */
  deny: string[];
  /** Action → the error that it is answered with. */
  refusals: Record<string, { name: string; message: string }>;
  /** Action → how many requests are refused for their rate before one is answered. */
  throttle: Record<string, number>;
  /** Actions that are never answered. */
  silent: string[];
  /** Action → what is answered in place of what the rest of this says. */
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
  /** Of the calls table. */
  records: CallRecord[];
  /** Units a second that tables take from the start. */
  warmThroughput?: { read: number; write: number };
  /** Action → what IAM's simulation says of it; allowed unless told. */
  simulation: Record<string, 'allowed' | 'implicitDeny' | 'explicitDeny'>;
  /** Japanese voices of Polly, with their engines. */
  voices: Record<string, string[]>;
  stacks: {
    name: string;
    status?: string;
    outputs?: Record<string, string>;
    /** Logical id → what it became. */
    resources?: Record<string, string>;
  }[];
  metrics: MetricState[];
  /** Namespace → the error that a question for a metric of it is answered with. */
  refusedMetrics: Record<string, { name: string; message: string }>;
  /** The switches, as the guards table has them. */
  controls?: { stopped: boolean; stoppedChange: { by: string; at: string; why: string } };
  /** Of Amazon SQS. */
  messageQueues: MessageQueueState[];
  /** Names of secrets; true if one is about to be deleted. */
  secrets: Record<string, boolean>;
  /** Of SNS. */
  subscriptions: SubscriptionState[];
  dashboards: string[];
  logGroups: { name: string; retentionInDays?: number }[];
}

/** An account in which there is nothing but what is told. */
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
