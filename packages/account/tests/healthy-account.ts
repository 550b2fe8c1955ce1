import type { CallRecord } from '../../../domain/call-record.ts';
import { loadStage } from '../../../resources/load-stage.ts';
import type { AccountState } from '../../sandbox/account/account-state.ts';
import type { CheckedStage } from '../check.ts';
import { functionsOfStage } from '../functions-of-stage.ts';
import { callRequestPattern, contactEventPattern } from '../packaged-patterns.ts';
import { INSTANCE } from './account-support.ts';
import { publishedFlows, wholeAccount } from './whole-account.ts';

export const TOPIC = 'arn:aws:sns:ap-northeast-1:000000000000:call-alarms';
export const SIGNING_KEYS = 'karte-connect-call/dev/signing-keys';
export const TOKEN = 'karte-connect-call/dev/karte-token';

export const SALES = '00000000-0000-4000-8000-00000000a009';
export const ORIGIN = 'https://admin.karte.io';

/** The stage of the doctor's tests: dev, with all that only some stages have; at any hour phones may ring. */
export const EXAMINED: CheckedStage = {
  name: 'dev',
  ...loadStage('dev', 4545, undefined, {
    connect: { queues: { sales: SALES }, approvedOrigins: [ORIGIN] },
    callingHours: { start: '00:00', end: '24:00' },
    availability: { origins: ['https://www.example.com'] },
    recognizeCaller: {},
    signature: { mode: 'required', secretName: SIGNING_KEYS },
    reportToKarte: { secretName: TOKEN },
    alarmTopicArn: TOPIC,
  }),
};

const { file, environment } = EXAMINED;
const { eventBusName } = file.karte;
const STATE_MACHINE = `arn:aws:states:ap-northeast-1:000000000000:stateMachine:${environment.STATE_MACHINE_NAME}`;
const PREFIX = 'karte-connect-call-dev-';
export const functionArn = (name: string): string =>
  `arn:aws:lambda:ap-northeast-1:000000000000:function:${PREFIX}${name}`;

const ANSWERS: Record<string, object> = {
  admit: { decision: 'end', ending: { outcome: 'signature_refused', reason: 'missing' } },
  road: { decision: 'wait' },
};

/** Of a metric of a function, of a rule or of KARTE's event source. */
const counted = (namespace: string, name: string, dimensions: Record<string, string>, value: number, hoursAgo = 1) => ({
  namespace,
  name,
  dimensions,
  points: [{ hoursAgo, value }],
});

const FLOWS = publishedFlows(EXAMINED);

/** The instance of an account with all that `EXAMINED` has on it. */
function withTeam(state: AccountState): AccountState {
  const { support = '' } = file.connect.queues;
  const [instance] = state.instances;
  if (!instance) throw new Error('there is no instance');
  instance.queues.push({ id: SALES, name: 'Sales', hoursId: instance.hours[0]?.id ?? '' });
  instance.routingProfiles = [{ id: 'a', name: 'All', queues: [support, SALES] }];
  instance.agentsOfQueues = { [support]: { online: 2, available: 1 }, [SALES]: { online: 2, available: 1 } };
  instance.approvedOrigins = [ORIGIN];
  instance.functions = [functionArn('recognizeCaller')];
  instance.flows = structuredClone(FLOWS);
  return state;
}

/** An account in which every line of the doctor is fine for `EXAMINED`. */
export function healthyAccount(parts: Partial<AccountState> = {}): AccountState {
  const names = functionsOfStage(file);
  const karteRule = { EventBusName: eventBusName, RuleName: 'calls' };
  return withTeam(
    wholeAccount({
      rules: [
        {
          name: 'calls',
          bus: eventBusName,
          pattern: callRequestPattern(file),
          targets: [
            {
              id: 'machine',
              arn: STATE_MACHINE,
              RoleArn: 'arn:aws:iam::000000000000:role/karte-connect-call-dev-rule',
            },
          ],
        },
        {
          name: 'contacts',
          pattern: contactEventPattern(file, INSTANCE),
          targets: [{ id: 'trackContact', arn: functionArn('trackContact') }],
        },
      ],
      functions: names.map((name) => ({
        name: `${PREFIX}${name}`,
        variables: environment,
        ...(ANSWERS[name] && { answer: ANSWERS[name] }),
      })),
      metrics: [
        counted('AWS/Events', 'Events', { EventSourceName: eventBusName }, 12),
        counted('AWS/Events', 'MatchedEvents', karteRule, 12),
        counted('AWS/Events', 'MatchedEvents', { RuleName: 'contacts' }, 48),
        ...names.map((name) => counted('AWS/Lambda', 'Invocations', { FunctionName: `${PREFIX}${name}` }, 20)),
        counted('AWS/Lambda', 'IteratorAge', { FunctionName: `${PREFIX}reportToKarte` }, 300),
      ],
      messageQueues: [
        { name: `${PREFIX}dead-letters` },
        { name: environment.RELEASE_QUEUE ?? '' },
        { name: `${environment.RELEASE_QUEUE}-failures` },
      ],
      secrets: { [SIGNING_KEYS]: false, [TOKEN]: false },
      subscriptions: [{ topicArn: TOPIC, protocol: 'email', endpoint: 'calls@example.com' }],
      dashboards: ['karte-connect-call-dev'],
      logGroups: [
        ...names.map((name) => ({ name: `/aws/lambda/${PREFIX}${name}`, retentionInDays: file.logRetentionDays })),
        {
          name: `/aws/vendedlogs/states/${environment.STATE_MACHINE_NAME}`,
          retentionInDays: file.logRetentionDays,
        },
      ],
      // To mobile phones, which shows that these may be dialled.
      records: ['+8190', '+8180', '+8170'].map((prefix, index) => answered(`${prefix}00000000`, 3 + index)),
      ...parts,
    }),
  );
}

const answered = (phone: string, hours: number): CallRecord => ({
  requestId: `called-${hours}`,
  executionId: `execution-${hours}`,
  status: 'ended',
  outcome: 'completed',
  class: 'reached',
  reason: 'agent_connected',
  phone,
  attempts: 1,
  expiresAt: 0,
  requestedAt: hoursAgo(hours),
  receivedAt: hoursAgo(hours),
  placedAt: hoursAgo(hours),
  endedAt: hoursAgo(hours - 0.1),
});

export const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
