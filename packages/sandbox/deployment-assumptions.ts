import type { Assumption } from './assumption.ts';

/** What a deployment and its permissions rest on; what of it the local stack has no part in says so. */
export const DEPLOYMENT_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'cjs-handlers',
    assumption:
      "Lambda's Node.js runtime finds the handler of a function in a file that ends in .cjs: it tries the name alone, then .js, .mjs and .cjs.",
    madeIn: 'serverless.yml',
    source: 'https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/UserFunction.js',
    confidence: 'seen by others',
    howToCheck: 'Deploy and invoke any function: Runtime.ImportModuleError says that it was not found.',
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
      "EventBridge publishes to the encrypted topic of karte.intake: sns although no source (aws:SourceAccount, aws:SourceArn) is asked for in the key's policy, and does not where one is. SNS names the topic in the encryption context of all that it asks of the key, so that the policy may ask for that.",
    madeIn: 'resources/sns-intake.cjs',
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
      'A rule looks into every object of a list, also where detail itself is one. The local bus does not do the latter, which no event needs: PutEvents takes an object for detail.',
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
      "An event bus with the name of a pending partner event source associates it, and is deleted with none of the partner's settings.",
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
      'RetainExceptOnCreate keeps what a stack made when it is removed or replaced, and takes it away where the operation that first made it is rolled back: a second attempt at a first deployment finds its names free.',
    madeIn: 'resources/tables.yml',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
    confidence: 'documented',
    howToCheck: 'Deploy a new stage whose flow does not publish, correct it, and deploy it again.',
    checkedBy: 'failure',
    test: { none: 'Nothing can fail: the local stack deploys nothing.' },
  },
  {
    id: 'parameter-rate',
    assumption:
      'Systems Manager answers 40 GetParameter a second of an account and region. The local stack answers at any rate; an environment asks once.',
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
      'Metric math takes a missing value for 0 where another one stands beside it, drops what would be divided by zero, and leaves metrics their labels where an expression returns several and has an empty label of its own.',
    madeIn: 'packages/sandbox/dashboard/metric-math.ts',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html',
    confidence: 'documented',
    howToCheck: "Open a stage's dashboard after a day of calls, and npm run calls -- stats beside it.",
    checkedBy: 'days',
    test: 'packages/sandbox/tests/metric-math.test.ts > returns several series under the ids of the metrics',
  },
  {
    id: 'whole-time-of-widgets',
    assumption:
      'With setPeriodToTimeRange a number, a bar and a row of a table tell of the whole time that is chosen, expressions included: SORT sorts by it. The page names it for bars and numbers; for tables it is what the AWS CDK writes.',
    madeIn: 'resources/dashboard/dashboard-body.ts',
    source: 'https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-cloudwatch/lib/graph.ts',
    confidence: 'inferred',
    howToCheck:
      'Let a few numbers be refused, and compare the first rows of the table with npm run calls -- list --class refused.',
    checkedBy: 'days',
    test: 'packages/sandbox/tests/dashboard-view.test.ts > lists the reasons that occurred, most first, in words and by the word of the runbook',
  },
];
