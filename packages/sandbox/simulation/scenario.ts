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
  /** Chance is drawn from it, for each request by itself: taking a request out does not change the luck of the others. */
  seed: number;
  /** Wall-clock time of moment 0, ISO 8601. */
  startsAt: string;
  /** The run ends when nothing is left to happen, or at this moment. */
  endsAt: number;
  arrivals: readonly Arrival[];
  /** Changes to the settings of the stage `local`; they may go beyond what a stage file may say. */
  settings: SettingsChanges;
  /** The stack makes the instance and its queues: their ids are in a parameter alone. */
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
  /** Amazon Connect refuses RingTimeoutInSeconds, as some accounts were seen to do for other traffic than campaigns. */
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
  /** Why the phone must not ring, whatever happens; only noted in the trace. */
  mustNotRing?: string;
  userType: string;
  inquiryType?: string;
  /** The time that the visitor chose, epoch milliseconds. */
  callAt?: number;
  /** Moments after `at` at which the bus delivers the same event once more. */
  copies?: readonly number[];
  /** How this customer's phone reacts; drawn by `customers.answers` where nothing is said. */
  answer?: Answer;
  /** Who hands this customer on, in order; drawn by `customers.transferred` where nothing is said. */
  transfers?: readonly Transfer['by'][];
  /** For how long this customer talks with each agent; drawn by `customers.talkSeconds`. */
  talkSeconds?: number;
  /** `Faults.callUntold` spares this call. */
  isTold?: true;
  /** After how many seconds this customer hangs up where no agent has come; drawn by `customers.impatient`. */
  patienceSeconds?: number;
}

/** Settings of a stage, where they differ. */
type SettingsChanges = {
  readonly [Section in keyof StageSettings]?: StageSettings[Section] extends number
    ? number
    : Partial<StageSettings[Section]>;
};

/** A queue as an administrator set it up, and the moments at which it is switched on or off altogether. */
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
  /** Share of calls that are handed on, once or twice, by the flow of a queue or by an agent. */
  transferred: number;
  /** Share of customers who hang up within half a minute of the answer where no agent has come. */
  impatient: number;
  /** Shares of phones that react so; the rest is answered by a human. */
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
  /** Functions that run at the same time, in the whole account. */
  lambdaConcurrency: number;
  /** GetParameter of Systems Manager. */
  parameterReads: Bucket;
  /** What DynamoDB takes. */
  tablePartitions: PartitionQuota;
  connectRates: Partial<ConnectQuotas['rates']>;
  /** Calls alive at once in the instance. */
  activeCalls: number;
}

export interface Delays {
  /** Before a state of an execution is entered. */
  stateSeconds: Range;
  /** Before a function that is invoked begins. */
  invocationMs: Range;
  /** Before that, where no execution environment of the function is idle: until its process starts (cold-starts.ts). */
  initMs: Range;
  /** An execution environment that is idle for longer is gone. */
  environmentKeptMs: number;
  /** Of one answer of DynamoDB. */
  tableMs: Range;
  /** Of one answer of Amazon Connect. */
  connectMs: Range;
  /** From something that happens to the function that an EventBridge rule invokes for it. */
  eventMs: Range;
  /** From a message that is due to the function that gets it. */
  queueMs: Range;
  /** Age of what Amazon Connect's metrics say. */
  metricsLagSeconds: number;
}

/** Chances (0 to 1) that something goes wrong at an occasion. */
export interface Faults {
  /** StartOutboundVoiceContact answers 429, 500, or nothing: before or after it has accepted the call. */
  startThrottled: number;
  startUnavailable: number;
  startTimeoutBefore: number;
  startTimeoutAfter: number;
  /** A request that reads from Amazon Connect is throttled, or is not answered. */
  readThrottled: number;
  readTimeout: number;
  /** A request to DynamoDB is throttled and not carried out, or carried out and not answered. */
  tableThrottled: number;
  tableTimeout: number;
  /** The function dies at one of the answers it waits for (drawn among the first ten). */
  functionDies: number;
  /** startCall dies between Amazon Connect's answer and the end of its work. */
  startCallDies: number;
  /** The caller of the function is told that it failed, while it goes on, slowly. */
  answerLost: number;
  /** The execution is aborted, or times out as a whole, some time after its start (`Faults.executionEndsMs`). */
  executionAborted: number;
  executionTimedOut: number;
  /** Of those that did not succeed: somebody redrives them from the state they came to (`Faults.redrivenMs`). */
  executionRedriven: number;
  /** Of contact events, each: never comes, comes so much later, comes twice. */
  contactEventLost: number;
  contactEventLate: number;
  contactEventDoubled: number;
  /** Of calls: no contact event of any of its contacts ever comes. */
  callSilent: number;
  /** Of those: Amazon Connect tells nothing of it when it is asked, either. */
  callUntold: number;
  /** Of the events about the status of executions. */
  statusEventLate: number;
  statusEventDoubled: number;
  /** A message of the release queue is delivered twice. */
  messageDoubled: number;
  /** A task token is answered, but the one who answered it hears nothing. */
  tokenTimeout: number;
  /** How much later late events come. */
  lateMs: Range;
  /** When an execution is aborted or times out, after its start. */
  executionEndsMs: Range;
  /** When an execution is redriven, after its end. */
  redrivenMs: Range;
  /** Clocks of functions are off by at most so much, in either direction, at each invocation. Not a chance. */
  clockSkewMs: number;
}

/** The faults that are chances: what a failing scenario can do without, one by one. */
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

/** Where a scenario says nothing: an undisturbed Tuesday morning with the default quotas of AWS in Tokyo. */
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

/** A scenario in which what is not said is as usual. */
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
