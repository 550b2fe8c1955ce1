import type { Assumption } from '../assumption.ts';

const STEP_FUNCTIONS = 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';

/** What simulated bursts and faults rest on; the numbers are the defaults of a scenario. */
export const SIMULATION_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'start-execution-quota',
    assumption: 'StartExecution takes 800 requests at once and 150 a second more in Tokyo; others are throttled.',
    madeIn: 'packages/sandbox/simulation/scenario.ts',
    source: STEP_FUNCTIONS,
    confidence: 'documented',
    howToCheck: 'Read the bucket size and refill rate of StartExecution in Service Quotas.',
  },
  {
    id: 'state-transition-quota',
    assumption:
      'An account makes 800 state transitions a second in Tokyo, a new one fewer; executions beyond that go on later and do not fail.',
    madeIn: 'packages/sandbox/simulation/executions.ts',
    source: STEP_FUNCTIONS,
    confidence: 'documented',
    howToCheck: 'Watch ThrottledEvents of StateTransition while a thousand events are put on the bus.',
  },
  {
    id: 'state-jitter',
    assumption: 'Step Functions takes up to 1.5 s to enter a state, each time anew.',
    madeIn: 'packages/sandbox/simulation/scenario.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html',
    confidence: 'inferred',
    howToCheck: 'Compare the times in the histories of a hundred executions with what their functions log.',
  },
  {
    id: 'lambda-concurrency',
    assumption:
      'An account runs 1,000 functions at once, new accounts far fewer; a Task beyond that fails with Lambda.TooManyRequestsException.',
    madeIn: 'packages/sandbox/simulation/invocations.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    confidence: 'documented',
    howToCheck: 'Reserve one concurrent run for a function and start ten executions.',
  },
  {
    id: 'eventbridge-retry-pauses',
    assumption:
      'EventBridge delivers a throttled event again after pauses that double from about a second to a minute, until the retries or the age of the rule are used up.',
    madeIn: 'packages/sandbox/simulation/arrivals.ts',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html',
    confidence: 'inferred',
    howToCheck: 'Compare the start times of executions with the times of their events after a burst.',
  },
  {
    id: 'dynamodb-item-throughput',
    assumption: 'One item takes 1,000 write units and 3,000 read units a second, whatever the table can take.',
    madeIn: 'packages/sandbox/simulation/dynamodb/throughput.ts',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
    confidence: 'documented',
    howToCheck: 'Turn on Contributor Insights for the guards table and look for throttled keys.',
  },
  {
    id: 'dynamodb-lost-answer',
    assumption:
      'A write whose answer got lost was carried out; the SDK sends it again, and its condition may then be refused by its own first attempt.',
    madeIn: 'packages/sandbox/simulation/outside.ts',
    source: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
    confidence: 'inferred',
    howToCheck: 'Drop an answer of DynamoDB with a proxy and read what the function saw.',
  },
];
