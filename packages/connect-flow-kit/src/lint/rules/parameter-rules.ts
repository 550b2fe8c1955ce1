import { doc, live } from '../../catalogue/shared.ts';
import { block, next, say } from '../example.ts';
import { adminGuide } from '../pages.ts';
import type { ParameterProblem } from '../parameter-problems.ts';
import type { Rule } from '../rule.ts';

const failTo = (to: string) => next(to, { NoMatchingError: to });
const lambda = (parameters: object) =>
  block(
    'Look up',
    'InvokeLambdaFunction',
    { LambdaFunctionARN: '${LookUpFunction}', ...parameters },
    failTo('Apologise'),
  );

/** A rule that reports how the parameters of each block differ from the catalogue. */
const fromProblems = (kind: ParameterProblem['kind'], rule: Omit<Rule, 'check'>): Rule => ({
  ...rule,
  check: ({ blocks }) =>
    blocks.flatMap((one) =>
      one.problems.filter((problem) => problem.kind === kind).map(({ message, fix }) => ({ block: one, message, fix })),
    ),
});

const unknownParameter = fromProblems('unknown', {
  id: 'unknown-parameter',
  severity: 'error',
  title: 'A block has a parameter that its type does not have',
  why: 'The set of parameters is closed; the service refuses any other key.',
  source: live('"Invalid Action property name"'),
  example: {
    failing: {
      blocks: [block('Welcome', 'MessageParticipant', { Text: 'Good morning.', Language: 'en-US' }, failTo('Hang up'))],
    },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
});

const missingParameter = fromProblems('missing', {
  id: 'missing-parameter',
  severity: 'error',
  title: 'A block lacks a required parameter',
  why: 'The service does not fill it in, but refuses the flow.',
  source: live('"Action is missing required property"'),
  example: {
    failing: { blocks: [lambda({})] },
    fixed: { blocks: [lambda({ InvocationTimeLimitSeconds: '3' })] },
  },
});

const wrongValue = fromProblems('value', {
  id: 'wrong-value',
  severity: 'error',
  title: 'A parameter has a value of the wrong form',
  why: 'Words, bounds of numbers, and where a reference may or must be used are fixed for each parameter; true and false are texts.',
  source: live('"Invalid Action property value"'),
  example: {
    failing: { blocks: [lambda({ InvocationTimeLimitSeconds: '30' })] },
    fixed: { blocks: [lambda({ InvocationTimeLimitSeconds: '8' })] },
  },
});

const parameterCombination = fromProblems('combination', {
  id: 'parameter-combination',
  severity: 'error',
  title: 'Parameters exclude each other, or none of several alternatives is present',
  why: 'Some parameters are alternatives: the service takes one of them.',
  source: live('"Only one of these properties may be defined"'),
  example: {
    failing: {
      blocks: [
        block(
          'Welcome',
          'MessageParticipant',
          { Text: 'Good morning.', SSML: '<speak>Good morning.</speak>' },
          failTo('Hang up'),
        ),
      ],
    },
    fixed: {
      blocks: [block('Welcome', 'MessageParticipant', { SSML: '<speak>Good morning.</speak>' }, failTo('Hang up'))],
    },
  },
});

const emptyText = fromProblems('empty', {
  id: 'empty-text',
  severity: 'error',
  title: 'A parameter holds an empty text',
  why: 'No parameter may be empty, however deep inside. A blank is accepted.',
  source: live('an empty text was refused in every parameter, " " was not'),
  example: {
    failing: { blocks: [say('Welcome', '', 'Hang up')] },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
});

const doubtfulParameter = fromProblems('doubtful', {
  id: 'doubtful-parameter',
  severity: 'warning',
  title: 'Two sources disagree on whether the parameters of a block are accepted',
  why: 'One page, project or export has them and another does not, or the flow designer has a setting whose name no source gives. The service may refuse the flow.',
  source: adminGuide('invoke-lambda-function-block'),
  example: {
    failing: { blocks: [lambda({ InvocationType: 'ASYNCHRONOUS', InvocationTimeLimitSeconds: '60' })] },
    fixed: { blocks: [lambda({ InvocationType: 'ASYNCHRONOUS', InvocationTimeLimitSeconds: '8' })] },
  },
});

const resourceByName = fromProblems('name', {
  id: 'resource-by-name',
  severity: 'warning',
  title: 'A queue, flow, function … is identified by its name',
  why: 'The service takes ids and ARNs and refuses names. This is not an error, because a tool may still replace the name with an ARN.',
  source: live('a queue by its name was refused'),
  example: {
    failing: { blocks: [lambda({ LambdaFunctionARN: 'look-up', InvocationTimeLimitSeconds: '3' })] },
    fixed: { blocks: [lambda({ InvocationTimeLimitSeconds: '3' })] },
  },
});

const hook = (parameters: object) =>
  block(
    'Set queue flow',
    'UpdateContactEventHooks',
    { EventHooks: { CustomerQueue: '${QueueContactFlow}' }, ...parameters },
    failTo('Hang up'),
  );

const designerOnlyParameter: Rule = {
  id: 'designer-only-parameter',
  severity: 'warning',
  title: 'A block has a parameter that only the flow designer takes',
  why: 'The designer exports and imports it, but the API and CloudFormation refuse the flow.',
  source: live('EventHooksConfiguration was exported by the designer and refused by the API'),
  example: {
    failing: { blocks: [hook({ EventHooksConfiguration: { CustomerQueue: { DisableExecution: 'false' } } })] },
    fixed: { blocks: [hook({})] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) =>
      (one.form?.designerOnly ?? [])
        .filter((name) => Object.hasOwn(one.parameters, name))
        .map((name) => ({
          block: one,
          message: `${name} is for the flow designer only`,
          fix: `Remove ${name}, as the import command does.`,
        })),
    ),
};

const callback = (MaximumConnectionAttempts: string) =>
  block(
    'Call back',
    'CreateCallbackContact',
    {
      QueueId: '${SupportQueue}',
      InitialCallDelaySeconds: '5',
      RetryDelaySeconds: '600',
      MaximumConnectionAttempts,
    },
    failTo('Apologise'),
  );

const callbackWithoutAttempt: Rule = {
  id: 'callback-without-attempt',
  severity: 'warning',
  title: 'A callback may make no attempt at all',
  why: 'The documentation requires one attempt or more. A flow with none was exported from a real instance; what happens to its customer is unknown.',
  source: doc('interactions-createcallbackcontact'),
  example: { failing: { blocks: [callback('0')] }, fixed: { blocks: [callback('1')] } },
  check: ({ blocks }) =>
    blocks
      .filter(
        ({ type, parameters }) =>
          type === 'CreateCallbackContact' && Number(parameters.MaximumConnectionAttempts) === 0,
      )
      .map((one) => ({
        block: one,
        message: 'MaximumConnectionAttempts is 0: the customer may never be called back',
        fix: 'Write the number of attempts, 1 or more.',
      })),
};

export const PARAMETER_RULES: readonly Rule[] = [
  unknownParameter,
  missingParameter,
  wrongValue,
  parameterCombination,
  emptyText,
  doubtfulParameter,
  resourceByName,
  designerOnlyParameter,
  callbackWithoutAttempt,
];
