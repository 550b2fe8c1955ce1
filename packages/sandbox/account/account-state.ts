/** A queue, hours, a routing profile or a prompt: an id and a name. */
interface Named {
  id: string;
  name: string;
}

interface QueueState extends Named {
  status?: 'ENABLED' | 'DISABLED';
  hoursId: string;
}

interface HoursState extends Named {
  /** Asia/Tokyo unless told. */
  timeZone?: string;
}

interface FlowState extends Named {
  /** CONTACT_FLOW unless told. */
  type?: string;
  state?: 'ACTIVE' | 'ARCHIVED';
  status?: 'PUBLISHED' | 'SAVED';
}

interface RoutingProfileState extends Named {
  /** Ids of queues it serves, for voice calls. */
  queues: string[];
}

interface UserState {
  id: string;
  username: string;
  routingProfileId: string;
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
  approvedOrigins: string[];
  /** ARNs of functions that flows may call. */
  functions: string[];
}

export interface PhoneNumberState {
  id: string;
  /** E.164. */
  number: string;
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

/** An AWS account in one region: what its double answers from, and what requests to it change. */
export interface AccountState {
  region: string;
  accountId: string;
  /** Items on a page of every list: few, so that whoever reads one page alone is found out. */
  pageSize: number;
  /** Actions that are refused for want of a permission: `connect:ListQueues`. */
  deny: string[];
  /** Action → how many requests are refused for their rate before one is answered. */
  throttle: Record<string, number>;
  /** Actions that are never answered. */
  silent: string[];
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
  stacks: { name: string; status?: string; outputs?: Record<string, string> }[];
}

/** An account in which there is nothing but what is told. */
export const accountState = (parts: Partial<AccountState> = {}): AccountState => ({
  region: 'ap-northeast-1',
  accountId: '000000000000',
  pageSize: 2,
  deny: [],
  throttle: {},
  silent: [],
  instances: [],
  phoneNumbers: [],
  eventSources: [],
  eventBuses: [],
  rules: [],
  parameters: {},
  quotas: [],
  stacks: [],
  ...parts,
});
