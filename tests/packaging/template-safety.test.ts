import { describe, expect, it } from 'vitest';
import type { Template } from './cloudformation-check.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import { resolved, statementsOf } from './template-policies.ts';
import { safetyFaults } from './template-safety.ts';

/** What AWS leaves no other way for, with why. */
const ACCEPTED: Record<string, string> = {
  'CallRequestStateMachineRole: allows logs:CreateLogDelivery … on anything':
    'Log delivery is authorised on no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
};

/** And in a stage with all options. */
const ACCEPTED_WITH_OPTIONS: Record<string, string> = {
  ...ACCEPTED,
  'AlarmTopicKey: allows kms:*': 'The account itself keeps its key in hand, or nobody could ever change the policy',
  'AlarmTopicKey: allows kms:* … on anything': "In a key's policy, * is the key",
  'AlarmTopicKey: allows kms:GenerateDataKey … on anything': "In a key's policy, * is the key",
  'AlarmTopicKey: cloudwatch.amazonaws.com may come from any account':
    "AWS's own policies for this have no source: https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns",
  'CallRequestTopicKey: allows kms:*':
    'The account itself keeps its key in hand, or nobody could ever change the policy',
  'CallRequestTopicKey: allows kms:* … on anything': "In a key's policy, * is the key",
  'CallRequestTopicKey: allows kms:GenerateDataKey … on anything': "In a key's policy, * is the key",
  'CallRequestTopicKey: events.amazonaws.com may come from any account':
    'With a source in the policy of the key, EventBridge delivers nothing: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  'CallRequestTopicPolicy: events.amazonaws.com may come from any account':
    'EventBridge takes no condition in the policy of a topic: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions',
  'TellAvailabilityLambdaPermissionFnUrl: is open to anybody':
    'Pages of anybody ask the function URL of availability.json',
  'TellAvailabilityLambdaPermissionFn: is open to anybody': 'The same URL, and by it alone (InvokedViaFunctionUrl)',
};

const dev = packagedStage('dev').template;
const withOptions = packagedWithOptions().template;

describe('a packaged stage', () => {
  it.each([
    ['dev', dev, ACCEPTED],
    ['prod', packagedStage('prod').template, ACCEPTED],
    ['with options', withOptions, ACCEPTED_WITH_OPTIONS],
  ])('%s allows, leaves open and leaves unencrypted nothing but what AWS wants so', (_, template, accepted) => {
    expect(safetyFaults(template).toSorted()).toEqual(Object.keys(accepted).toSorted());
  });

  it('lets the URL of availability.json alone be asked by anybody, and that by its URL', () => {
    expect(withOptions.Resources.TellAvailabilityLambdaPermissionFn?.Properties).toMatchObject({
      InvokedViaFunctionUrl: true,
    });
  });

  it('lets EventBridge use the key of the SNS topic for that topic, whatever it acts for', () => {
    const { KeyPolicy } = withOptions.Resources.CallRequestTopicKey?.Properties ?? {};
    const [use] = statementsOf(withOptions, KeyPolicy).filter(({ Action }) => Action.includes('kms:Decrypt'));
    const topic = resolved(withOptions, { Ref: 'CallRequestTopic' });
    expect(resolved(withOptions, use?.Condition)).toEqual({
      StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': topic },
    });
  });
});

describe('the check', () => {
  const withResource = (id: string, Type: string, Properties: Record<string, unknown>): Template => ({
    Resources: { ...dev.Resources, [id]: { Type, Properties } },
  });
  const statement = (more: object) => ({
    Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn', ...more }],
  });
  const withRole = (more: object) =>
    withResource('Odd', 'AWS::IAM::Role', { Policies: [{ PolicyDocument: statement(more) }] });
  const withPolicy = (more: object) =>
    withResource('Odd', 'AWS::SQS::QueuePolicy', { PolicyDocument: statement(more) });

  it.each<[string, Template]>([
    ['allows sqs:*', withRole({ Action: ['sqs:SendMessage', 'sqs:*'] })],
    ['allows *', withRole({ Action: '*' })],
    ['allows sqs:SendMessage … on anything', withRole({ Resource: ['arn', '*'] })],
    ['is open to anybody', withPolicy({ Principal: '*' })],
    ['is open to anybody', withPolicy({ Principal: { AWS: '*' } })],
    ['sns.amazonaws.com may come from any account', withPolicy({ Principal: { Service: 'sns.amazonaws.com' } })],
    [
      'sns.amazonaws.com may come from any account',
      withResource('Odd', 'AWS::Lambda::Permission', { Principal: 'sns.amazonaws.com' }),
    ],
    ['is not encrypted', withResource('Odd', 'AWS::DynamoDB::Table', {})],
    ['is not encrypted', withResource('Odd', 'AWS::SQS::Queue', { QueueName: 'odd' })],
    ['is not encrypted', withResource('Odd', 'AWS::SQS::Queue', { SqsManagedSseEnabled: false })],
    ['is not encrypted', withResource('Odd', 'AWS::SNS::Topic', {})],
    ['is not encrypted', withResource('Odd', 'AWS::S3::Bucket', {})],
    ['keeps its lines for ever', withResource('Odd', 'AWS::Logs::LogGroup', { LogGroupName: 'odd' })],
    ['has no log group of the stack', withResource('Odd', 'AWS::Lambda::Function', { FunctionName: 'odd' })],
    ['has no log group of the stack', withResource('Odd', 'AWS::StepFunctions::StateMachine', {})],
  ])('sees that something %s', (fault, template) => {
    expect(safetyFaults(template).filter((line) => line.startsWith('Odd'))).toEqual([`Odd: ${fault}`]);
  });

  it('sees that a role may be taken for any account', () => {
    const AssumeRolePolicyDocument = statement({
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    const template = withResource('Odd', 'AWS::IAM::Role', { AssumeRolePolicyDocument });
    expect(safetyFaults(template)).toContain('Odd, who takes it: lambda.amazonaws.com may come from any account');
  });
});
