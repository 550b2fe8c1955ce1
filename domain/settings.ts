import type { CountryCode } from 'libphonenumber-js/max';

/** What the functions need to know of a stage at run time. Times are seconds. Checked when packaging (stages/). */
export interface StageSettings {
  connect: {
    /** UUID of the Amazon Connect instance. */
    instanceId: string;
    /** Claimed number the call comes from, E.164. */
    sourcePhoneNumber: string;
    /** Name → UUID of each queue requests may be routed to. */
    queues: Readonly<Record<string, string>>;
    /** How long the visitor's phone rings; null leaves it to Connect (60 s). */
    ringTimeoutSeconds: number | null;
    /** The customer must press 1 before an agent is connected. */
    pressToConnect: boolean;
  };
  request: {
    countries: readonly [CountryCode, ...CountryCode[]];
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
  /** Days a call record is kept. */
  recordRetentionDays: number;
}

export interface RoutingRule {
  userType?: string;
  inquiryType?: string;
  queue: string;
}
