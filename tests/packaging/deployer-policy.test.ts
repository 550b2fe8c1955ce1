import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT } from '../run-command.ts';
import { resourceTypesOf } from './authorization.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import { ofType } from './template.ts';
import { isLike, resolved, type Statement, statementsOf } from './template-policies.ts';

const TEMPLATES = [packagedStage('dev'), packagedStage('prod'), packagedWithOptions()].map(({ template }) => template);

const json = (path: string) => JSON.parse(readFileSync(join(PROJECT, path), 'utf8'));
const FILES = ['docs/deployer-policy.json', 'docs/deployer-policy-connect.json'];
const STATEMENTS: Statement[] = FILES.flatMap((path) => statementsOf({ Resources: {} }, json(path)));

/** Type of resource → what CloudFormation does in the deployer's name to make, read, change, tag and delete one. */
const NEEDED_BY_TYPE: Record<string, string[]> = json('tests/packaging/cloudformation-permissions.json').permissions;

/** What the framework asks for itself: node_modules/serverless/lib/plugins/aws, deploy, info and remove. */
const NEEDED_BY_FRAMEWORK = [
  ...['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet'],
  ...['DescribeStacks', 'DescribeStackEvents', 'DescribeStackResource', 'ListStackResources', 'GetTemplate'],
  ...['ValidateTemplate', 'DeleteStack'],
]
  .map((name) => `cloudformation:${name}`)
  .concat([
    ...['sts:GetCallerIdentity', 'lambda:GetFunction'],
    // HeadBucket, ListObjectsV2 and ListObjectVersions; HeadObject and GetObject; the upload; the tidying up.
    ...[
      's3:ListBucket',
      's3:ListBucketVersions',
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
    ],
  ]);

/** What CloudFormation may need for such resources, but not for those of this project. */
const NOT_NEEDED: [RegExp, because: string][] = [
  [/^(ec2|elasticfilesystem|s3files):/, 'no function is in a network of its own, or has a file system'],
  [/^(kinesis|firehose|s3tables):/, 'nothing streams to these'],
  [
    /^kms:(?!(CreateKey|DescribeKey|EnableKeyRotation|DisableKeyRotation|GetKeyPolicy|GetKeyRotationStatus|ListResourceTags|PutKeyPolicy|ScheduleKeyDeletion|TagResource|UntagResource|UpdateKeyDescription)$)/,
    'the one key of its own is that of the SNS topic; no deployment encrypts with it',
  ],
  [
    /^dynamodb:(.*Item|Query|Scan|.*Import.*|.*Replica|(Enable|Disable|Update)KinesisStreamingDestination|(Put|Delete)ResourcePolicy|UpdateContributorInsights)$/,
    'tables have no imported items, replicas, Kinesis streams, policies of their own or contributor insights',
  ],
  [
    /^s3:(Put|Create|Delete)(?!Bucket$|BucketPolicy$|EncryptionConfiguration$|BucketTagging$|Object$|ObjectVersion$)/,
    'the bucket has encryption and a policy, and nothing else is set',
  ],
  [
    /^lambda:((Put|Delete)FunctionCodeSigningConfig|GetCodeSigningConfig|GetLayerVersion|PassCapacityProvider|PutFunctionScalingConfig|PublishVersion|PutRuntimeManagementConfig)$/,
    'functions are unsigned and unversioned, without layers, and on the default runtime management',
  ],
  [
    /^iam:((Attach|Detach)RolePolicy|(Put|Delete)RolePermissionsBoundary|UpdateRole|UpdateRoleDescription)$/,
    'roles have policies in line and nothing else',
  ],
  [
    /^logs:(.*KmsKey|(Put|Delete)DataProtectionPolicy|CreateLogDelivery|.*ResourcePolic.*|CreateLogStream|PutLogEvents|DescribeLogStreams)$/,
    'groups have a retention alone; what is logged, and delivered, is so by the roles of the stack',
  ],
  [/^(app-integrations|cases|lex|mobiletargeting|ses|voiceid|wisdom):/, 'the only integration is a function'],
  [
    /^connect:(.*Bots?|(Associate|Disassociate)QueueEmailAddresses|(Associate|Disassociate)QueueQuickConnects|UpdateQueueOutboundEmailConfig|(Associate|Disassociate)HoursOfOperations)$/,
    'no bots, e-mail, quick connects or hours that inherit from others',
  ],
  [/^ds:CreateDirectory$/, 'users are managed by Amazon Connect'],
  [/^sns:PutDataProtectionPolicy$/, 'the topic has none'],
  [/^events:(Put|Remove)Permission$/, 'the bus has no policy'],
];

const NEEDED = new Set([
  ...NEEDED_BY_FRAMEWORK,
  ...Object.values(NEEDED_BY_TYPE)
    .flat()
    .filter((action) => !NOT_NEEDED.some(([pattern]) => pattern.test(action))),
]);

/** Actions that may not be scoped by name. */
const ON_ANYTHING: [RegExp, because: string][] = [
  [
    /^lambda:(Create|Update|Delete)EventSourceMapping$/,
    'mappings have an id for a name; the condition says of which functions',
  ],
  [
    /^kms:TagResource$/,
    'a key is tagged as it is made, when it has no name: https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html',
  ],
  [/^ds:/, 'an instance has a directory of its own, whose id is made with it'],
];

describe('the policies of the deployer', () => {
  it('know every type of resource that a stage may have', () => {
    const types = new Set(TEMPLATES.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
    expect([...types].filter((type) => !(type in NEEDED_BY_TYPE))).toEqual([]);
  });

  it('allow what CloudFormation and the framework do, and nothing else', () => {
    const allowed = STATEMENTS.flatMap(({ Action }) => Action);
    const isAllowed = (action: string) => allowed.some((pattern) => isLike(action, pattern));
    expect([...NEEDED].filter((action) => !isAllowed(action))).toEqual([]);
    expect(allowed.filter((pattern) => ![...NEEDED].some((action) => isLike(action, pattern)))).toEqual([]);
    // All reads of the stage's own bucket: one by one they would not fit.
    expect(allowed.filter((action) => action.includes('*'))).toEqual(['s3:Get*']);
    // A reason that explains nothing any more goes.
    const all = Object.values(NEEDED_BY_TYPE).flat();
    expect(NOT_NEEDED.filter(([pattern]) => !all.some((action) => pattern.test(action)))).toEqual([]);
  });

  it('name things wherever AWS authorises an action on things', () => {
    const odd = STATEMENTS.flatMap(({ Action, Resource }) =>
      Action.filter((action) => !NOT_IN_REFERENCE.includes(action)).filter((action) => {
        const { required, optional } = resourceTypesOf(action);
        const isOnThings = required.length + optional.length > 0;
        const isOnAnything = Resource.includes('*') && !ON_ANYTHING.some(([pattern]) => pattern.test(action));
        return isOnThings ? isOnAnything : !Resource.includes('*');
      }),
    );
    expect(odd).toEqual([]);
  });

  // Tags count up to five minutes after they are set: https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
  it('ask for no tag of a key that is just being made, and for it of one that is changed or deleted', () => {
    const conditionsOf = (action: string) =>
      STATEMENTS.filter(({ Action }) => Action.includes(action)).map(({ Condition }) => Condition?.StringEquals);
    const { service } = parse(readFileSync(join(PROJECT, 'serverless.yml'), 'utf8'), { logLevel: 'error' }).provider
      .stackTags;
    const made = { 'aws:RequestTag/service': service };
    const there = { 'aws:ResourceTag/service': service };
    expect(conditionsOf('kms:CreateKey')).toEqual([made]);
    expect(conditionsOf('kms:TagResource')).toEqual([made, there]);
    for (const action of [
      'DescribeKey',
      'EnableKeyRotation',
      'GetKeyPolicy',
      'GetKeyRotationStatus',
      'ListResourceTags',
    ])
      expect(conditionsOf(`kms:${action}`), action).toEqual([undefined]);
    for (const action of ['DisableKeyRotation', 'PutKeyPolicy', 'ScheduleKeyDeletion', 'UntagResource'])
      expect(conditionsOf(`kms:${action}`), action).toEqual([there]);
  });

  it.each([
    ['AWS::DynamoDB::Table', 'dynamodb:CreateTable'],
    ['AWS::Lambda::Function', 'lambda:CreateFunction'],
    ['AWS::SQS::Queue', 'sqs:CreateQueue'],
    ['AWS::SNS::Topic', 'sns:CreateTopic'],
    ['AWS::StepFunctions::StateMachine', 'states:CreateStateMachine'],
    ['AWS::Logs::LogGroup', 'logs:CreateLogGroup'],
  ])('reach every %s of the stages by its name', (type, action) => {
    const resources = STATEMENTS.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
    for (const template of TEMPLATES) {
      for (const [id] of ofType(template, type)) {
        const name =
          type === 'AWS::StepFunctions::StateMachine' || type === 'AWS::SNS::Topic'
            ? { Ref: id }
            : { 'Fn::GetAtt': [id, 'Arn'] };
        const arn = resolved<string>(template, name);
        expect(
          resources.some((pattern) => isLike(arn, pattern)),
          arn,
        ).toBe(true);
      }
    }
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it.each(FILES)('%s fits a managed policy, which has 6,144 characters without blanks', (path) => {
    expect(JSON.stringify(json(path)).length).toBeLessThanOrEqual(6_144);
  });
});

/** Newer than the copy of the reference, or a pattern. */
const NOT_IN_REFERENCE = ['connect:ListChildHoursOfOperations', 's3:Get*'];
