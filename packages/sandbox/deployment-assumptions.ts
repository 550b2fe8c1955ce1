import type { Assumption } from './assumption.ts';

/** What a deployment and its permissions rest on; what of it the local stack has no part in says so. */
export const DEPLOYMENT_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'cjs-handlers',
    assumption:
      "Lambda's Node.js runtime finds the handler of a function in a file that ends in .cjs: it tries the name itself, then .js, .mjs and .cjs.",
    madeIn: 'serverless.yml',
    source: 'https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/UserFunction.js',
    confidence: 'seen by others',
    howToCheck: 'Deploy and invoke any function: Runtime.ImportModuleError means that it was not found.',
    checkedBy: 'account',
    test: {
      none: 'Nothing can fail: the local stack runs the sources, and the packaging test loads the files by their names.',
    },
  },
  {
    id: 'permission-for-task-answers',
    assumption:
      'SendTaskSuccess and SendTaskFailure are authorised on the state machine, although the authorization reference names no resource type for them.',
    madeIn: 'resources/roles.cjs',
    source: 'https://github.com/aws/aws-cdk/pull/8486',
    confidence: 'seen by others',
    howToCheck: 'Let a request wait for an agent, log one in, and look for AccessDenied in the log of releaseWaiting.',
    checkedBy: 'agent',
    test: 'tests/packaging/roles-used.test.ts > allows each of its requests',
  },
  {
    id: 'encrypted-topic',
    assumption:
      "EventBridge publishes to the encrypted topic of karte.intake: sns only if the key's policy has no source condition (aws:SourceAccount, aws:SourceArn). SNS puts the topic into the encryption context of every request to the key, so the policy may require that.",
    madeIn: 'resources/encrypted-topic.cjs',
    source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
    confidence: 'documented',
    howToCheck:
      'Deploy a stage with karte.intake: sns, let the action fire, and look at NumberOfMessagesPublished of the topic and at the dead-letter queue.',
    checkedBy: 'karte',
    test: 'tests/packaging/template-safety.test.ts > lets EventBridge use the key of the SNS topic for that topic, whatever it acts for',
  },
  {
    id: 'pattern-of-lists',
    assumption:
      'A rule matches every object in a list, even if detail itself is a list. The local bus does not do the latter, and no event needs it: PutEvents requires detail to be an object.',
    madeIn: 'packages/sandbox/event-pattern.ts',
    source: 'https://github.com/aws/event-ruler',
    confidence: 'seen by others',
    howToCheck: 'aws events test-event-pattern, with a detail that is a list of objects.',
    checkedBy: 'elsewhere',
    test: 'packages/sandbox/tests/event-pattern.test.ts > treats %s as the service does',
  },
  {
    id: 'partner-event-source',
    assumption:
      "Creating an event bus with the name of a pending partner event source associates the two; deleting the bus leaves the partner's settings unchanged.",
    madeIn: 'domain/stage-file.ts',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html',
    confidence: 'documented',
    howToCheck: 'Connect KARTE, deploy a stage, and look at the state of the event source.',
    checkedBy: 'karte',
    test: { none: 'Nothing can fail: the local stack has one bus, which is there.' },
  },
  {
    id: 'retain-except-on-create',
    assumption:
      'RetainExceptOnCreate keeps a resource when it is removed or replaced, but deletes it if the operation that created it is rolled back: a second attempt at a first deployment finds the names free.',
    madeIn: 'resources/tables.yml',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
    confidence: 'documented',
    howToCheck: 'Deploy a new stage with a flow that cannot be published, correct it, and deploy again.',
    checkedBy: 'failure',
    test: { none: 'Nothing can fail: the local stack deploys nothing.' },
  },
  {
    id: 'parameter-rate',
    assumption:
      'Systems Manager answers 40 GetParameter requests a second per account and region. The local stack has no limit; each execution environment asks once.',
    madeIn: 'adapters/parameter-store.ts',
    source: 'https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm',
    confidence: 'documented',
    howToCheck: 'Read the rate in the settings of Parameter Store: throughput is standard or higher.',
    checkedBy: 'load',
    test: {
      none: 'Nothing can fail: that a throttled environment asks again is what tests/adapters/stage-ids.test.ts is about.',
    },
  },
  {
    id: 'metric-math',
    assumption:
      'Metric math treats a missing value as 0 if another operand has a value, drops divisions by zero, and keeps the labels of the metrics if an expression returns several and its own label is empty.',
    madeIn: 'packages/sandbox/dashboard/metric-math.ts',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html',
    confidence: 'documented',
    howToCheck: "Compare a stage's dashboard with npm run calls -- stats after a day of calls.",
    checkedBy: 'days',
    test: 'packages/sandbox/tests/metric-math.test.ts > returns several series under the ids of the metrics',
  },
  {
    id: 'whole-time-of-widgets',
    assumption:
      'With setPeriodToTimeRange, a number, a bar and a table row cover the whole selected time range, expressions included: SORT sorts by it. The page documents it for bars and numbers; for tables the AWS CDK writes it.',
    madeIn: 'resources/dashboard/dashboard-body.ts',
    source: 'https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-cloudwatch/lib/graph.ts',
    confidence: 'inferred',
    howToCheck:
      'Cause a few refusals, and compare the first rows of the table with npm run calls -- list --class refused.',
    checkedBy: 'days',
    test: 'packages/sandbox/tests/dashboard-view.test.ts > lists the reasons that occurred, most first, in words and by the word of the runbook',
  },
];
