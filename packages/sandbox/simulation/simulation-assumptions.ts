import type { Assumption } from '../assumption.ts';

const STEP_FUNCTIONS = 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';

/** What simulated bursts and faults assume; the numbers are the defaults of a scenario. */
export const SIMULATION_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'start-execution-quota',
    assumption: 'StartExecution accepts bursts of 800 requests and 150 a second in Tokyo; the rest are throttled.',
    madeIn: 'packages/sandbox/simulation/scenario.ts',
    source: STEP_FUNCTIONS,
    confidence: 'documented',
    howToCheck: 'Read the bucket size and refill rate of StartExecution in Service Quotas.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/simulation-world.test.ts > make a dead letter of an event that cannot start an execution for too long',
  },
  {
    id: 'state-transition-quota',
    assumption:
      'An account may make 800 state transitions a second in Tokyo, a new account fewer; executions beyond that are delayed and do not fail.',
    madeIn: 'packages/sandbox/simulation/executions.ts',
    source: STEP_FUNCTIONS,
    confidence: 'documented',
    howToCheck: 'Watch ThrottledEvents of StateTransition while a thousand events are put on the bus.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/simulation-world.test.ts > slow executions down when there are too many state transitions',
  },
  {
    id: 'state-jitter',
    assumption:
      "Step Functions takes up to 1.5 s to enter a state, drawn anew for each state. AWS documents no figure and this project has measured none; it causes most of a single visitor's wait in the simulation, so docs/performance.md also gives the figures without it.",
    madeIn: 'packages/sandbox/simulation/scenario.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html',
    confidence: 'inferred',
    howToCheck: 'Compare the times in the histories of a hundred executions with what their functions log.',
    checkedBy: 'account',
    test: {
      none: 'Nothing can fail: it is an input of the simulation, whose figures are also given without it.',
    },
  },
  {
    id: 'lambda-concurrency',
    assumption:
      'An account may run 1,000 concurrent executions of functions, new accounts far fewer; a Task beyond that fails with Lambda.TooManyRequestsException.',
    madeIn: 'packages/sandbox/simulation/invocations.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    confidence: 'documented',
    howToCheck: 'Set the reserved concurrency of a function to 1 and start ten executions.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/simulation-world.test.ts > let functions be throttled beyond their concurrency, and the state machine tries again',
  },
  {
    id: 'get-parameter-quota',
    assumption:
      'Systems Manager answers 40 GetParameter requests a second for all applications of an account and region together; the rest fail with ThrottlingException, and the SDK retries after random pauses.',
    madeIn: 'packages/sandbox/simulation/scenario.ts',
    source: 'https://docs.aws.amazon.com/general/latest/gr/ssm.html',
    confidence: 'documented',
    howToCheck: 'Read the throughput of Parameter Store in its settings, and send a hundred requests at once.',
    checkedBy: 'load',
    test: 'packages/sandbox/tests/simulation-ids.test.ts > lose no request where environments start by the hundred and others use most of the quota',
  },
  {
    id: 'lambda-cold-start',
    assumption:
      'An invocation that finds no idle execution environment of its function waits 100 to 400 ms until a new one starts its process. Starting Node.js, loading the module and the extra work of a first invocation then take the CPU time that npm run bench -- road measures (docs/cold-start.md), at the share of a core that the memory gives. The total lies in the range that AWS gives: under 100 ms to over 1 second.',
    madeIn: 'packages/sandbox/simulation/scenario.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/operatorguide/execution-environments.html',
    confidence: 'documented',
    howToCheck: 'Read Init Duration in the REPORT lines of each function after a quiet hour.',
    checkedBy: 'history',
    test: 'packages/sandbox/tests/execution-environments.test.ts > starts later where it needs a new environment: the first time, and after a long pause',
  },
  {
    id: 'lambda-cpu-share',
    assumption:
      'A function gets the share of a core that its memory gives, one core with 1,769 MB, from the start of its process. Others observed a whole core or more while the module loads, whatever the memory; assuming that would be optimistic.',
    madeIn: 'packages/sandbox/simulation/cold-starts.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html',
    confidence: 'documented',
    howToCheck: 'Compare Init Duration and Duration in the REPORT lines of cold starts with 512 and 1,769 MB.',
    checkedBy: 'history',
    test: 'packages/sandbox/tests/cold-starts.test.ts > takes half as long with twice the memory, up to a core',
  },
  {
    id: 'lambda-init-billed',
    assumption:
      'Since August 2025, Lambda bills the start of an execution environment like the invocation: duration times memory, rounded up to the next millisecond.',
    madeIn: 'packages/sandbox/bench/road-figures.ts',
    source: 'https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/',
    confidence: 'documented',
    howToCheck: 'Compare Billed Duration with Duration and Init Duration in the REPORT line of a cold start.',
    checkedBy: 'history',
    test: 'packages/sandbox/tests/bench-road.test.ts > Lambda bills the start, and each begun millisecond',
  },
  {
    id: 'lambda-idle-environments',
    assumption:
      'An execution environment that has been idle for more than five minutes is removed, and the most recently used one is reused first. AWS publishes no figure; measurements found ten minutes in 2019 and five before.',
    madeIn: 'packages/sandbox/simulation/execution-environments.ts',
    source: 'https://mikhail.io/2019/08/aws-lambda-cold-starts-after-10-minutes/',
    confidence: 'seen by others',
    howToCheck: 'Send a request every four, six and twelve minutes, and see which invocations have an Init Duration.',
    checkedBy: 'history',
    test: 'packages/sandbox/tests/execution-environments.test.ts > are used again while they are kept, each by one invocation at a time',
  },
  {
    id: 'lambda-scaling-rate',
    assumption:
      'A function gets at most 1,000 new execution environments every ten seconds. It is not simulated: an account with 1,000 concurrent executions cannot exceed it.',
    madeIn: 'packages/sandbox/simulation/invocations.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html',
    confidence: 'documented',
    howToCheck: "Needed only if the account's concurrency quota was raised: read it in Service Quotas.",
    checkedBy: 'account',
    test: { none: 'Nothing can fail: it is not simulated, because no account here may run more functions than that.' },
  },
  {
    id: 'boto3-retries',
    assumption:
      'boto3 without configuration makes five attempts if the status is 429, 500, 502, 503, 504 or 509 or no answer comes within 60 seconds, with random pauses of up to 1, 2, 4 and 8 seconds (botocore 1.43, retry mode legacy). It creates a client token for each call of the method if the code sets none, and sends it with every attempt.',
    madeIn: 'packages/sandbox/simulation/boto3.ts',
    source: 'https://docs.aws.amazon.com/boto3/latest/guide/retries.html',
    confidence: 'documented',
    howToCheck: "Run the guide's function against an endpoint that answers 429, and read the requests.",
    checkedBy: 'elsewhere',
    test: 'packages/sandbox/tests/baselines.test.ts > asks five times in each of three runs, a minute and then two minutes apart',
  },
  {
    id: 'guide-function-limits',
    assumption:
      "The function of KARTE's guide has Lambda's default timeout of 3 seconds and 128 MB: the guide sets neither. A run that times out after Amazon Connect accepted the call counts as failed, and Lambda runs the function again.",
    madeIn: 'packages/sandbox/simulation/baselines.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
    confidence: 'documented',
    howToCheck: 'Create a function in the console as the guide does, and read its general configuration.',
    checkedBy: 'elsewhere',
    test: 'packages/sandbox/tests/baselines.test.ts > is cut off after three seconds unless somebody gave it more',
  },
  {
    id: 'eventbridge-retry-pauses',
    assumption:
      'EventBridge delivers a throttled event again after pauses that double from about a second to a minute, until the retries or the age of the rule are used up.',
    madeIn: 'packages/sandbox/simulation/arrivals.ts',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html',
    confidence: 'inferred',
    howToCheck: 'Compare the start times of executions with the times of their events after a burst.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/simulation-world.test.ts > make a dead letter of an event that cannot start an execution for too long',
  },
  {
    id: 'dynamodb-partition-throughput',
    assumption:
      'A partition takes 1,000 write units and 3,000 read units a second, and so does an item, which lies in one partition. A new on-demand table takes 4,000 and 12,000, hence has four partitions; that the number does not grow with the load is the most cautious reading.',
    madeIn: 'packages/sandbox/simulation/dynamodb/throughput.ts',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
    confidence: 'documented',
    howToCheck:
      'Read WarmThroughput of the guards table, turn on Contributor Insights for it, and look for throttled keys.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/simulation-dynamodb.test.ts > lets an item take as many units in a second as its partition, and counts nothing of what it refuses',
  },
  {
    id: 'dynamodb-lost-answer',
    assumption:
      'A write whose response is lost has been carried out; the SDK sends it again, and its condition may then fail because of the first attempt.',
    madeIn: 'packages/sandbox/simulation/outside.ts',
    source: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
    confidence: 'inferred',
    howToCheck: 'Drop a response of DynamoDB with a proxy and read the error that the function got.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/bench-faults.test.ts > have every fault among them, and every kind of ending',
  },
];
