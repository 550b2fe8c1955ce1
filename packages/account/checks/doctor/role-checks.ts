import { paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck, Finding } from '../../check.ts';
import { counted } from '../../counted.ts';
import { functionsOfStage } from '../../functions-of-stage.ts';
import { type Need, neededPermissions, type Place } from '../../needed-permissions.ts';
import { targetsOfKarteRule } from '../../rules-of-stage.ts';
import { functionOf, idsOf, once, stateMachineArn } from '../../stage-answers.ts';
import { deployOrUndo } from './commands-to-run.ts';

const SIMULATION = ['lambda:GetFunctionConfiguration', 'iam:SimulatePrincipalPolicy'];

/** A role and the permissions it needs. */
interface Role {
  /** `the role of the function road` */
  name: string;
  arn: string;
  needs: Need[];
}

/**
 * Whether the roles allow what the template grants: somebody may have changed one, and a boundary or a policy of the organisation
 * may forbid it. IAM's simulation does not know what a service, such as Amazon Connect, requires besides the role.
 */
export const ROLE_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'function-roles',
    title: 'The role of each function allows what the function does',
    problem: 'The role of a function does not allow what the function does',
    permissions: SIMULATION,
    async ask(account, stage) {
      const needs = await needsOf(account, stage);
      const roles: Role[] = [];
      for (const name of functionsOfStage(stage.file)) {
        const { Role: arn = '' } = await functionOf(account, stage, name);
        const id = `${name[0]?.toUpperCase()}${name.slice(1)}Role`;
        roles.push({ name: `the role of the function ${name}`, arn, needs: needs.get(id) ?? [] });
      }
      return found(account, stage, roles);
    },
  },
  {
    id: 'machine-roles',
    title: 'The rule and the state machine may start their targets',
    problem: 'The rule or the state machine may not start its target',
    permissions: [...SIMULATION, 'states:DescribeStateMachine', 'events:ListRules', 'events:ListTargetsByRule'],
    async ask(account, stage) {
      const needs = await needsOf(account, stage);
      const { roleArn = '' } = await account.stepFunctions.send(
        new DescribeStateMachineCommand({ stateMachineArn: await stateMachineArn(account, stage) }),
      );
      const machine: Role = {
        name: 'the role of the state machine',
        arn: roleArn,
        // Its log is written by Step Functions itself.
        needs: (needs.get(MACHINE) ?? []).filter(({ actions }) => actions.includes('lambda:InvokeFunction')),
      };
      const target = (await targetsOfKarteRule(account, stage)).find(({ RoleArn }) => RoleArn !== undefined);
      const rule = { name: 'the role of the rule', arn: target?.RoleArn ?? '', needs: needs.get(RULE) ?? [] };
      // With the guide's topic in between, the rule needs no role.
      return found(account, stage, stage.file.karte.intake === 'sns' ? [machine] : [machine, rule]);
    },
  },
];

const MACHINE = 'CallRequestStateMachineRole';
const RULE = 'CallRequestEventToStepFunctionsRole';

const needsOf = (account: Account, stage: CheckedStage): Promise<Map<string, Need[]>> =>
  once(account, 'needed permissions', async () => neededPermissions(stage, await placeOf(account, stage)));

async function placeOf(account: Account, stage: CheckedStage): Promise<Place> {
  const { FunctionArn = '' } = await functionOf(account, stage, 'road');
  const [, partition = 'aws', , region = '', accountId = ''] = FunctionArn.split(':');
  const { instanceId } = await idsOf(account, stage);
  return { partition, region, accountId, instanceId };
}

async function found(account: Account, stage: CheckedStage, roles: readonly Role[]): Promise<Finding> {
  const refused: { name: string; action: string; decision: string }[] = [];
  for (const role of roles) {
    if (role.arn === '') refused.push({ name: role.name, action: 'anything: there is none', decision: 'none' });
    else for (const one of await refusedTo(account, role)) refused.push({ name: role.name, ...one });
  }
  if (refused.length === 0) {
    const count = new Set(roles.flatMap(({ needs }) => needs.flatMap(({ actions }) => actions))).size;
    return {
      state: 'fine',
      seen: `${counted(roles.length, 'role')}, ${counted(count, 'action')}, according to IAM's simulation`,
    };
  }
  const byRole = Map.groupBy(refused, ({ name }) => name);
  const isForbidden = refused.some(({ decision }) => decision === 'explicitDeny');
  return {
    state: 'problem',
    seen: [...byRole]
      .map(([name, own]) => `${name} does not allow ${[...new Set(own.map(({ action }) => action))].join(', ')}`)
      .join('; '),
    nextStep: isForbidden
      ? 'A boundary or a policy of the organisation forbids it: ask an administrator of the account.'
      : deployOrUndo(stage),
  };
}

/**
 * The needed permissions that a role lacks, in one request: IAM evaluates each action on each resource.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
async function refusedTo(account: Account, { arn, needs }: Role): Promise<{ action: string; decision: string }[]> {
  const wanted = new Set(
    needs.flatMap(({ actions, resources }) => actions.flatMap((one) => resources.map((on) => `${one} ${on}`))),
  );
  const pages = paginateSimulatePrincipalPolicy(
    { client: account.iam, pageSize: 1_000 },
    {
      PolicySourceArn: arn,
      ActionNames: [...new Set(needs.flatMap(({ actions }) => actions))],
      ResourceArns: [...new Set(needs.flatMap(({ resources }) => resources))],
    },
  );
  const refused: { action: string; decision: string }[] = [];
  for await (const { EvaluationResults = [] } of pages) {
    for (const {
      EvalActionName: action = '',
      EvalResourceName: on,
      EvalDecision: decision = '',
    } of EvaluationResults) {
      if (decision !== 'allowed' && wanted.has(`${action} ${on}`)) refused.push({ action, decision });
    }
  }
  return refused;
}
