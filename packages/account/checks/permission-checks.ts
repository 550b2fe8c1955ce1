import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { CallRecord } from '../../../domain/call-record.ts';
import { EXAMPLE_NUMBER } from '../../../domain/example-number.ts';
import { isObject } from '../../../domain/json-object.ts';
import { parseJson } from '../../../domain/json-text.ts';
import { dateOf } from '../../../domain/wall-clock.ts';
import type { Account } from '../account.ts';
import { whyUnread } from '../account-errors.ts';
import type { CheckedStage, DoctorCheck, Finding } from '../check.ts';
import { functionName, functionOf, idsOf, latestCalls, once } from '../stage-answers.ts';

const RUNBOOK = 'Follow docs/runbook.md, access_denied.';
const LOG = ['dynamodb:Query', 'dynamodb:BatchGetItem'];
const SIMULATION = ['lambda:GetFunctionConfiguration', 'iam:SimulatePrincipalPolicy'];

/**
 * Whether the deployed functions have the permissions that every call depends on. Only a request by the function itself, with its
 * own role, proves that: one made here that calls nobody, or one of a visitor in the call log. IAM's simulation knows the role, the
 * boundary and the organisation's policies, but not how Amazon Connect authorises: it can show that a permission is missing, never
 * that it suffices.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const PERMISSION_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'permission-for-hours',
    title: 'The functions may read queues and their hours',
    problem: 'The functions may not read queues and their hours',
    permissions: ['lambda:InvokeFunction', ...LOG, ...SIMULATION],
    async ask(account, stage) {
      const { error, decision } = await askRoad(account, stage).catch(unlessUnread(account, ['lambda:InvokeFunction']));
      if (error === 'ConnectAccessDenied') {
        return {
          state: 'problem',
          seen: 'Amazon Connect denied the function road access to the queue (AccessDeniedException)',
          nextStep: `${RUNBOOK} Its log names the action and the resource.`,
        };
      }
      if (decision !== undefined) {
        return {
          state: 'fine',
          seen: `the function road read the queue and its hours with its own role (${decision})`,
        };
      }
      return byRole(account, stage, 'connect:GetEffectiveHoursOfOperations', (instance) => [
        instance,
        `${instance}/operating-hours/00000000-0000-4000-8000-000000000000`,
      ]);
    },
  },
  {
    id: 'permission-to-call',
    title: 'The functions may place calls',
    problem: 'The functions may not place calls',
    permissions: [...LOG, ...SIMULATION],
    ask: (account, stage) =>
      byCalls(account, stage, {
        proves: ({ placedAt }) => placedAt,
        disproves: ({ attempts }) => attempts > 0,
        otherwise: () => byRole(account, stage, 'connect:StartOutboundVoiceContact', (instance) => [instance]),
      }),
  },
  {
    id: 'permission-for-metrics',
    title: 'The functions may count free agents',
    problem: 'The functions may not count free agents',
    permissions: [...LOG, ...SIMULATION],
    ask: (account, stage) =>
      byCalls(account, stage, {
        // Agents are counted before any call is placed.
        proves: ({ placedAt }) => placedAt,
        disproves: ({ attempts }) => attempts === 0,
        otherwise: async () => {
          const { queues } = await idsOf(account, stage);
          return byRole(account, stage, 'connect:GetCurrentMetricData', (instance) =>
            Object.values(queues).map((id) => `${instance}/queue/${id}`),
          );
        },
      }),
  },
  {
    id: 'cjs-handlers',
    title: 'Lambda loads the functions',
    problem: 'Lambda cannot load the functions',
    permissions: ['lambda:InvokeFunction'],
    async ask(account, stage) {
      const { error, decision } = await askRoad(account, stage);
      if (error?.startsWith('Runtime.')) {
        return { state: 'problem', seen: `the function road cannot be loaded (${error})`, nextStep: 'Read its log.' };
      }
      return { state: 'fine', seen: `the function road ran (${decision ?? error})` };
    },
  },
];

/**
 * Makes the function `road` check the default queue with its own role, as for a request that waited for the queue to open: it reads
 * the queue and its hours, reserves nothing and writes only the reading itself, which the functions share for 30 s. The number is
 * the example number, which is never called.
 */
const askRoad = (account: Account, stage: CheckedStage): Promise<{ error?: string; decision?: string }> =>
  once(account, 'road', async () => {
    const { queues } = await idsOf(account, stage);
    const { Payload, FunctionError } = await account.lambda.send(
      new InvokeCommand({
        FunctionName: functionName(stage, 'road'),
        Payload: JSON.stringify(questionForRoad(stage.file.routing.default, queues)),
      }),
    );
    const answer = parseJson(Payload?.transformToString() ?? '{}');
    const read = (name: string) => (isObject(answer) && typeof answer[name] === 'string' ? answer[name] : 'unknown');
    return FunctionError === undefined ? { decision: read('decision') } : { error: read('errorType') };
  });

/** Input for `road`: only what this step reads. */
export function questionForRoad(queue: string, queues: Record<string, string>, now = new Date()) {
  const at = now.toISOString();
  return {
    step: 'CheckQueue',
    executionId: 'conformance',
    state: {
      decision: 'continue',
      request: {
        requestId: `conformance-${now.getTime()}`,
        requestedAt: at,
        receivedAt: at,
        deadlineAt: new Date(now.getTime() + 300_000).toISOString(),
        opensAt: at,
        phone: EXAMPLE_NUMBER,
        userType: 'other',
        queue: { name: queue, id: queues[queue] ?? '' },
        attributes: {},
        leftOut: [],
      },
    },
  };
}

interface Evidence {
  /** When a record proves it; undefined if it does not. */
  proves(record: CallRecord): string | undefined;
  /** Whether a record with the outcome access_denied is about this permission. */
  disproves(record: CallRecord): boolean;
  /** The permission to simulate if no record tells. */
  otherwise(): Promise<Finding>;
}

/** Ignores a failed read: there is another way to find out. */
const unlessUnread =
  (account: Account, permissions: readonly string[]) =>
  (error: unknown): Record<string, never> => {
    if (whyUnread(error, permissions, account.region) === undefined) throw error;
    return {};
  };

/** What the latest request of a visitor shows. */
async function byCalls(account: Account, stage: CheckedStage, evidence: Evidence): Promise<Finding> {
  const read = latestCalls(account, stage).then((calls) => ({ calls }));
  const { calls = [] } = await read.catch(unlessUnread(account, LOG));
  const { timeZone } = stage.file.callingHours;
  for (const record of calls) {
    const provenAt = evidence.proves(record);
    if (provenAt !== undefined) return { state: 'fine', seen: `a call went out on ${dateOf(provenAt, timeZone)}` };
    if (record.outcome === 'access_denied' && evidence.disproves(record)) {
      const day = dateOf(record.receivedAt, timeZone);
      return { state: 'problem', seen: `a request ended as access_denied on ${day}`, nextStep: RUNBOOK };
    }
  }
  return evidence.otherwise();
}

/** IAM's simulation of the role of the function `road`. */
async function byRole(
  account: Account,
  stage: CheckedStage,
  action: string,
  resourcesOf: (instanceArn: string) => string[],
): Promise<Finding> {
  const { Role, FunctionArn = '' } = await functionOf(account, stage, 'road');
  const { instanceId } = await idsOf(account, stage);
  const [, partition, , region, accountId] = FunctionArn.split(':');
  const instanceArn = `arn:${partition}:connect:${region}:${accountId}:instance/${instanceId}`;
  const { EvaluationResults = [] } = await account.iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: Role,
      ActionNames: [action],
      ResourceArns: resourcesOf(instanceArn),
    }),
  );
  const refused = EvaluationResults.find(({ EvalDecision }) => EvalDecision !== 'allowed');
  if (refused) {
    return {
      state: 'problem',
      seen: `the role of the function road does not allow ${action} (${refused.EvalDecision})`,
      nextStep:
        refused.EvalDecision === 'explicitDeny'
          ? 'A boundary or a policy of the organisation forbids it: ask an administrator of the account.'
          : `Deploy the stage again: npx sls deploy --stage ${stage.name}.`,
    };
  }
  return {
    state: 'unchecked',
    seen: `the role of the function road allows ${action}; only a real request shows whether that is what Amazon Connect requires`,
    nextStep: 'Place a first call to your own phone through the stage, and run this again.',
  };
}
