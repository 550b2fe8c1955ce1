import type { CallRecord } from '../../../domain/call-record.ts';
import type { StageFile } from '../../../domain/stage-file.ts';
import type { AccountState } from '../../sandbox/account/account-state.ts';
import type { CheckedStage } from '../check.ts';
import { EXAMINED, functionArn, hoursAgo, SIGNING_KEYS, TOKEN, TOPIC } from './healthy-account.ts';

/** What is wrong in an account, and what the doctor says of it. */
export interface Case {
  id: string;
  change?: (state: AccountState) => unknown;
  /** Part of what was seen. */
  seen: string;
  /** Another one than `EXAMINED`. */
  stage?: CheckedStage;
}

const { karte } = EXAMINED.file;
const PREFIX = 'karte-connect-call-dev-';

const withFile = (parts: Partial<StageFile>): CheckedStage => ({ ...EXAMINED, file: { ...EXAMINED.file, ...parts } });
/** The guide's own route. */
export const SNS = withFile({ karte: { ...karte, intake: 'sns' } });
export const CALL_TOPIC = 'arn:aws:sns:ap-northeast-1:000000000000:karte-connect-call-dev-call-requests';

const rule = (state: AccountState, name: string) => {
  const found = state.rules.find((one) => one.name === name);
  if (!found) throw new Error(`there is no rule ${name}`);
  return found;
};
const instance = ({ instances: [first] }: AccountState) => {
  if (!first) throw new Error('there is no instance');
  return first;
};
const without = (state: AccountState, metric: string) => {
  state.metrics = state.metrics.filter(({ name }) => name !== metric);
};
/** A metric with other points. */
const points = (state: AccountState, metric: string, ...values: { hoursAgo: number; value: number }[]) => {
  for (const one of state.metrics) if (one.name === metric) one.points = values;
};
const counts =
  (name: string, dimensions: Record<string, string>, value: number, hours = 1) =>
  (state: AccountState) =>
    state.metrics.push({
      namespace: dimensions.RuleName ? 'AWS/Events' : dimensions.QueueName ? 'AWS/SQS' : 'AWS/Lambda',
      name,
      dimensions,
      points: [{ hoursAgo: hours, value }],
    });
const messages = (queue: string, count: number) => (state: AccountState) => {
  for (const one of state.messageQueues) if (one.name === `${PREFIX}${queue}`) one.messages = count;
};
const answers = (name: string, parts: Partial<AccountState['functions'][number]>) => (state: AccountState) => {
  for (const one of state.functions) if (one.name === `${PREFIX}${name}`) Object.assign(one, parts);
};
const record = (parts: Partial<CallRecord>, hours = 2): CallRecord => ({
  requestId: `request-${hours}-${parts.outcome}`,
  executionId: 'execution',
  status: 'ended',
  attempts: 0,
  expiresAt: 0,
  requestedAt: hoursAgo(hours),
  receivedAt: hoursAgo(hours),
  ...parts,
});
const refused = (index: number) =>
  record({ outcome: 'number_refused', class: 'refused', reason: 'not_filled_in' }, 1 + index / 100);

const brokenLately = (count: number) => Array.from({ length: count }, (_, index) => refused(index));
export const askedTwice = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    record({ outcome: 'number_held', class: 'refused', reason: 'held' }, 1 + index / 100),
  );
export const calledBefore = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...record({ outcome: 'completed', class: 'reached', reason: 'agent' }, 3 + index / 100),
    requestId: `called-${index}`,
  }));

/** At least one of each check: what a problem looks like. */
export const PROBLEMS: readonly Case[] = [
  {
    id: 'event-source',
    change: (state) => Object.assign(state.eventSources[0] ?? {}, { state: 'PENDING' }),
    seen: 'PENDING',
  },
  {
    id: 'karte-events',
    change(state) {
      points(state, 'Events', { hoursAgo: 200, value: 3 });
      points(state, 'MatchedEvents', { hoursAgo: 200, value: 3 });
    },
    seen: 'and none in the last week',
  },
  { id: 'event-rule', change: (state) => (rule(state, 'calls').state = 'DISABLED'), seen: 'the rule is disabled' },
  {
    id: 'rule-pattern',
    change: (state) => (rule(state, 'calls').pattern = { detail: { name: [karte.actionName, 'other'] } }),
    seen: 'they differ in detail.name, detail-type',
  },
  { id: 'rule-pattern', change: (state) => (state.rules = []), seen: 'there is no rule' },
  { id: 'rule-matches', change: (state) => without(state, 'MatchedEvents'), seen: 'none of 12 events' },
  { id: 'rule-target', change: (state) => (rule(state, 'calls').targets = []), seen: 'it has no target' },
  {
    id: 'rule-target',
    change: (state) => (rule(state, 'calls').targets = [{ id: 'a', arn: functionArn('another') }]),
    seen: 'its target is not the state machine',
  },
  { id: 'rule-target', stage: SNS, seen: 'its target is not the SNS topic' },
  { id: 'sns-intake', stage: SNS, seen: 'no topic as its target' },
  {
    id: 'sns-intake',
    stage: SNS,
    change: (state) => (rule(state, 'calls').targets = [{ id: 'topic', arn: CALL_TOPIC }]),
    seen: 'acceptSnsNotification is not subscribed',
  },
  {
    id: 'failed-invocations',
    change: counts('FailedInvocations', { EventBusName: karte.eventBusName, RuleName: 'calls' }, 2),
    seen: 'in the last 24 hours: 2 failed for good',
  },
  {
    id: 'failed-invocations',
    change: counts('InvocationsSentToDlq', { EventBusName: karte.eventBusName, RuleName: 'calls' }, 1),
    seen: 'in the last 24 hours: 1 became a dead letter',
  },
  { id: 'dead-letters', change: messages('dead-letters', 3), seen: '3 messages' },
  { id: 'functions', change: (state) => state.functions.shift(), seen: 'admit missing' },
  { id: 'functions', change: (state) => (state.functions = []), seen: 'all missing' },
  { id: 'log-groups', change: (state) => (state.logGroups = []), seen: 'there is none' },
  { id: 'functions', change: answers('road', { state: 'Failed' }), seen: 'road is in the state Failed' },
  { id: 'functions', change: answers('road', { lastUpdate: 'Failed' }), seen: 'the last update of road failed' },
  {
    id: 'settings-deployed',
    change: answers('road', { variables: { STAGE_SETTINGS: '{}' } }),
    seen: 'differ from settings/dev.yml',
  },
  {
    id: 'function-errors',
    change: counts('Errors', { FunctionName: `${PREFIX}road` }, 15),
    seen: 'road: 15 of 20 runs failed',
  },
  {
    id: 'function-errors',
    change: counts('Throttles', { FunctionName: `${PREFIX}admit` }, 4),
    seen: 'admit: 4 throttled',
  },
  { id: 'function-errors', change: (state) => without(state, 'Invocations'), seen: 'not even sweepCalls' },
  { id: 'log-groups', change: (state) => state.logGroups.shift(), seen: 'admit has none' },
  { id: 'log-groups', change: (state) => delete state.logGroups[1]?.retentionInDays, seen: 'road is kept for ever' },
  {
    id: 'executions',
    change: ({ executions: [latest] }) => Object.assign(latest ?? {}, { status: 'TIMED_OUT' }),
    seen: 'of the last 2, 1 timed out or was aborted',
  },
  {
    id: 'executions',
    change: ({ refusals }) =>
      (refusals['states:ListExecutions'] = { name: 'StateMachineDoesNotExist', message: 'No.' }),
    seen: 'there is no state machine',
  },
  {
    id: 'calling-on',
    change: (state) =>
      (state.controls = {
        stopped: true,
        stoppedChange: { by: 'example', at: '2026-11-22T03:00:00.000Z', why: 'training' },
      }),
    seen: 'since 2026-11-22 12:00:00 JST by example: training',
  },
  {
    id: 'refusals',
    change: (state) => (state.records = Array.from({ length: 30 }, (_, index) => refused(index))),
    seen: '30 of 30 requests in the last 24 hours: number_refused (not_filled_in): ',
  },
  {
    id: 'refusals',
    // The action was broken an hour ago; before, some were called.
    change: (state) => (state.records = [...brokenLately(6), ...calledBefore(5)]),
    seen: '5 of the newest 5 requests (11 in the last 24 hours): number_refused (not_filled_in): ',
  },
  {
    id: 'refusals',
    change: (state) => (state.records = [...brokenLately(9), ...calledBefore(40)]),
    seen: '9 of the newest 10 requests (49 in the last 24 hours): number_refused (not_filled_in): ',
  },
  {
    id: 'last-failure',
    change: (state) => state.records.push(record({ outcome: 'capacity_exhausted', class: 'failed', reason: 'quota' })),
    seen: 'capacity_exhausted (quota): A quota of the instance, such as concurrent calls, was used up, on ',
  },
  { id: 'ids-parameter', change: (state) => (state.parameters = {}), seen: 'does not exist' },
  {
    id: 'function-roles',
    change: ({ simulation }) => (simulation['dynamodb:PutItem'] = 'implicitDeny'),
    seen: 'the role of the function road does not allow dynamodb:PutItem; the role of the function enterWaitingRoom',
  },
  {
    id: 'machine-roles',
    change: ({ simulation }) => (simulation['states:StartExecution'] = 'explicitDeny'),
    seen: 'the role of the rule does not allow states:StartExecution',
  },
  { id: 'machine-roles', change: (state) => delete rule(state, 'calls').targets[0]?.RoleArn, seen: 'there is none' },
  { id: 'cjs-handlers', change: answers('road', { errorType: 'Runtime.ImportModuleError' }), seen: 'cannot be loaded' },
  {
    id: 'permission-for-hours',
    change: answers('road', { errorType: 'ConnectAccessDenied' }),
    seen: 'denied the function road',
  },
  {
    id: 'permission-for-metrics',
    change: (state) => (state.records = [record({ outcome: 'access_denied', class: 'failed' })]),
    seen: 'access_denied',
  },
  {
    id: 'permission-to-call',
    change: (state) => (state.records = [record({ outcome: 'access_denied', class: 'failed', attempts: 1 })]),
    seen: 'access_denied',
  },
  { id: 'signing-secret', change: ({ secrets }) => delete secrets[SIGNING_KEYS], seen: 'there is no secret' },
  { id: 'signing-secret', change: ({ secrets }) => (secrets[SIGNING_KEYS] = true), seen: 'about to be deleted' },
  {
    id: 'signing-secret',
    change: answers('admit', { errorType: 'SigningKeysError' }),
    seen: 'failed on an unsigned request (SigningKeysError)',
  },
  { id: 'instance', change: (state) => (state.instances = []), seen: 'there is no instance' },
  { id: 'source-number', change: (state) => (state.phoneNumbers = []), seen: 'it is not claimed' },
  { id: 'flows', change: (state) => Object.assign(instance(state).flows[0] ?? {}, { status: 'SAVED' }), seen: 'SAVED' },
  { id: 'queues', change: (state) => (instance(state).queues = []), seen: 'support does not exist' },
  { id: 'routing-profiles', change: (state) => (instance(state).routingProfiles = []), seen: 'no routing profile' },
  { id: 'contact-event-rule', change: (state) => state.rules.pop(), seen: 'there is none' },
  { id: 'contact-event-rule', change: (state) => (rule(state, 'contacts').state = 'DISABLED'), seen: 'disabled' },
  {
    id: 'contact-event-rule',
    change: (state) => Object.assign(rule(state, 'contacts').pattern, { source: ['aws.other'] }),
    seen: 'its pattern differs from the settings: source',
  },
  {
    id: 'contact-events',
    change: ({ records: [called] }) => Object.assign(called ?? {}, { outcome: 'lost' }),
    seen: 'how the latest call ended was never reported; the rule matched 48 events',
  },
  {
    id: 'release-queue',
    change(state) {
      messages('release', 2)(state);
      counts('ApproximateAgeOfOldestMessage', { QueueName: `${PREFIX}release` }, 240, 0.1)(state);
    },
    seen: '2 messages in the release queue, the oldest 240 s old',
  },
  { id: 'release-failures', change: messages('release-failures', 1), seen: 'it gave up on 1 message' },
  { id: 'karte-token', change: ({ secrets }) => delete secrets[TOKEN], seen: 'there is no secret' },
  {
    id: 'karte-token',
    change: (state) => points(state, 'IteratorAge', { hoursAgo: 1, value: 1_800_000 }),
    seen: 'reports are 30 minutes late',
  },
  { id: 'alarm-subscriptions', stage: withFile({ alarmTopicArn: null }), seen: 'nobody is notified' },
  { id: 'alarm-subscriptions', change: (state) => (state.subscriptions = []), seen: 'nobody is subscribed' },
  {
    id: 'alarm-subscriptions',
    change: (state) =>
      state.subscriptions.push({ topicArn: TOPIC, protocol: 'email', endpoint: 'x@example.com', isConfirmed: false }),
    seen: '1 of 2 subscriptions not confirmed',
  },
  {
    id: 'alarm-subscriptions',
    change: ({ refusals }) =>
      (refusals['sns:ListSubscriptionsByTopic'] = { name: 'NotFoundException', message: 'Topic does not exist' }),
    seen: 'the topic of the alarms does not exist',
  },
  {
    id: 'alarm-subscriptions',
    stage: withFile({ alarmTopicArn: null }),
    change(state) {
      const topicArn = 'arn:aws:sns:ap-northeast-1:000000000000:karte-connect-call-dev-alarms';
      state.stacks.push({ name: 'karte-connect-call-dev', resources: { AlarmTopic: topicArn } });
      state.subscriptions = [{ topicArn, protocol: 'email', endpoint: 'x@example.com', isConfirmed: false }];
    },
    seen: '1 of 1 subscription not confirmed',
  },
  {
    id: 'dashboard',
    change: (state) => (state.dashboards = ['karte-connect-call-device']),
    seen: 'there is no dashboard',
  },
];

/** What there is nothing to see of. That permissions are missing is a case of every check by itself. */
export const UNCHECKED: readonly Case[] = [
  {
    id: 'karte-events',
    change(state) {
      without(state, 'Events');
      without(state, 'MatchedEvents');
    },
    seen: 'no event came in the last 14 days',
  },
  {
    id: 'rule-matches',
    change(state) {
      without(state, 'Events');
      without(state, 'MatchedEvents');
    },
    seen: 'no event came in the last 14 days',
  },
  { id: 'failed-invocations', change: (state) => (state.rules = []), seen: 'there is no rule' },
  { id: 'settings-deployed', change: answers('road', { variables: {} }), seen: 'does not return the variables' },
  { id: 'executions', change: (state) => (state.executions = []), seen: 'there has been no execution yet' },
  { id: 'refusals', change: (state) => (state.records = []), seen: 'no request ended' },
  { id: 'last-failure', change: (state) => (state.records = []), seen: 'no request ended' },
  {
    id: 'signing-secret',
    stage: withFile({ signature: { mode: 'warn', secretName: SIGNING_KEYS } }),
    seen: 'only the log says whether it is well-formed',
  },
  { id: 'contact-events', change: (state) => (state.records = []), seen: 'no call of the last month' },
  { id: 'release-queue', change: messages('release', 1), seen: 'whose age CloudWatch does not report yet' },
  {
    id: 'karte-token',
    change: (state) => without(state, 'Invocations'),
    seen: 'cannot be tested without writing an event',
  },
];
