import type { Template } from './cloudformation-check.ts';
import { ofType } from './template.ts';
import { resolved, type Statement, statementsOf } from './template-policies.ts';

type Properties = Record<string, unknown>;

/** Stores, queues and topics → what says that they are encrypted. */
const ENCRYPTED: Record<string, (properties: Properties) => unknown> = {
  'AWS::DynamoDB::Table': ({ SSESpecification }) =>
    (SSESpecification as { SSEEnabled?: boolean } | undefined)?.SSEEnabled,
  'AWS::SQS::Queue': ({ SqsManagedSseEnabled, KmsMasterKeyId }) => SqsManagedSseEnabled ?? KmsMasterKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::S3::Bucket': ({ BucketEncryption }) => BucketEncryption,
};

/** Where resources keep policies. */
function* policiesOf(template: Template): Generator<[name: string, statements: Statement[]]> {
  for (const [id, { Properties = {} }] of Object.entries(template.Resources)) {
    const { PolicyDocument, KeyPolicy, AssumeRolePolicyDocument, Policies = [] } = Properties;
    for (const document of [PolicyDocument, KeyPolicy]) if (document) yield [id, statementsOf(template, document)];
    if (AssumeRolePolicyDocument) yield [`${id}, who takes it`, statementsOf(template, AssumeRolePolicyDocument)];
    for (const { PolicyDocument: own } of Policies as { PolicyDocument: unknown }[])
      yield [id, statementsOf(template, own)];
  }
}

/** Says for what of which account a service of AWS acts. */
const SOURCES = new Set(['aws:sourcearn', 'aws:sourceaccount']);

function statementFaults(name: string, { Effect, Action, Resource, Principal, Condition = {} }: Statement): string[] {
  if (Effect !== 'Allow') return [];
  const { Service, ...others } = (typeof Principal === 'string' ? { any: Principal } : (Principal ?? {})) as Record<
    string,
    unknown
  >;
  const tests = Object.values(Condition).flatMap((test) => Object.keys(test).map((key) => key.toLowerCase()));
  return [
    ...Action.filter((action) => action.endsWith('*')).map((action) => `${name}: allows ${action}`),
    ...(Resource.includes('*') ? [`${name}: allows ${Action[0]} … on anything`] : []),
    ...(Object.values(others).flat().includes('*') ? [`${name}: is open to anybody`] : []),
    ...(Service !== undefined && !tests.some((key) => SOURCES.has(key))
      ? [`${name}: ${Service} may come from any account`]
      : []),
  ];
}

function permissionFaults(template: Template): string[] {
  return ofType(template, 'AWS::Lambda::Permission').flatMap(([id, { Properties = {} }]) => {
    const { Principal, SourceArn, SourceAccount } = Properties;
    if (Principal === '*') return [`${id}: is open to anybody`];
    return (SourceArn ?? SourceAccount) ? [] : [`${id}: ${Principal} may come from any account`];
  });
}

function logFaults(template: Template): string[] {
  const groups = ofType(template, 'AWS::Logs::LogGroup');
  const names = new Set(groups.map(([, { Properties }]) => resolved(template, Properties?.LogGroupName)));
  const functions = ofType(template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => !names.has(`/aws/lambda/${resolved(template, Properties?.FunctionName)}`),
  );
  const machines = ofType(template, 'AWS::StepFunctions::StateMachine').filter(
    ([, { Properties }]) =>
      !groups.some(([id]) => JSON.stringify(Properties?.LoggingConfiguration ?? {}).includes(`"${id}"`)),
  );
  return [
    ...groups
      .filter(([, { Properties }]) => !Properties?.RetentionInDays)
      .map(([id]) => `${id}: keeps its lines for ever`),
    ...[...functions, ...machines].map(([id]) => `${id}: has no log group of the stack`),
  ];
}

/** What a template allows, leaves open or leaves unencrypted that it should not. One sentence per fault. */
export function safetyFaults(template: Template): string[] {
  return [
    ...[...policiesOf(template)].flatMap(([name, statements]) =>
      statements.flatMap((one) => statementFaults(name, one)),
    ),
    ...permissionFaults(template),
    ...Object.entries(template.Resources)
      .filter(([, { Type, Properties = {} }]) => Type in ENCRYPTED && !ENCRYPTED[Type]?.(Properties))
      .map(([id]) => `${id}: is not encrypted`),
    ...logFaults(template),
  ];
}
