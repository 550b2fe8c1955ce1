import { PLACE } from './aws-request.ts';
import type { Template } from './cloudformation-check.ts';
import { ofType } from './template.ts';

/** A statement of a policy, with text for every reference. */
export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

const [REGION = '', ACCOUNT = ''] = PLACE.split(':');
const PSEUDO: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Type → what its ARN ends with, and the property with its name. */
const ARNS: Record<string, [service: string, before: string, name: string]> = {
  'AWS::DynamoDB::Table': ['dynamodb', 'table/', 'TableName'],
  'AWS::Lambda::Function': ['lambda', 'function:', 'FunctionName'],
  'AWS::SQS::Queue': ['sqs', '', 'QueueName'],
  'AWS::SNS::Topic': ['sns', '', 'TopicName'],
  'AWS::StepFunctions::StateMachine': ['states', 'stateMachine:', 'StateMachineName'],
  'AWS::Logs::LogGroup': ['logs', 'log-group:', 'LogGroupName'],
};
/** Their Ref is the ARN. */
const REF_IS_ARN = new Set(['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine']);

/** A part of a template with text in place of every reference. What only a deployment knows is `<LogicalId.Attribute>`. */
export function resolved<T = unknown>(template: Template, node: unknown): T {
  const text = (value: unknown) => String(resolved(template, value));
  if (Array.isArray(node)) return node.map((item) => resolved(template, item)) as T;
  if (typeof node !== 'object' || node === null) return node as T;
  const entries = Object.entries(node);
  const [[intrinsic = '', value] = []] = entries.length === 1 ? entries : [];
  switch (intrinsic) {
    case 'Ref':
      return (PSEUDO[value] ?? attribute(template, value, 'Ref')) as T;
    case 'Fn::GetAtt':
      return attribute(template, ...(value as [string, string])) as T;
    case 'Fn::Join':
      return (value[1] as unknown[]).map(text).join(text(value[0])) as T;
    case 'Fn::Sub': {
      const [pattern, variables = {}] = [value].flat() as [string, Record<string, unknown>?];
      return pattern.replaceAll(/\$\{([^!}]+)\}/g, (_, name: string) => {
        if (name in variables) return text(variables[name]);
        const [id = '', property = 'Ref'] = name.split('.');
        return PSEUDO[name] ?? attribute(template, id, property);
      }) as T;
    }
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, resolved(template, item)])) as T;
}

function attribute(template: Template, id: string, name: string): string {
  const { Type = '', Properties = {} } = template.Resources[id] ?? {};
  const [service, before, property = ''] = ARNS[Type] ?? [];
  if (Type === 'AWS::Connect::Instance' && name === 'Arn') return `arn:aws:connect:${PLACE}:instance/${id}`;
  const isArn = name === 'Arn' || name === 'StreamArn' || (name === 'Ref' && REF_IS_ARN.has(Type));
  if (!isArn || !(property in Properties)) return `<${id}.${name}>`;
  const own = `arn:aws:${service}:${PLACE}:${before}${resolved(template, Properties[property])}`;
  return name === 'StreamArn' ? `${own}/stream/2026-11-22T03:00:00.000` : own;
}

/** Statements of a policy document. */
export function statementsOf(template: Template, document: unknown): Statement[] {
  const { Statement: written } = resolved<{
    Statement: (Omit<Statement, 'Action' | 'Resource'> & Record<string, unknown>)[];
  }>(template, document);
  return written.map((statement) => ({
    ...statement,
    Action: [statement.Action ?? []].flat() as string[],
    Resource: [statement.Resource ?? []].flat() as string[],
  }));
}

interface RoleProperties {
  AssumeRolePolicyDocument: unknown;
  Policies?: { PolicyDocument: unknown }[];
}

/** Roles of a template by logical id: what they may do, and who may take them. */
export function rolesOf(template: Template): Map<string, { may: Statement[]; takenBy: Statement[] }> {
  return new Map(
    ofType(template, 'AWS::IAM::Role').map(([id, { Properties }]) => {
      const { AssumeRolePolicyDocument, Policies = [] } = Properties as unknown as RoleProperties;
      return [
        id,
        {
          may: Policies.flatMap(({ PolicyDocument }) => statementsOf(template, PolicyDocument)),
          takenBy: statementsOf(template, AssumeRolePolicyDocument),
        },
      ];
    }),
  );
}

/** IAM's wildcards: `*` any text, `?` any character. */
export const isLike = (text: string, pattern: string): boolean =>
  RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);
