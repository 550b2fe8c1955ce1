import type { CountryCode } from 'libphonenumber-js/max';

/** What the functions need to know of a stage at run time. Times are seconds. Checked when packaging (settings/). */
export interface StageSettings {
  /** True in the local stack alone, whose phones are models. */
  isLocal?: true;
  connect: {
    /** UUID of the Amazon Connect instance. */
    instanceId: string;
    /** Claimed number the call comes from, E.164. */
    sourcePhoneNumber: string;
    /** Name → UUID of each queue requests may be routed to. */
    queues: Readonly<Record<string, string>>;
    /** How long the visitor's phone rings, 15–60; null leaves it to Amazon Connect (60 s). */
    ringTimeoutSeconds: number | null;
    /** The customer must press 1 before an agent is connected. */
    pressToConnect: boolean;
  };
  request: {
    countries: readonly [CountryCode, ...CountryCode[]];
    /** Kinds of number that are dialled. */
    numberTypes: readonly NumberType[];
    /** E.164 beginnings; where there are any, a number must begin with one of them. */
    allowedPrefixes: readonly string[];
    /** E.164 beginnings of numbers that are never dialled. */
    refusedPrefixes: readonly string[];
    /** `user_type` values the contact flow knows; every other is carried as `other`. */
    userTypes: readonly string[];
    /** An event older than this is recorded as stale; also the request's deadline for ringing. */
    maxAgeSeconds: number;
    /** Content fields that never become contact attributes. */
    excludedFields: readonly string[];
  };
  routing: {
    /** Queue name where no rule matches. */
    default: string;
    /** First match wins; a rule without a field matches any value of it. */
    rules: readonly RoutingRule[];
  };
  /** Clock hours in which a phone may ring, whatever the queue's own hours say. `HH:MM`, end `24:00` at the latest. */
  callingHours: { start: string; end: string; timeZone: string };
  limits: Limits;
  pacing: Pacing;
  agents: {
    /** Names of queues that share agents, one list per pool; every queue is in exactly one. */
    pools: readonly (readonly string[])[];
    /** Calls that may be under way beyond the free agents of a pool. */
    maxContactsWaiting: number;
  };
  whenClosed: {
    do: 'refuse' | 'wait';
    /** Longest time between the request and the opening it waits for. */
    maxDelaySeconds: number;
  };
  signature: {
    /** `warn` notes what is wrong and calls all the same. */
    mode: 'off' | 'warn' | 'required';
    /** Name of the secret in AWS Secrets Manager; null with `off`. */
    secretName: string | null;
  };
  /** Days a call record is kept. */
  recordRetentionDays: number;
}

interface RoutingRule {
  userType?: string;
  inquiryType?: string;
  queue: string;
}

/** Kinds of telephone number a stage can allow; every other kind is always refused. */
export type NumberType = 'mobile' | 'fixed' | 'voip';

/** Upper bounds of a stage; null lifts one. They can be changed at run time (`npm run calls -- limits`). */
export interface Limits {
  /** By Japanese calendar day of the request. */
  callsPerNumberPerDay: number | null;
  callsPerDay: number | null;
  /** By the clock's minute. */
  requestsPerMinute: number | null;
  /** Calls of this stage at once: dialling, in a flow, in a queue or with an agent. */
  maxConcurrentCalls: number | null;
  /** How long a number that was called is not called again; 0 for no cool-down. */
  coolDownSeconds: number;
}

/** How fast StartOutboundVoiceContact may be asked: Connect's quota for the whole account and region. */
export interface Pacing {
  callsPerSecond: number;
  /** Requests the quota lets through at once. */
  burst: number;
  /** Part of the burst that is never given out: requests do not all take equally long to reach Amazon Connect. */
  keptForJitter: number;
}
