import { type Assumption, BEYOND_COMMANDS } from './assumption.ts';
import { CALL_ASSUMPTIONS } from './connect/call-assumptions.ts';
import { FLOW_ASSUMPTIONS } from './connect/flow-assumptions.ts';
import { OPERATION_ASSUMPTIONS } from './connect/operation-assumptions.ts';
import { DEPLOYMENT_ASSUMPTIONS } from './deployment-assumptions.ts';
import { SIMULATION_ASSUMPTIONS } from './simulation/simulation-assumptions.ts';

/** Step Functions, EventBridge, Lambda and DynamoDB. */
const PLATFORM_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'wait-truncates-milliseconds',
    assumption:
      'A Wait state with a timestamp drops its milliseconds: it can end up to a second early, but never late for that reason.',
    madeIn: 'domain/pacing.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html',
    confidence: 'documented',
    howToCheck: 'Run a Wait until a timestamp that ends in .900 and compare it with the time of its WaitStateExited.',
    checkedBy: 'history',
    test: 'tests/domain/pacing.test.ts > at %s wakes the state machine at %s: in whole seconds, and early enough for its steps',
  },
  {
    id: 'state-data-limit',
    assumption: 'The input of an execution and the input or output of a state may have 262,144 UTF-8 bytes.',
    madeIn: 'packages/sandbox/state-machine.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
    confidence: 'documented',
    howToCheck: 'StartExecution with an input one byte longer: it answers ValidationException.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/state-machine.test.ts > takes no input longer than 256 KiB',
  },
  {
    id: 'list-executions',
    assumption:
      'ListExecutions returns the most recent executions first, 100 per page by default and 1,000 at most, and may lag by a few moments. The local one lists the executions of the last hour and does not lag.',
    madeIn: 'packages/sandbox/execution-list.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html',
    confidence: 'documented',
    howToCheck: 'Stop an execution and list those with the status ABORTED at once.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/aws-endpoints.test.ts > lists executions, the most recent first, in pages',
  },
  {
    id: 'schedule-at-a-rate',
    assumption:
      'A rule with rate(1 minute) invokes its function about once a minute, indefinitely. The local stack does so while there is an execution, a call or a lease and once afterwards, at most once a second.',
    madeIn: 'packages/sandbox/schedules.ts',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html',
    confidence: 'documented',
    howToCheck: 'Read the times of the log lines of a function that has a schedule.',
    checkedBy: 'history',
    test: 'packages/sandbox/tests/schedules.test.ts > runs at its rate, as much faster as the stack lives',
  },
  {
    id: 'execution-name-idempotency',
    assumption:
      'StartExecution with the name and input of a running execution returns that execution; with any other use of the name it answers ExecutionAlreadyExists, for 90 days (the local stack never forgets a name).',
    madeIn: 'packages/sandbox/state-machine.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html',
    confidence: 'documented',
    howToCheck: 'StartExecution twice with one name, while it runs and after it ended.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/state-machine.test.ts > is started once under a name',
  },
  {
    id: 'function-url-cors',
    assumption:
      'The CORS configuration of a function URL answers preflight requests without invoking the function, and adds its headers to those of the function in every other response: a header set by both appears twice.',
    madeIn: 'packages/sandbox/function-url.ts',
    source: 'https://github.com/aws-powertools/powertools-lambda-python/issues/4163',
    confidence: 'seen by others',
    howToCheck:
      'With curl, send the URL of availability.json an OPTIONS request with Origin and Access-Control-Request-Method, then a GET with Origin.',
    checkedBy: 'account',
    test: 'tests/e2e/availability-of-stack.test.ts > is told so before it asks, without the function',
  },
  {
    id: 'function-url-foreign-origin',
    assumption:
      'A function URL also runs the function for a page whose origin is not in its configuration, and omits the CORS headers from the response.',
    madeIn: 'packages/sandbox/function-url.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors',
    confidence: 'inferred',
    howToCheck: 'With curl, GET the URL of availability.json with an Origin that is not in the settings.',
    checkedBy: 'account',
    test: 'tests/e2e/availability-of-stack.test.ts > may not read it as %s',
  },
  {
    id: 'karte-track-write',
    assumption:
      'POST /v2/track/event/write of api.karte.io takes {keys: {user_id or visitor_id}, event: {event_name, values}} with a bearer token.',
    madeIn: 'packages/sandbox/karte-track-api.ts',
    source: 'https://github.com/plaidev/craft-codes/tree/main/craft-functions/delayed-event',
    confidence: 'inferred',
    howToCheck: "Send one event of a test user with curl and look at the user's events in KARTE.",
    checkedBy: 'karte',
    test: 'tests/e2e/report-to-karte.test.ts > is told step by step, with its contact, its inquiry number and how long each step took',
  },
  {
    id: 'karte-track-answers',
    assumption:
      'KARTE answers 401 to an unknown token, another 4xx to an event it will never accept, and 429 or 5xx if it may accept the event later. It does not detect duplicates, and documents no rate limit.',
    madeIn: 'packages/sandbox/karte-track-api.ts',
    source: 'https://support2.karte.io/note/note-definition/11194/',
    confidence: 'inferred',
    howToCheck: 'With curl, send an event with a wrong token, one without keys, and one event twice.',
    checkedBy: 'karte',
    test: 'tests/e2e/report-to-karte.test.ts > makes a dead letter of what KARTE refuses, which is sent again as it was',
  },
  {
    id: 'task-error-name',
    assumption:
      "The name of a failed Task's error is the errorType of Lambda's answer, which is the thrown error.name.",
    madeIn: 'packages/sandbox/state-handlers.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
    confidence: 'documented',
    howToCheck: 'Let a function throw an error with a name of its own and read the TaskFailed event.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/state-machine.test.ts > %s that fails for good still ends in RecordOutcome, its state named',
  },
  {
    id: 'task-token-answers',
    assumption:
      'Every attempt has a new task token, which can be answered once. An answer to a task that was already answered or timed out, or whose execution has ended, fails with TaskTimedOut, TaskDoesNotExist or InvalidToken, and changes nothing.',
    madeIn: 'packages/sandbox/local-task-tokens.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html',
    confidence: 'documented',
    howToCheck:
      'SendTaskSuccess twice with the token of a waiting execution, and once after the execution was stopped.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/local-task-tokens.test.ts > is taken once',
  },
  {
    id: 'timeout-path-on-input',
    assumption:
      "TimeoutSecondsPath is read from the state's input, before Parameters; the time starts when the state is entered.",
    madeIn: 'packages/sandbox/state-machine-definition.ts',
    source: 'https://states-language.net/spec.html#task-state',
    confidence: 'inferred',
    howToCheck: 'Let a request wait for an agent, and read timeoutInSeconds of its TaskScheduled event.',
    checkedBy: 'history',
    test: 'packages/sandbox/tests/local-task-tokens.test.ts > waits until waitSeconds are over, divided by the speed, and not for 60 seconds',
  },
  {
    id: 'stop-execution',
    assumption:
      'StopExecution ends a running execution as ABORTED in any state, and returns when it has ended; an ended execution is left unchanged.',
    madeIn: 'packages/sandbox/states-endpoint.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html',
    confidence: 'documented',
    howToCheck: 'Cancel an appointment (npm run calls -- cancel) and look at its execution.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/local-task-tokens.test.ts > runs nothing more, and its token is worth nothing',
  },
  {
    id: 'execution-status-event',
    assumption:
      'An execution that fails, times out or is stopped sends "Step Functions Execution Status Change" to the default event bus, with its input as a JSON string unless that is too long.',
    madeIn: 'packages/sandbox/execution-status-change.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html',
    confidence: 'documented',
    howToCheck: 'Stop an execution and look for the log lines of settleExecution.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/local-task-tokens.test.ts > is told of in an event with its input as JSON text',
  },
  {
    id: 'asynchronous-retries',
    assumption:
      'Lambda retries a function that failed on an event after one minute and after two more, then sends the event to the failure destination.',
    madeIn: 'packages/sandbox/function-events.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
    confidence: 'documented',
    howToCheck: 'Remove a permission from trackContact for a moment and read the times of its log lines.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/sqs-queues.test.ts > runs a function again one and two minutes after it failed, then gives the event up',
  },
  {
    id: 'queue-redelivery',
    assumption:
      'A message on which releaseWaiting failed is delivered again after the visibility timeout, and becomes a dead letter after three attempts. Otherwise the local queue delivers once, in no particular order.',
    madeIn: 'packages/sandbox/sqs-queues.ts',
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html',
    confidence: 'documented',
    howToCheck: 'Send a message that is not JSON to the release queue.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/sqs-queues.test.ts > gives up what the function failed on three times',
  },
  {
    id: 'function-timeout-name',
    assumption: 'A function that exceeds its time limit fails its Task with Sandbox.Timedout.',
    madeIn: 'packages/sandbox/local-functions.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
    confidence: 'inferred',
    howToCheck: 'Invoke a function that sleeps past its time limit from a state machine and read the TaskFailed event.',
    checkedBy: 'failure',
    test: 'packages/sandbox/tests/simulation-fault-kinds.test.ts > has done everything up to then, and does nothing after it',
  },
  {
    id: 'no-platform-quotas',
    assumption:
      'Bursts stay below the quotas of StartExecution, state transitions, Lambda concurrency and writes to one DynamoDB item: the local stack enforces none of them.',
    madeIn: 'packages/sandbox/start-stack.ts',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
    confidence: 'inferred',
    howToCheck:
      'Read the quotas of the account in Service Quotas, especially Lambda concurrency, which is low in new accounts.',
    checkedBy: 'account',
    test: {
      none: 'Nothing can fail: the local stack has none of these quotas. The simulation has, and fails in tests of its own.',
    },
  },
  {
    id: 'eventbridge-at-least-once',
    assumption:
      'EventBridge delivers an event at least once and names the executions itself, so a redelivery starts a second execution. The local bus delivers once and immediately.',
    madeIn: 'packages/sandbox/event-bus.ts',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html',
    confidence: 'documented',
    howToCheck: 'Look for records with duplicates after some weeks.',
    checkedBy: 'days',
    test: 'packages/sandbox/tests/sqs-queues.test.ts > delivers as often and as late as it is told',
  },
  {
    id: 'eventbridge-dead-letter',
    assumption: 'An event whose StartExecution fails permanently goes to the dead-letter queue of the rule.',
    madeIn: 'packages/sandbox/event-bus.ts',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
    confidence: 'documented',
    howToCheck: 'Put an event of more than 256 KiB of input on the bus and read the queue.',
    checkedBy: 'failure',
    test: 'tests/e2e/path.test.ts > finds an event longer than an execution takes in the dead-letter queue',
  },
  {
    id: 'dead-letter-form',
    assumption:
      'A dead letter of a rule is the event as its target would have received it, with TARGET_ARN, ERROR_CODE and ERROR_MESSAGE as message attributes; a dead letter of a function is a record with its ARN in requestContext, the event in requestPayload and the error in responsePayload.',
    madeIn: 'packages/sandbox/local-dead-letters.ts',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
    confidence: 'documented',
    howToCheck: 'npm run calls -- redrive --stage dev, while the queue holds one of each.',
    checkedBy: 'failure',
    test: 'tests/tools/dead-letter.test.ts > of a function that failed holds what it failed on, and why, without a number',
  },
  {
    id: 'karte-action-envelope',
    assumption:
      'A KARTE Action event has the envelope of every EventBridge event and resources ["karte"]; KARTE publishes the fields of its hook events only.',
    madeIn: 'packages/sandbox/event-bus.ts',
    source: 'https://developers.karte.io/reference/amazon-eventbridge-request',
    confidence: 'inferred',
    howToCheck: 'Send the rule of a KARTE event bus to a log group and trigger the action once.',
    checkedBy: 'karte',
    test: 'packages/sandbox/tests/karte-model.test.ts > fires its action with the latest values of the user variables',
  },
  {
    id: 'dynamodb-ttl',
    assumption:
      'An expired DynamoDB item may stay readable for days; the local tables never delete any. No code may rely on the deletion.',
    madeIn: 'packages/sandbox/local-dynamodb.ts',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html',
    confidence: 'documented',
    howToCheck: 'Query the table for items whose TTL has passed.',
    checkedBy: 'days',
    test: {
      none: 'Nothing can fail: the local tables delete nothing, and whatever reads a record that expires judges its time itself.',
    },
  },
];

/** Every assumption, each once. They have yet to be checked with an account. */
export const ASSUMPTIONS: readonly Assumption[] = [
  ...OPERATION_ASSUMPTIONS,
  ...CALL_ASSUMPTIONS,
  ...FLOW_ASSUMPTIONS,
  ...PLATFORM_ASSUMPTIONS,
  ...DEPLOYMENT_ASSUMPTIONS,
  ...SIMULATION_ASSUMPTIONS,
];

/** The list for docs/assumptions.md, least certain first. */
export function renderAssumptions(): string {
  const sections = (['inferred', 'seen by others', 'documented'] as const).map((confidence) => {
    const rows = ASSUMPTIONS.filter((assumption) => assumption.confidence === confidence).map(
      ({ id, assumption, madeIn, source, howToCheck, checkedBy, test }) =>
        `| ${[`\`${id}\``, assumption, foundOutBy(checkedBy), howToCheck, `[source](${source})`, `\`${madeIn}\``, testIn(test)].map(cell).join(' | ')} |`,
    );
    return [
      `## ${confidence.charAt(0).toUpperCase()}${confidence.slice(1)} (${rows.length})`,
      '',
      '| id | assumption | checked by | by hand | source | used in | test that would fail |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return [
    '# Assumptions about AWS',
    'Without an AWS account, the local stack is only as correct as its assumptions. This page lists all of them: inferred ones' +
      '\nmay be wrong, what others observed may have changed, and documentation may have been misread.',
    '`npm run conformance -- --stage dev` checks on a real account what can be checked without calling anybody, and with `--ring` also\n' +
      'by calling your own phone; the others need what their row says.',
    'Written from `packages/sandbox/assumptions.ts`; after a change there, run' +
      '\n`npx vitest run packages/sandbox/tests/assumptions.test.ts --update`.',
    ...sections,
    '',
  ].join('\n\n');
}

const foundOutBy = (checkedBy: Assumption['checkedBy']): string =>
  checkedBy === 'account' || checkedBy === 'ring' ? BY_COMMAND[checkedBy] : BEYOND_COMMANDS[checkedBy];

const BY_COMMAND = { account: '`npm run conformance`', ring: '`npm run conformance -- --ring`' };

const testIn = (test: Assumption['test']): string =>
  typeof test === 'string' ? `\`${test.split(' > ')[0]}\`` : `no test: ${test.none}`;

const cell = (text: string): string => text.replaceAll('|', '\\|');
