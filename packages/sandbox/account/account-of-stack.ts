import { SERVICE } from '../../../resources/load-stage.ts';
import { NO_COUNTERPART } from '../../account/account-errors.ts';
import { modelNumber } from '../model-number.ts';
import type { Stack } from '../stack.ts';
import { type AccountState, accountState } from './account-state.ts';

/** Actions for which the local stack has nothing to tell → what is missing. */
const NOTHING_LIKE_IT: Readonly<Record<string, string>> = {
  'cloudformation:DescribeStackResource': 'the topic of the alarms',
  'cloudwatch:ListDashboards': 'a dashboard of CloudWatch',
  'connect:ListApprovedOrigins': 'the list of approved origins',
  'connect:SearchUsers': 'the list of users',
  'iam:SimulatePrincipalPolicy': "IAM's simulation",
  'lambda:GetAccountSettings': 'the quota of functions at once',
  'logs:DescribeLogGroups': 'a log group',
  'servicequotas:ListServiceQuotas': 'a list of quotas',
  'sns:ListSubscriptionsByTopic': 'a topic of SNS',
};

const HOUR_MS = 3_600_000;

/** An account in which the stack is what it is at this moment. What it has no counterpart of is refused with a sentence. */
export function accountOfStack(
  {
    service,
    bus,
    queues,
    connect,
    functions,
    secrets,
  }: Pick<Stack, 'service' | 'bus' | 'queues' | 'connect' | 'functions' | 'secrets'>,
  parameters: Record<string, string>,
): AccountState {
  const { file, environment } = service.stage;
  const { instanceId } = file.connect;
  const { eventBusName, pattern } = service.rule;
  const { RELEASE_QUEUE = '' } = environment;
  const state = accountState({ region: file.region });
  const arn = (of: string, name: string) => `arn:aws:${of}:${file.region}:${state.accountId}:${name}`;
  const prefix = `${SERVICE}-local-`;
  const { traffic } = bus;
  const matched = traffic.filter(({ isMatched }) => isMatched);
  const lost = bus.deadLetters.filter((letter) => letter.function === undefined);
  const runs = [...functions.counts].map(([name, counts]) => ({ name, ...counts }));
  const ofRule = { EventBusName: eventBusName, RuleName: `${prefix}calls` };
  const metric = (
    namespace: string,
    name: string,
    dimensions: Record<string, string>,
    points: { hoursAgo: number; value: number }[],
  ) => ({ namespace, name, dimensions, points });
  return {
    ...state,
    pageSize: 1_000,
    refusals: Object.fromEntries(
      Object.entries(NOTHING_LIKE_IT).map(([action, what]) => [
        action,
        { name: NO_COUNTERPART, message: `${what} has no counterpart on this machine` },
      ]),
    ),
    instances: [
      {
        id: instanceId,
        alias: 'local',
        queues: connect.queues().map(({ id, name, enabled }) => ({
          id,
          name,
          status: enabled ? 'ENABLED' : 'DISABLED',
          hoursId: id,
        })),
        hours: connect.queues().map(({ id, name, open, hours, overrides }) => ({
          id,
          name,
          ...(open ? { ...(hours && { hours }) } : { hours: {} }),
          ...(overrides && { overrides }),
        })),
        flows: [],
        // Agents of the local instance serve queues without one.
        routingProfiles: [
          { id: 'local', name: 'local', queues: [...new Set(connect.agents().flatMap((agent) => agent.queues))] },
        ],
        users: [],
        approvedOrigins: [],
        functions: [],
      },
    ],
    phoneNumbers: [{ id: 'local', number: modelNumber(file.connect), instanceId }],
    eventSources: [{ name: eventBusName, state: 'ACTIVE' }],
    eventBuses: [eventBusName],
    rules: [
      {
        name: ofRule.RuleName,
        bus: eventBusName,
        pattern,
        targets: [
          {
            id: 'machine',
            arn: arn('states', `stateMachine:${service.stateMachine.name}`),
            RoleArn: `arn:aws:iam::${state.accountId}:role/${prefix}rule`,
          },
        ],
      },
      ...service.functionRules.map((rule) => ({
        name: `${prefix}${rule.function}`,
        pattern: rule.pattern,
        targets: [{ id: rule.function, arn: arn('lambda', `function:${prefix}${rule.function}`) }],
      })),
    ],
    parameters,
    functions: Object.keys(service.functions).map((name) => ({ name: `${prefix}${name}`, variables: environment })),
    metrics: [
      metric('AWS/Events', 'Events', { EventSourceName: eventBusName }, traffic.map(point)),
      metric('AWS/Events', 'MatchedEvents', ofRule, matched.map(point)),
      metric('AWS/Events', 'InvocationsSentToDlq', ofRule, lost.map(point)),
      ...runs.flatMap((one) => {
        const dimensions = { FunctionName: `${prefix}${one.name}` };
        return [
          metric('AWS/Lambda', 'Invocations', dimensions, [{ hoursAgo: 0, value: one.runs }]),
          metric('AWS/Lambda', 'Errors', dimensions, [{ hoursAgo: 0, value: one.errors }]),
        ];
      }),
      // Timers deliver each message when its time has come.
      metric('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: RELEASE_QUEUE }, [{ hoursAgo: 0, value: 0 }]),
    ],
    // The schedule runs sweepCalls while there is something to look after.
    refusedMetrics:
      runs.length === 0
        ? { 'AWS/Lambda': { name: NO_COUNTERPART, message: 'no function ran yet on this machine' } }
        : {},
    messageQueues: [
      { name: `${prefix}dead-letters`, messages: bus.deadLetters.length },
      { name: RELEASE_QUEUE, messages: queues.waiting(RELEASE_QUEUE) },
      { name: `${RELEASE_QUEUE}-failures`, messages: queues.deadLetters.length },
    ],
    secrets: Object.fromEntries(Object.keys(secrets).map((name) => [name, false])),
  };
}

const point = ({ at }: { at: number }) => ({ hoursAgo: (Date.now() - at) / HOUR_MS, value: 1 });
