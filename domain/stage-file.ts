import { getCountries } from 'libphonenumber-js/max';
import * as z from 'zod';
import { alarmSettings } from './alarm-settings.ts';
import { appointmentSettings } from './appointment-settings.ts';
import { availabilitySettings } from './availability-settings.ts';
import { createSettings, idOrCreate } from './create-settings.ts';
import { karteReportSettings } from './report-settings.ts';
import {
  closing,
  DEFAULT_TIME_ZONE,
  EXACT,
  e164,
  exact,
  number,
  opening,
  prefix,
  text,
  timeZone,
  whole,
} from './setting-forms.ts';
import { approvedOrigins } from './softphone-settings.ts';
import { offerCallBack, retryUnanswered } from './try-settings.ts';

/** Flow values that refer to a resource on the instance; all others are spoken. */
const isReference = (value: string): boolean => /^\s*(?:arn:|[0-9a-f]{8}-)/i.test(value);

const queueName = z.string('the name of a queue under connect.queues');
const NUMBER_TYPES = ['mobile', 'fixed', 'voip'] as const;
const countries = getCountries() as [ReturnType<typeof getCountries>[number], ...ReturnType<typeof getCountries>];

const routingRule = z
  .strictObject({
    userType: exact('a user_type').optional(),
    inquiryType: exact('an inquiry_type').optional(),
    queue: queueName,
  })
  .refine(({ userType, inquiryType }) => userType !== undefined || inquiryType !== undefined, {
    error: 'a rule with userType, inquiryType or both',
  });

/** Defaults of what the contact flows say and play: KARTE's guide, word for word. */
export const FLOW_VALUES = {
  /** The service that customers use or consider: 「いつもKARTEをご利用いただき…」. */
  ServiceName: 'KARTE',
  /** Heard in the queue and on hold: the id or ARN of a prompt of the instance. */
  HoldMusic: 'silence',
  /** A sentence after the greeting that says that the call is recorded. */
  RecordingNotice: '',
};

/**
 * Everything a deployer edits, one file per stage. Fields with a default may be left out. Names ending in …Seconds or …Days give the
 * unit. The functions get everything except what stage-settings.ts leaves out.
 *
 * @example
 * region: ap-northeast-1
 * karte:
 *   eventBusName: aws.partner/karte.io/123456789012/example-project/call
 *   actionName: karte_ivr_call_request
 *   intake: eventbridge
 * connect:
 *   instanceId: 00000000-0000-4000-8000-000000000001
 *   contactFlow: call-me
 *   sourcePhoneNumber: "+815000000000"
 *   queues:
 *     sales: create
 *     support: 00000000-0000-4000-8000-00000000a002
 *   ringTimeoutSeconds: null
 *   pressToConnect: true
 *   flowValues:
 *     CompanyName: KARTEサポート窓口
 *     ServiceName: KARTE
 *     HoldMusic: arn:aws:connect:ap-northeast-1:123456789012:instance/00000000-0000-4000-8000-000000000001/prompt/00000000-0000-4000-8000-00000000d001
 *     RecordingNotice: この通話は、応対品質の向上のため録音いたします。
 *   flowVersions: false
 *   approvedOrigins: ["https://admin.karte.io"]
 * create:
 *   instanceAlias: null
 *   hours:
 *     days: [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY]
 *     start: "09:00"
 *     end: "18:00"
 *     closedOnHolidays: true
 *     alsoClosed: ["2026-12-29", "2026-12-30"]
 *   routingProfiles: true
 *   eventBus: true
 * request:
 *   countries: [JP]
 *   numberTypes: [mobile, fixed, voip]
 *   allowedPrefixes: ["+8170", "+8180", "+8190"]
 *   refusedPrefixes: ["+81901234"]
 *   userTypes: [member, visitor]
 *   inquiryTypes: [KARTE Datahubについて, 料金プランについて]
 *   maxAgeSeconds: 300
 *   excludedFields: [membership]
 * routing:
 *   default: support
 *   rules:
 *     - userType: visitor
 *       queue: sales
 *     - inquiryType: KARTE Datahubについて
 *       queue: support
 * callingHours: { start: "08:00", end: "21:00", timeZone: Asia/Tokyo }
 * whenClosed: { do: wait, maxDelaySeconds: 57600, callWithinSeconds: 7200 }
 * appointments: { maxDays: 14, slotMinutes: 30, perSlot: 3 }
 * retryUnanswered: { times: 1, afterSeconds: 300 }
 * offerCallBack: { afterSeconds: 120, callWithinSeconds: 3600 }
 * limits:
 *   callsPerNumberPerDay: 3
 *   triesPerNumberPerDay: 6
 *   callsPerDay: 1000
 *   requestsPerMinute: 60
 *   maxConcurrentCalls: 10
 *   coolDownSeconds: 600
 *   missedPauseSeconds: 60
 *   maxCallSeconds: 7200
 * pacing: { callsPerSecond: 2, burst: 5, keptForJitter: 1 }
 * agents:
 *   pools: [[sales, support]]
 *   maxContactsWaiting: 0
 * signature: { mode: required, secretName: karte-connect-call/prod/signing-keys }
 * callLog: { agentCalls: false }
 * availability: { origins: ["https://www.example.com"] }
 * recognizeCaller: { hours: 24 }
 * reportToKarte: { secretName: karte-connect-call/prod/karte-token, eventPrefix: karte_ivr_ }
 * protectTables: true
 * recordRetentionDays: 90
 * logRetentionDays: 30
 * alarmTopicArn: arn:aws:sns:ap-northeast-1:123456789012:call-alarms
 * alarms: { addresses: [], runbookUrl: null, silentCalls: { openHours: 2, requests: 3 }, callsLost: 3 }
 */
export const StageFile = z
  .strictObject({
    region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, such as ap-northeast-1'),
    karte: z.strictObject({
      /** Name of the partner event bus, which is the name of the event source. */
      eventBusName: text(
        /^aws\.partner(\/[.\-_A-Za-z0-9]+){2,5}$/,
        'the name of the partner event source, such as aws.partner/karte.io/123456789012/my-project/my-name',
      ),
      /** `name` of the Amazon EventBridge action in KARTE. */
      actionName: exact('the name given to the Amazon EventBridge action in KARTE').default('karte_ivr_call_request'),
      /** `sns` puts the guide's SNS topic and function between the rule and the state machine. */
      intake: z.enum(['eventbridge', 'sns'], 'eventbridge or sns').default('eventbridge'),
    }),
    connect: z.strictObject({
      /** Id of the Amazon Connect instance; `create`: the stack creates one. */
      instanceId: idOrCreate,
      /** The file of contact-flows/ that calls start with. */
      contactFlow: text(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the name of a file in contact-flows/ without .json').default(
        'call-me',
      ),
      /** Number that calls are made from, claimed for the instance; null while there is none: then nobody is called. */
      sourcePhoneNumber: e164.nullable(),
      /** Name → UUID of each queue that requests may be routed to; `create`: the stack creates the queue. */
      queues: z
        .record(text(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a queue name of small letters, digits and hyphens'), idOrCreate)
        .refine((queues) => Object.keys(queues).length > 0, 'at least one queue: name and id')
        .refine((queues) => Object.keys(queues).length <= 100, 'at most 100 queues'),
      /** How long a phone rings, 15–60; null uses Amazon Connect's default (60 s), which may refuse anything else. */
      ringTimeoutSeconds: whole(15, 60, 'or null').nullable().default(null),
      /** Customers must press 1 before they reach an agent, which a voicemail does not do. */
      pressToConnect: z.boolean('true or false').default(true),
      /**
       * Values of `${…}` in contact flows: a text to speak, or the id or ARN of a resource on the instance. `FLOW_VALUES` has the
       * defaults.
       */
      flowValues: z
        .record(
          text(/^[A-Z][A-Za-z0-9]{0,63}$/, 'a name of letters and digits that begins with a capital'),
          text(/^[^$<>{}\p{Cc}]{1,1000}$/u, 'a text of up to 1,000 characters without $ < > { }').refine(
            (value) => !isReference(value) || EXACT.test(value),
            'an id or ARN without a blank around it or an invisible character in it',
          ),
        )
        .refine(
          (values) => !Object.keys(values).some(isOwnToken),
          'names other than DefaultQueue, …Queue and …ContactFlow',
        )
        .prefault({}),
      /** Creates a version of each contact flow whenever its content changes; not in every region: resources/connect-regions.ts. */
      flowVersions: z.boolean('true or false').default(false),
      /** Sites that may embed the softphone of the instance, such as KARTE's own: docs/softphone.md. */
      approvedOrigins,
    }),
    /** What the stack creates: for `create` under `connect`, and whatever else a new stage needs. */
    create: createSettings,
    request: z
      .strictObject({
        countries: z
          .array(z.enum(countries, 'a country code of two capital letters, such as JP'))
          .min(1, 'at least one country code')
          .transform(([first, ...others]) => [first as (typeof countries)[0], ...others] as const)
          .default(['JP']),
        /** Kinds of number to dial; toll-free, premium-rate and the like are never dialled. */
        numberTypes: z
          .array(z.enum(NUMBER_TYPES, `one of ${NUMBER_TYPES.join(', ')}`))
          .min(1, `at least one of ${NUMBER_TYPES.join(', ')}`)
          .default([...NUMBER_TYPES]),
        /** If not empty, a number must begin with one of them: "+8170", "+8180", "+8190" are Japan's mobiles. */
        allowedPrefixes: z.array(prefix).default([]),
        /** Prefixes of numbers that are never dialled, even if a shorter prefix is allowed. */
        refusedPrefixes: z.array(prefix).default([]),
        /** `user_type` values that the contact flow knows; all others become `other`. */
        userTypes: z.array(exact('a user_type')).min(1, 'at least one user_type').default(['member', 'visitor']),
        /**
         * `inquiry_type` values that are spoken and shown; all others become `other`. null: visitors' own words are used, unless they
         * contain a number or an address.
         */
        inquiryTypes: z
          .array(exact('an inquiry_type'))
          .min(1, 'at least one inquiry_type, or no list')
          .max(50, 'at most 50 inquiry types')
          .nullable()
          .default(null),
        /** An event older than this is recorded as stale; also the request's deadline for ringing. */
        maxAgeSeconds: whole(60, 3600).default(300),
        /** Content fields that never become contact attributes, besides those of domain/identity-fields.ts. */
        excludedFields: z.array(exact('the name of a content field')).default([]),
      })
      .prefault({}),
    routing: z.strictObject({
      /** The queue if no rule matches. */
      default: queueName,
      /** First match wins; a rule without a field matches any value of it. */
      rules: z.array(routingRule).default([]),
    }),
    /**
     * Hours in which phones may ring, whatever the queue's own hours. `start` inclusive, `end` exclusive; they may cross midnight, and
     * 00:00 to 24:00 is the whole day.
     */
    callingHours: z
      .strictObject({ start: opening, end: closing, timeZone })
      .default({ start: '08:00', end: '21:00', timeZone: DEFAULT_TIME_ZONE }),
    /** What happens to requests while the queue or the calling hours are closed. */
    whenClosed: z
      .strictObject({
        /** `wait`: the call goes out once the queue opens, and the deadline counts from then. */
        do: z.enum(['refuse', 'wait'], 'refuse or wait').default('refuse'),
        /** Longest time between the request and opening time; 16 hours cover a night. */
        maxDelaySeconds: whole(60, 345_600).default(57_600),
        /** Longest time between opening time and the call: a whole night's requests are called one by one. */
        callWithinSeconds: whole(60, 28_800).default(7_200),
      })
      .prefault({}),
    /** Calls at a time that the visitor chose (`call_at`). */
    appointments: appointmentSettings,
    retryUnanswered,
    offerCallBack,
    /** Upper bounds; null removes one. `npm run calls -- limits` changes them at run time. */
    limits: z
      .strictObject({
        /** Per Japanese calendar day of the request. Unanswered calls, and those that never rang, do not count. */
        callsPerNumberPerDay: whole(1, 100, 'or null').nullable().default(3),
        /** Calls of the number on that day that were unanswered or never rang. */
        triesPerNumberPerDay: whole(1, 100, 'or null').nullable().default(6),
        /** Up to 5,000, as the counting items of the guards table then stay below 1 KB. */
        callsPerDay: whole(1, 5000, 'or null').nullable().default(1000),
        /** Per clock minute. All may come in one second, in which DynamoDB takes 1,000 writes of an item. */
        requestsPerMinute: whole(1, 1000, 'or null').nullable().default(60),
        /** Calls of this stage at once: dialling, in a flow, in a queue or with an agent. The quota of a new Amazon Connect instance is 10 for all its calls. */
        maxConcurrentCalls: whole(1, 1000, 'or null').nullable().default(10),
        /** How long a number is not called again after its call; 0 for no cool-down. */
        coolDownSeconds: whole(0, 86_400).default(600),
        /** The same after a call that nobody answered, that was busy, or that never rang: anyone who missed it may ask again. */
        missedPauseSeconds: whole(0, 86_400).default(60),
        /** How long a call without events is assumed to go on; then it is `lost`. */
        maxCallSeconds: whole(600, 43_200).default(7_200),
      })
      .prefault({}),
    /** Request rate of StartOutboundVoiceContact: Amazon Connect's quota, which all stages of an account and region share. */
    pacing: z
      .strictObject({
        /** How many go with how many concurrent calls: `tooManyLeases` in resources/stage-contradictions.ts. */
        callsPerSecond: number(0.1, 100).default(2),
        /** Requests that the quota allows at once. */
        burst: whole(1, 1000).default(5),
        /** Part of the burst that is held back, as requests take different times to reach Amazon Connect. */
        keptForJitter: whole(0, 999).default(1),
      })
      .prefault({}),
    agents: z
      .strictObject({
        /** Queues that share agents, one list of names per pool. By default all queues share them. */
        pools: z.array(z.array(queueName).min(1, 'at least one queue in each pool')).optional(),
        /** How many more calls than free agents of a pool may be in progress. */
        maxContactsWaiting: whole(0, 100).default(0),
      })
      .prefault({}),
    /** Whether a request must carry a token of the company's own back end: docs/signed-requests.md. */
    signature: z
      .strictObject({
        /** `warn` only logs what is wrong, and calls nevertheless. */
        mode: z.enum(['off', 'warn', 'required'], 'off, warn or required').default('off'),
        /** Secret of AWS Secrets Manager with the keys; may only be null with `off`. */
        secretName: text(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'the name of a secret in AWS Secrets Manager, or null')
          .nullable()
          .default(null),
      })
      .prefault({}),
    /** What is logged besides requests and calls to the stage's number. */
    callLog: z
      .strictObject({
        /** Calls that agents dial by hand. */
        agentCalls: z.boolean('true or false').default(false),
      })
      .prefault({}),
    /** Whether pages may ask if a visitor would be called now: docs/availability.md. */
    availability: availabilitySettings,
    /** Whether customers who call back are recognised by their number; null deploys nothing for it. */
    recognizeCaller: z
      .strictObject({
        /** How long after our call a caller counts as calling back. */
        hours: whole(1, 72).default(24),
      })
      .nullable()
      .default(null),
    /** Whether the result of each request is reported to KARTE: docs/report-to-karte.md. */
    reportToKarte: karteReportSettings,
    /** Nobody can delete the tables, not even by hand, until a deployment with false. */
    protectTables: z.boolean('true or false').default(false),
    /** How long a call record is kept. */
    recordRetentionDays: whole(1, 3650).default(90),
    logRetentionDays: z
      .literal(
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
        {
          error: 'a number of days CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 …',
        },
      )
      .default(30),
    /** SNS topic for alarms; null for none, or for the one that the stack creates: `alarms.addresses`. */
    alarmTopicArn: text(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+$/, 'the ARN of an SNS topic, or null')
      .nullable()
      .default(null),
    /** When alarms go off, and who is notified. */
    alarms: alarmSettings,
  })
  .transform((file) => ({
    ...file,
    agents: { ...file.agents, pools: file.agents.pools ?? [Object.keys(file.connect.queues)] },
  }));

export type StageFile = z.infer<typeof StageFile>;

/** A stage file as written: fields with a default may be left out. */
export type WrittenStageFile = z.input<typeof StageFile>;

/** Placeholders for what the stack itself knows. */
const isOwnToken = (name: string): boolean => /(?:Queue|ContactFlow)$/.test(name);
