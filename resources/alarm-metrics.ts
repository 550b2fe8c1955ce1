import type { CallErrorName } from '../domain/errors.ts';
import type { MetricName } from '../domain/metrics.ts';
import type { CallOutcome, Outcome } from '../domain/outcomes.ts';
import { CALL_OUTCOMES } from '../domain/outcomes-of-calls.ts';
import type { StageFile } from '../domain/stage-file.ts';
import { callsTableIndexes } from './calls-table-indexes.ts';

/** A metric of an alarm, in CloudFormation's form. */
export interface AlarmMetric {
  /** In the alarm's expression: letters and digits, starting with a lower-case letter. */
  id: string;
  namespace: string;
  name: string;
  dimensions: readonly { Name: string; Value: unknown }[];
  statistic: 'Sum' | 'Maximum' | 'Minimum' | 'SampleCount';
}

/**
 * How outcomes and reasons are grouped. An alarm takes ten metrics at most.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const ALARM_METRICS = {
  setup: ['misconfigured', 'access_denied', 'destination_not_allowed', 'outbound_not_permitted'],
  capacity: ['throttled', 'capacity_exhausted'],
  system: ['call_unconfirmed', 'queue_unreadable', 'internal_error'],
  refused: [
    ...['invalid_event', 'stale', 'appointment_refused', 'signature_refused'],
    ...['number_refused', 'number_blocked', 'number_held', 'limit_reached'],
  ] as Outcome[],
  /** Nobody became free in time. */
  nobodyFree: ['no_agents_available', 'expired'],
  /** By the hours of a queue. Outside the calling hours the stage itself is closed on purpose. */
  closed: [
    ['queue_closed', 'outside_opening_hours'],
    ['queue_closed', 'opens_too_late'],
  ],
} as const satisfies Record<string, readonly (Outcome | readonly [Outcome, string])[]>;

/**
 * Customers who answered: those who were reached, and those who hung up on the way to an agent. If nobody pressed 1, it was mostly
 * a voicemail.
 */
const isAnswered = (outcome: CallOutcome): boolean =>
  CALL_OUTCOMES[outcome].class === 'reached' || outcome === 'abandoned';

const ENDED_CALLS = (Object.keys(CALL_OUTCOMES) as CallOutcome[]).filter(
  (outcome) => CALL_OUTCOMES[outcome].class !== 'placed',
);

/** All ends of calls are in one of the two. */
export const ANSWERS = {
  answered: ENDED_CALLS.filter(isAnswered),
  unanswered: ENDED_CALLS.filter((outcome) => !isAnswered(outcome)),
} as const;

/** The metrics of a stage, by purpose. */
export type Metrics = ReturnType<typeof metricsOf>;

/** References to resources in CloudFormation. */
interface MadeNames {
  /** Of all contact flows, the one that calls start with first. */
  flowNames: readonly string[];
  /** Id of the instance. */
  instanceId: unknown;
}

const FUNCTIONS = [
  ...['admit', 'road', 'enterWaitingRoom', 'releaseWaiting', 'settleExecution'],
  ...['trackContact', 'sweepCalls', 'acceptSnsNotification'],
];
/** Operations on each table, by the environment variable with its name. */
const ASKED_OF_TABLES = {
  CALLS_TABLE: ['UpdateItem', 'GetItem'],
  GUARDS_TABLE: ['UpdateItem', 'BatchGetItem'],
  LEASES_TABLE: ['UpdateItem', 'Query'],
  WAITING_ROOM_TABLE: ['PutItem', 'Query'],
};
const idOf = (text: string): string => text.replace(/[^a-z0-9]+(.)/gi, (_, next: string) => next.toUpperCase());

/** @param environment of the functions: names of the namespace, the service and the tables */
export function metricsOf(file: StageFile, environment: Readonly<Record<string, string>>, made: MadeNames) {
  const own = (
    name: MetricName,
    dimensions: Record<string, string> = {},
    statistic: AlarmMetric['statistic'] = 'Sum',
  ): AlarmMetric => ({
    id: idOf([name.charAt(0).toLowerCase() + name.slice(1), ...Object.values(dimensions)].join('-')),
    namespace: environment.POWERTOOLS_METRICS_NAMESPACE ?? '',
    name,
    dimensions: Object.entries({ service: environment.POWERTOOLS_SERVICE_NAME, ...dimensions }).map(
      ([Name, Value]) => ({
        Name,
        Value,
      }),
    ),
    statistic,
  });
  const aws = (
    namespace: string,
    name: string,
    dimensions: Record<string, unknown>,
    statistic: AlarmMetric['statistic'] = 'Sum',
    id = name,
  ): AlarmMetric => ({
    ...{ id: idOf(id.charAt(0).toLowerCase() + id.slice(1)), namespace, name, statistic },
    dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  });
  const functionRef = (name: string) => ({ Ref: `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction` });
  const functions = [
    ...FUNCTIONS,
    ...(file.recognizeCaller ? ['recognizeCaller'] : []),
    ...(file.availability ? ['tellAvailability'] : []),
  ];
  const ofInstance = { InstanceId: made.instanceId };

  return {
    asked: own('RequestsAsked'),
    outcomes: (...outcomes: readonly Outcome[]) => outcomes.map((outcome) => own('RequestsEnded', { outcome })),
    reasons: (...reasons: readonly (readonly [Outcome, string])[]) =>
      reasons.map(([outcome, reason]) => own('RequestsEnded', { outcome, reason })),
    calls: (...outcomes: readonly CallOutcome[]) => outcomes.map((outcome) => own('CallsEnded', { outcome })),
    errors: (...errors: readonly CallErrorName[]) => errors.map((error) => own('StepsFailed', { error })),
    /** What the sweep measures. */
    stage: (name: MetricName, statistic: 'Maximum' | 'Minimum' = 'Maximum') => own(name, {}, statistic),
    machine: (name: string) => aws('AWS/States', name, { StateMachineArn: { Ref: 'CallRequestStateMachine' } }),
    queue: (queue: string, name: string) =>
      aws('AWS/SQS', name, { QueueName: { 'Fn::GetAtt': [queue, 'QueueName'] } }, 'Maximum'),
    functions: (name: 'Errors' | 'Throttles') =>
      functions.map((one) => aws('AWS/Lambda', name, { FunctionName: functionRef(one) }, 'Sum', one)),
    /** Throttling; that of an index holds up what is written to its table, and is not counted with the table. */
    tables: () => [
      ...Object.keys(ASKED_OF_TABLES).flatMap((table) =>
        ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
          aws('AWS/DynamoDB', name, { TableName: environment[table] }, 'Sum', `${name}-${table.toLowerCase()}`),
        ),
      ),
      ...callsTableIndexes(file).indexes.map(({ IndexName }) =>
        aws(
          ...(['AWS/DynamoDB', 'WriteThrottleEvents'] as const),
          { TableName: environment.CALLS_TABLE, GlobalSecondaryIndexName: IndexName },
          ...(['Sum', `WriteThrottleEvents-${IndexName}`] as const),
        ),
      ),
    ],
    /** Server errors of DynamoDB, for the most frequent operations of each table. */
    tableErrors: () =>
      Object.entries(ASKED_OF_TABLES).flatMap(([table, operations]) =>
        operations.map((Operation) =>
          aws(
            ...(['AWS/DynamoDB', 'SystemErrors', { TableName: environment[table], Operation }] as const),
            ...(['Sum', `${Operation}-${table.toLowerCase()}`] as const),
          ),
        ),
      ),
    connect: {
      lines: aws('AWS/Connect', 'CallsBreachingConcurrencyQuota', { ...ofInstance, MetricGroup: 'VoiceCalls' }),
      // An alarm takes ten metrics at most.
      flows: made.flowNames
        .slice(0, 10)
        .map((ContactFlowName, index) =>
          aws(
            ...(['AWS/Connect', 'ContactFlowFatalErrors'] as const),
            { ...ofInstance, MetricGroup: 'ContactFlow', ContactFlowName },
            ...(['Sum', `flow-${index}`] as const),
          ),
        ),
    },
    /** Age of the oldest change that the function reportToKarte has not processed. */
    reports: aws('AWS/Lambda', 'IteratorAge', { FunctionName: functionRef('reportToKarte') }, 'Maximum'),
  };
}
