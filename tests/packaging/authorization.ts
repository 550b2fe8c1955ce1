import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLike } from './template-policies.ts';

interface Facts {
  actions: Record<string, { required: string[]; optional?: string[]; conditionKeys?: string[] }>;
  /** Service → resource type → format of its ARN. */
  resourceTypes: Record<string, Record<string, string>>;
}

const FACTS = JSON.parse(readFileSync(join(import.meta.dirname, 'service-authorization.json'), 'utf8')) as Facts;

/** Where AWS authorises otherwise than its reference says, or the reference leaves open what it means. */
const CORRECTIONS: Record<string, { required: string[]; optional?: string[]; because: string }> = {
  'connect:StartOutboundVoiceContact': {
    required: ['instance'],
    because:
      'The reference names no resource type; the service role of campaigns is described as allowing it for the instance: ' +
      'https://docs.aws.amazon.com/connect/latest/adminguide/connect-slr-outbound.html',
  },
  'states:SendTaskSuccess': { required: ['statemachine'], because: 'https://github.com/aws/aws-cdk/pull/8486' },
  'states:SendTaskFailure': { required: ['statemachine'], because: 'https://github.com/aws/aws-cdk/pull/8486' },
  'states:ListExecutions': {
    required: ['statemachine'],
    because: 'A map run is what a Distributed Map starts: there is none.',
  },
  'states:DescribeExecution': { required: ['execution'], because: 'The other type is that of express executions.' },
  'dynamodb:Query': {
    required: [],
    optional: ['table', 'index'],
    because:
      'What is queried by an index is authorised on the index: ' +
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/using-identity-based-policies.html',
  },
  'dynamodb:ListStreams': {
    required: ['stream'],
    because: 'The framework itself writes it so: serverless, lib/plugins/aws/package/compile/events/stream.js',
  },
  'cloudwatch:GetMetricData': {
    required: [],
    optional: [],
    because:
      'A dataset is named where metrics are kept in one that is encrypted; those of services are not: ' +
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/permissions-reference-cw.html',
  },
  'logs:CreateLogStream': {
    required: ['log-group'],
    because: 'The ARN of a group with :* has those of its streams in it.',
  },
  'logs:PutLogEvents': { required: ['log-group'], because: 'As logs:CreateLogStream.' },
};

const ofAction = (action: string) => {
  const known = FACTS.actions[action];
  if (!known) throw new Error(`${action} is not in tests/packaging/service-authorization.json: look it up, and add it`);
  return known;
};

/** The types of resources that an action is authorised on; of those that are required each. Throws at an action that it does not know. */
export function resourceTypesOf(action: string): { required: readonly string[]; optional: readonly string[] } {
  const { required, optional = [] } = { ...ofAction(action), ...CORRECTIONS[action] };
  return { required, optional };
}

/** The condition keys of its service that an action knows. */
export const conditionKeysOf = (action: string): readonly string[] => ofAction(action).conditionKeys ?? [];

/** Is an ARN, or a pattern of ARNs, of that type? */
export function isOfType(arn: string, action: string, type: string): boolean {
  const [service = ''] = action.split(':');
  const types = FACTS.resourceTypes[service] ?? {};
  const format = types[type];
  // A correction may name a type that no action has by the reference.
  if (format === undefined)
    throw new Error(`${service} has no resource type ${type} in tests/packaging/service-authorization.json`);
  return isLike(arn, format.replaceAll(/\$\{\w+\}/g, '*'));
}
