import { SERVICE } from '../../../resources/load-stage.ts';
import { idOf } from '../connect/arns.ts';
import { DEFAULT_QUOTAS } from '../connect/quotas.ts';
import type { LocalContactFlows } from '../local-contact-flows.ts';
import { modelNumber } from '../model-number.ts';
import type { Stack } from '../stack.ts';
import { type AccountState, accountState } from './account-state.ts';

/** Name of the error that says so: packages/account/account-errors.ts knows it. */
const NO_COUNTERPART = 'NoCounterpartOnThisMachine';

/** Actions for which the local stack has no data → what is missing. */
const NOTHING_LIKE_IT: Readonly<Record<string, string>> = {
  'cloudformation:DescribeStackResource': 'the topic of the alarms',
  'cloudwatch:ListDashboards': 'a dashboard of CloudWatch',
  'connect:ListApprovedOrigins': 'the list of approved origins',
  'iam:SimulatePrincipalPolicy': "IAM's simulation",
  'lambda:GetAccountSettings': 'the quota of functions at once',
  'logs:DescribeLogGroups': 'a log group',
  'sns:ListSubscriptionsByTopic': 'a topic of SNS',
};

const HOUR_MS = 3_600_000;

/** The parts of the stack that an account shows. */
export interface ShownStack extends Pick<Stack, 'service' | 'bus' | 'queues' | 'connect' | 'functions' | 'secrets'> {
  /** Of Systems Manager. */
  parameters: Record<string, string>;
  flows: LocalContactFlows;
}

/** An account that shows the current state of the stack. Whatever the stack has no counterpart of is refused with a sentence. */
export function accountOfStack(stack: ShownStack): AccountState {
  const { service, bus, queues, connect, functions, secrets, parameters, flows } = stack;
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
        flows: [...flows.byId].map(([id, { name, type, document }]) => ({
          id,
          name,
          ...(type !== undefined && { type }),
          content: JSON.stringify(document),
        })),
        // Each agent of the local instance has queues of their own.
        routingProfiles: connect
          .agents()
          .map((agent) => ({ id: agent.id, name: agent.name, queues: [...agent.queues] })),
        users: connect.agents().map(({ id, name }) => ({ id, username: name, routingProfileId: id })),
        approvedOrigins: [],
        functions: Object.keys(service.functions).map((name) => arn('lambda', `function:${prefix}${name}`)),
      },
    ],
    phoneNumbers: [{ id: 'local', number: modelNumber(file.connect), instanceId, flowId: idOf(flows.entryFlow) }],
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
    quotas: [
      { service: 'connect', name: 'Concurrent active calls per instance', value: DEFAULT_QUOTAS.activeCalls },
      {
        service: 'connect',
        name: 'Rate of StartOutboundVoiceContact API requests',
        value: DEFAULT_QUOTAS.rates.StartOutboundVoiceContact.perSecond,
      },
    ],
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
    // The schedule runs sweepCalls while there is something to check.
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
