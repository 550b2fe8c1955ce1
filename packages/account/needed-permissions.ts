import { createRequire } from 'node:module';
import { isObject } from '../../domain/json-object.ts';
import { SERVICE } from '../../resources/load-stage.ts';
import { stateMachineOfStage } from '../../resources/state-machine-of-stage.ts';
import type { CheckedStage } from './check.ts';

const load = createRequire(import.meta.url);

/** Actions that a role needs on each of these resources. */
export interface Need {
  actions: string[];
  /** ARNs without wildcards, of resources that may exist. */
  resources: string[];
}

/** Where a stage is deployed, and the ids that only its stack knows. */
export interface Place {
  partition: string;
  region: string;
  accountId: string;
  instanceId: string;
}

type Resources = Record<string, { Properties?: { Policies?: { PolicyDocument: { Statement: Statement[] } }[] } }>;
type Statement = { Action: string[]; Resource: unknown };

/** What the template allows each role, by logical id: the role of the function `road` is `RoadRole`. */
export async function neededPermissions(stage: CheckedStage, place: Place): Promise<Map<string, Need[]>> {
  const loaded = { ...stage, stateMachine: stateMachineOfStage(stage.file) };
  const variables: Record<string, unknown> = {
    'sls:stage': stage.name,
    'self:service': SERVICE,
    'self:custom.stage': loaded,
  };
  const of = async (path: string) => {
    const write = load(path) as (of: { resolveVariable(name: string): Promise<unknown> }) => Promise<{
      Resources: Resources;
    }>;
    return (await write({ resolveVariable: async (name) => variables[name] })).Resources;
  };
  const roles = { ...(await of('../../resources/roles.cjs')), ...(await of('../../resources/machine-roles.cjs')) };
  return new Map(
    Object.entries(roles).map(([id, { Properties: { Policies = [] } = {} }]) => [
      id,
      Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).map(({ Action, Resource }) => ({
        actions: Action,
        resources: [Resource].flat().map((written) => example(arnOf(written, stage, place))),
      })),
    ]),
  );
}

/** Resolves a reference as CloudFormation would. */
function arnOf(written: unknown, stage: CheckedStage, place: Place): string {
  if (typeof written === 'string') return written;
  if (!isObject(written)) return '*';
  const { 'Fn::Sub': text, 'Fn::GetAtt': attribute, Ref: id } = written;
  if (typeof text === 'string') {
    return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => valueNamed(name, stage, place));
  }
  return valueNamed(Array.isArray(attribute) ? attribute.join('.') : String(id), stage, place);
}

/** @param name as in `Fn::Sub`: `AWS::Region`, `CallsTable.Arn` */
function valueNamed(name: string, { name: stage, environment }: CheckedStage, place: Place): string {
  const { partition, region, accountId, instanceId } = place;
  const inPlace = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
  const table = (variable: string) => inPlace('dynamodb', `table/${environment[variable]}`);
  const known: Record<string, string> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'CallsTable.Arn': table('CALLS_TABLE'),
    'CallsTable.StreamArn': `${table('CALLS_TABLE')}/stream/2026-01-01T00:00:00.000`,
    'GuardsTable.Arn': table('GUARDS_TABLE'),
    'LeasesTable.Arn': table('LEASES_TABLE'),
    'WaitingRoomTable.Arn': table('WAITING_ROOM_TABLE'),
    'ReleaseQueue.Arn': inPlace('sqs', environment.RELEASE_QUEUE ?? ''),
    'DeadLetterQueue.Arn': inPlace('sqs', `${SERVICE}-${stage}-dead-letters`),
    CallRequestStateMachine: inPlace('states', `stateMachine:${environment.STATE_MACHINE_NAME}`),
    'ConnectInstance.Arn': inPlace('connect', `instance/${instanceId}`),
  };
  const functionId = /^(\w+)LambdaFunction\.Arn$/.exec(name)?.[1];
  if (functionId !== undefined) {
    return inPlace('lambda', `function:${SERVICE}-${stage}-${functionId[0]?.toLowerCase()}${functionId.slice(1)}`);
  }
  const value = known[name];
  if (value === undefined)
    throw new Error(`resources/roles.cjs refers to ${name}, which packages/account does not know`);
  return value;
}

/** A resource that matches a pattern: IAM's simulation takes no wildcards. */
const example = (pattern: string): string =>
  pattern === '*' ? pattern : pattern.replaceAll('*', '00000000-0000-4000-8000-000000000000').replaceAll('?', 'a');
