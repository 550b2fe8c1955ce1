import type { StageSettings } from '../../../domain/stage-settings.ts';
import type { Queue } from '../connect/connect-queues.ts';
import type { Answer } from '../connect/live-call.ts';
import type { Quotas as ConnectQuotas } from '../connect/quotas.ts';
import type { Transfer } from '../connect/transfers.ts';
import type { PartitionQuota } from './dynamodb/throughput.ts';

/**
 * What is simulated: plain data, the same scenario always runs the same way. Moments are milliseconds since the start
 * of the run; durations are in the unit of their name.
 */
export interface Scenario {
  /** Seed of all randomness, drawn for each request separately: removing a request does not change the draws of the others. */
  seed: number;
  /** Wall-clock time of moment 0, ISO 8601. */
  startsAt: string;
  /** The run ends when nothing is left to happen, or at this moment. */
  endsAt: number;
  arrivals: readonly Arrival[];
  /** Changes to the settings of the stage `local`; they may go beyond what a stage file allows. */
  settings: SettingsChanges;
  /** The stack creates the instance and its queues: their ids are only in a parameter. */
  isCreated: boolean;
  /** Changes to the queues of the stage, by name; a queue not named is enabled and open at any hour. */
  queues: Readonly<Record<string, QueueChanges>>;
  agents: readonly AgentShift[];
  customers: Customers;
  /** Calls that customers make themselves; each takes an agent of its queue, and counts as an active call. */
  inbound: readonly InboundCall[];
  /** What operators do meanwhile. */
  actions: readonly Action[];
  quotas: Quotas;
  /** Amazon Connect refuses RingTimeoutInSeconds, as some accounts were seen to do for traffic other than campaigns. */
  refusesRingTimeout: boolean;
  delays: Delays;
  faults: Faults;
}

/** Lowest and highest, uniformly drawn in between. */
export type Range = readonly [number, number];

/** One request that KARTE sends. */
export interface Arrival {
  /** The visitor's request, and the event's time. */
  at: number;
  requestId: string;
  /** E.164, as it would be dialled. */
  phone: string;
  /** What the visitor typed instead. */
  typed?: string;
  /** Why the phone must not ring, whatever happens; only recorded in the trace. */
  mustNotRing?: string;
  userType: string;
  inquiryType?: string;
  /** The time that the visitor chose, epoch milliseconds. */
  callAt?: number;
  /** Moments after `at` at which the bus delivers the same event again. */
  copies?: readonly number[];
  /** How this customer's phone reacts; if not given, drawn by `customers.answers`. */
  answer?: Answer;
  /** Who transfers this customer, in order; if not given, drawn by `customers.transferred`. */
  transfers?: readonly Transfer['by'][];
  /** How long this customer talks with each agent; if not given, drawn by `customers.talkSeconds`. */
  talkSeconds?: number;
  /** `Faults.callUntold` spares this call. */
  isTold?: true;
  /** After how many seconds this customer hangs up if no agent has come; if not given, drawn by `customers.impatient`. */
  patienceSeconds?: number;
}

/** Settings of a stage, where they differ. */
type SettingsChanges = {
  readonly [Section in keyof StageSettings]?: StageSettings[Section] extends number
    ? number
    : Partial<StageSettings[Section]>;
};

/** A queue as an administrator set it up, and the moments at which it is enabled or disabled altogether. */
type QueueChanges = Partial<Pick<Queue, 'enabled' | 'open' | 'hours' | 'overrides'>> & {
  switched?: readonly { at: number; open: boolean }[];
};

/** Somebody who takes calls, from one moment to another. */
export interface AgentShift {
  name: string;
  /** Names of queues. */
  queues: readonly string[];
  from: number;
  until?: number;
  breaks?: readonly { from: number; until: number }[];
}

interface Customers {
  /** Seconds until the phone is picked up. */
  ringSeconds: Range;
  /** Seconds of talk with the agent. */
  talkSeconds: Range;
  /** Seconds of speech per spoken character. */
  secondsPerCharacter: number;
  /** Share of calls that the first agent to whom they are offered does not take. */
  missed: number;
  /** Share of calls that are transferred, once or twice, by a queue flow or by an agent. */
  transferred: number;
  /** Share of customers who hang up within half a minute of answering if no agent has come. */
  impatient: number;
  /** Shares of phones that react in these ways; the rest are answered by a human. */
  answers: Partial<Record<Exclude<Answer, 'human' | 'by-hand'>, number>>;
}

interface InboundCall {
  at: number;
  /** Name of the queue. */
  queue: string;
  talkSeconds: number;
}

/** Something an operator does at a moment. */
export type Action =
  | { at: number; do: 'stop' }
  | { at: number; do: 'resume' }
  | { at: number; do: 'block'; phone: string }
  | { at: number; do: 'unblock'; phone: string };

/** A token bucket. */
export interface Bucket {
  burst: number;
  perSecond: number;
}

/** @see docs/assumptions.md */
export interface Quotas {
  startExecution: Bucket;
  stateTransitions: Bucket;
  /** Concurrent functions, in the whole account. */
  lambdaConcurrency: number;
  /** GetParameter of Systems Manager. */
  parameterReads: Bucket;
  /** The throughput of DynamoDB. */
  tablePartitions: PartitionQuota;
  connectRates: Partial<ConnectQuotas['rates']>;
  /** Concurrent calls in the instance. */
  activeCalls: number;
}

export interface Delays {
  /** Before a state of an execution is entered. */
  stateSeconds: Range;
  /** Before an invoked function begins. */
  invocationMs: Range;
  /** Before that, if no execution environment of the function is idle: until its process starts (cold-starts.ts). */
  initMs: Range;
  /** An execution environment that is idle for longer is removed. */
  environmentKeptMs: number;
  /** Delay of one response of DynamoDB. */
  tableMs: Range;
  /** Delay of one response of Amazon Connect. */
  connectMs: Range;
  /** From something that happens to the start of the function that an EventBridge rule invokes for it. */
  eventMs: Range;
  /** From when a message is due to the start of the function that gets it. */
  queueMs: Range;
  /** Age of Amazon Connect's metrics. */
  metricsLagSeconds: number;
}

/** Probabilities (0 to 1) that something goes wrong on an occasion. */
export interface Faults {
  /** StartOutboundVoiceContact returns 429, 500, or nothing: before or after it has accepted the call. */
  startThrottled: number;
  startUnavailable: number;
  startTimeoutBefore: number;
  startTimeoutAfter: number;
  /** A request that reads from Amazon Connect is throttled, or gets no response. */
  readThrottled: number;
  readTimeout: number;
  /** A request to DynamoDB is throttled and not carried out, or carried out without a response. */
  tableThrottled: number;
  tableTimeout: number;
  /** The function dies at one of the responses it waits for (drawn among the first ten). */
  functionDies: number;
  /** startCall dies between Amazon Connect's response and the end of its work. */
  startCallDies: number;
  /** The caller of the function is told that it failed, while it continues slowly. */
  answerLost: number;
  /** The execution is aborted, or times out as a whole, some time after its start (`Faults.executionEndsMs`). */
  executionAborted: number;
  executionTimedOut: number;
  /** For those that did not succeed: somebody redrives them from the state they reached (`Faults.redrivenMs`). */
  executionRedriven: number;
  /** For contact events, each: never comes, comes this much later, comes twice. */
  contactEventLost: number;
  contactEventLate: number;
  contactEventDoubled: number;
  /** For calls: no contact event of any of its contacts ever comes. */
  callSilent: number;
  /** For those: Amazon Connect reveals nothing about it when asked, either. */
  callUntold: number;
  /** For events about the status of executions. */
  statusEventLate: number;
  statusEventDoubled: number;
  /** A message of the release queue is delivered twice. */
  messageDoubled: number;
  /** A task token is answered, but the sender gets no response. */
  tokenTimeout: number;
  /** How much later late events come. */
  lateMs: Range;
  /** When an execution is aborted or times out, after its start. */
  executionEndsMs: Range;
  /** When an execution is redriven, after its end. */
  redrivenMs: Range;
  /** Clocks of functions are off by at most this much, in either direction, at each invocation. Not a probability. */
  clockSkewMs: number;
}

/** The faults that are probabilities: what a failing scenario can do without, one by one. */
export type FaultKind = Exclude<keyof Faults, 'lateMs' | 'executionEndsMs' | 'redrivenMs'>;

export const NO_FAULTS: Faults = {
  startThrottled: 0,
  startUnavailable: 0,
  startTimeoutBefore: 0,
  startTimeoutAfter: 0,
  readThrottled: 0,
  readTimeout: 0,
  tableThrottled: 0,
  tableTimeout: 0,
  functionDies: 0,
  startCallDies: 0,
  answerLost: 0,
  executionAborted: 0,
  executionTimedOut: 0,
  executionRedriven: 0,
  contactEventLost: 0,
  contactEventLate: 0,
  contactEventDoubled: 0,
  callSilent: 0,
  callUntold: 0,
  statusEventLate: 0,
  statusEventDoubled: 0,
  messageDoubled: 0,
  tokenTimeout: 0,
  lateMs: [5_000, 60_000],
  executionEndsMs: [0, 20_000],
  redrivenMs: [5_000, 300_000],
  clockSkewMs: 0,
};

/** The defaults of a scenario: an undisturbed Tuesday morning with the default quotas of AWS in Tokyo. */
const DEFAULTS: Omit<Scenario, 'seed' | 'arrivals' | 'agents'> = {
  startsAt: '2026-11-24T01:00:00.000Z',
  endsAt: 6 * 60 * 60_000,
  settings: {},
  queues: {},
  customers: {
    ringSeconds: [4, 12],
    talkSeconds: [60, 240],
    secondsPerCharacter: 0.16,
    missed: 0,
    transferred: 0,
    impatient: 0,
    answers: {},
  },
  inbound: [],
  actions: [],
  quotas: {
    startExecution: { burst: 800, perSecond: 150 },
    stateTransitions: { burst: 800, perSecond: 800 },
    lambdaConcurrency: 1_000,
    parameterReads: { burst: 40, perSecond: 40 },
    tablePartitions: { partitions: 4, write: 1_000, read: 3_000 },
    connectRates: {},
    activeCalls: 10,
  },
  refusesRingTimeout: false,
  isCreated: false,
  delays: {
    stateSeconds: [0, 1.5],
    invocationMs: [5, 60],
    initMs: [100, 400],
    environmentKeptMs: 5 * 60_000,
    tableMs: [2, 10],
    connectMs: [50, 200],
    eventMs: [200, 1_500],
    queueMs: [10, 300],
    metricsLagSeconds: 15,
  },
  faults: NO_FAULTS,
};

/** Sections of a scenario that may be given in part. */
type Sections = 'customers' | 'quotas' | 'delays' | 'faults';

/** A scenario in which everything not given has its default. */
export type ScenarioChanges = Pick<Scenario, 'seed' | 'arrivals' | 'agents'> &
  Partial<Omit<Scenario, Sections>> & { [Section in Sections]?: Partial<Scenario[Section]> };

export const scenarioOf = (changes: ScenarioChanges): Scenario => ({
  ...DEFAULTS,
  ...changes,
  customers: { ...DEFAULTS.customers, ...changes.customers },
  quotas: { ...DEFAULTS.quotas, ...changes.quotas },
  delays: { ...DEFAULTS.delays, ...changes.delays },
  faults: { ...DEFAULTS.faults, ...changes.faults },
});
