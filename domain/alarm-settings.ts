import * as z from 'zod';
import { text, whole } from './setting-forms.ts';

/** A count that sets off an alarm; null switches the alarm off. */
const most = (preset: number | null, to = 10_000) => whole(1, to, 'or null').nullable().default(preset);
const share = (preset: number) => whole(1, 100).default(preset);

const ADDRESS = 'an email address, such as call-alarms@example.com';

/**
 * When alarms go off and who is notified. Each has a default, and null switches it off. What each means and what to do:
 * docs/alarms.md and docs/runbook.md.
 */
export const alarmSettings = z
  .strictObject({
    /** The stack creates a topic and subscribes these; each has to confirm by the email that SNS sends. */
    addresses: z
      .array(text(/^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,180}\.[A-Za-z][A-Za-z0-9-]+$/, ADDRESS))
      .max(20, 'at most 20 email addresses')
      .refine((all) => new Set(all).size === all.length, 'every email address once')
      .default([]),
    /** Address of docs/runbook.md for your engineers; the alarms' texts link to its sections. */
    runbookUrl: text(/^https:\/\/[^\s#]{1,300}$/, 'an address that begins with https:// and has no #, or null')
      .nullable()
      .default(null),
    /** Failed requests within five minutes, by class: a setting, a quota, an outage or a fault of ours. */
    failedSetup: most(1),
    failedCapacity: most(1),
    failedSystem: most(1),
    /** Requests of a night that were not called after opening time, within an hour. */
    nightNotServed: most(1),
    /** Appointments and call-backs that were promised but not kept, within an hour. */
    promisesBroken: most(1),
    /** Failed executions within an hour, by Step Functions' own count. */
    executionsFailed: most(5),
    /** Open hours without a call although this many requests came. */
    silentCalls: z
      .strictObject({ openHours: whole(1, 200).default(2), requests: whole(1, 1000).default(3) })
      .nullable()
      .prefault({}),
    /** Open hours without any request. */
    silentRequests: most(18, 1000),
    /** Requests within an hour with faults that no visitor can cause: their number and their share of all, in percent. */
    unusable: z
      .strictObject({ requests: whole(1, 10_000).default(5), share: share(20) })
      .nullable()
      .prefault({}),
    /** Requests within an hour that were refused, for any reason. */
    refused: z
      .strictObject({ requests: whole(1, 10_000).default(10), share: share(50) })
      .nullable()
      .prefault({}),
    /** Requests that end because their queue is disabled, within five minutes. */
    queueDisabled: most(1),
    /** Requests within an hour for which no agent became free in time: their number and their share of all, in percent. */
    nobodyFree: z
      .strictObject({ requests: whole(1, 10_000).default(10), share: share(50) })
      .nullable()
      .prefault({}),
    /**
     * Requests within an hour that were refused as closed, if no queue has been open for this many hours of callingHours. An evening
     * and a morning are less; a stage that closes for whole days needs more, or null.
     */
    closedInCallingHours: z
      .strictObject({ hours: whole(1, 200).default(6), requests: whole(1, 10_000).default(5), share: share(80) })
      .nullable()
      .prefault({}),
    /** Fewer answered calls than this share, in percent, of at least this many within an hour. */
    fewAnswered: z
      .strictObject({ calls: whole(1, 10_000).default(20), share: share(30) })
      .nullable()
      .prefault({}),
    /** Calls within an hour whose end was never reported. */
    callsLost: most(3),
    /** Throttled and failed function invocations within 15 minutes. */
    functionsThrottled: most(1),
    functionsFailing: most(10),
    /** Throttled DynamoDB reads and writes within five minutes. */
    tablesThrottled: most(10),
    /** Server errors of DynamoDB within five minutes. */
    tablesFailing: most(10),
    /** Steps within five minutes that failed because Amazon Connect throttled them, or did not answer. */
    connectThrottled: most(10),
    connectUnavailable: most(3),
    /** Calls of the whole instance that Amazon Connect refused for its quota of concurrent calls, within five minutes. */
    linesUsedUp: most(1),
    /** Times within five minutes that a contact flow of the stage failed to run. */
    flowErrors: most(1),
    /** Minutes for which KARTE has not accepted the result of a call. */
    karteUnreachableMinutes: most(15, 1440),
    /** Requests that a limit of the stage refused within five minutes. */
    limitReached: most(20),
    /** Hours for which calling has been switched off, with or without requests. */
    callingStoppedHours: most(2, 24),
  })
  .prefault({});
