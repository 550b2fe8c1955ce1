/** The parts of a CloudFormation template that have limits. */
interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

interface Limit {
  type: string;
  property: string;
  /** The limit, in units of `count`. */
  most: number;
  unit: string;
  count(value: unknown): number;
}

/** Characters of a string, of the text of a Fn::Sub, or of an object as JSON. */
const characters = (value: unknown): number => {
  const text = isSub(value) ? [value['Fn::Sub']].flat()[0] : value;
  return (typeof text === 'string' ? text : (JSON.stringify(text) ?? '')).length;
};
const items = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const isSub = (value: unknown): value is { 'Fn::Sub': unknown } =>
  typeof value === 'object' && value !== null && 'Fn::Sub' in value;

const chars = (type: string, property: string, most: number): Limit => ({
  type,
  property,
  most,
  unit: 'characters',
  count: characters,
});

/**
 * Limits that AWS answers with a 400 in the middle of a deployment, although CloudFormation accepts the template.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContactFlow.html
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-connect for names, descriptions and contents
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateRoutingProfile.html 10 queues in one request
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LIMITS: readonly Limit[] = [
  chars('AWS::Connect::ContactFlow', 'Name', 127),
  chars('AWS::Connect::ContactFlow', 'Description', 500),
  chars('AWS::Connect::ContactFlow', 'Content', 256_000),
  chars('AWS::Connect::Queue', 'Name', 127),
  chars('AWS::Connect::HoursOfOperation', 'Name', 127),
  chars('AWS::Connect::RoutingProfile', 'Name', 127),
  { type: 'AWS::Connect::RoutingProfile', property: 'QueueConfigs', most: 10, unit: 'queues', count: items },
  chars('AWS::Events::Rule', 'EventPattern', 2_048),
  chars('AWS::IAM::Role', 'RoleName', 64),
  chars('AWS::IAM::Role', 'Policies', 10_240),
  chars('AWS::Lambda::Function', 'FunctionName', 64),
  chars('AWS::Lambda::Function', 'Description', 256),
  chars('AWS::StepFunctions::StateMachine', 'StateMachineName', 80),
  chars('AWS::SQS::Queue', 'QueueName', 80),
];

/** What exceeds AWS's limits in a packaged stack, a sentence each. */
export const tooLong = ({ Resources }: Template): string[] =>
  Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
    LIMITS.filter(({ type, property }) => type === Type && property in Properties).flatMap(
      ({ property, most, unit, count }) => {
        const found = count(Properties[property]);
        if (found <= most) return [];
        return [`the stack's ${id} (${Type}): ${property} has ${found} ${unit}, expected at most ${most}.`];
      },
    ),
  );
