import {
  adminGuide,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  exports_,
  live,
  NO_MATCHING_ERROR,
  QUEUE_OR_AGENT,
  resource,
  TEXT_OR_REFERENCE,
} from './shared.ts';
import type { ActionForm, ActionSpec } from './spec.ts';

/** Invokes a function with a timeout of at most this many seconds; longer ones are doubtful. */
const lambdaForm = (most: number, doubtfulAbove?: number): ActionForm => ({
  parameters: {
    fields: {
      LambdaFunctionARN: resource('Lambda function'),
      InvocationTimeLimitSeconds: {
        kind: 'number',
        from: 1,
        to: most,
        ...(doubtfulAbove !== undefined && { doubtfulAbove }),
      },
      InvocationType: { kind: 'word', oneOf: ['SYNCHRONOUS', 'ASYNCHRONOUS'] },
      LambdaInvocationAttributes: { kind: 'map', values: { kind: 'any' } },
      ResponseValidation: {
        kind: 'object',
        fields: { ResponseType: { kind: 'word', oneOf: ['STRING_MAP', 'JSON'] } },
      },
    },
    required: ['LambdaFunctionARN', 'InvocationTimeLimitSeconds'],
    mistaken: { RequestAttributes: 'LambdaInvocationAttributes' },
  },
  errors: NO_MATCHING_ERROR,
});

/**
 * Blocks that reach other services, or create a contact for later.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/interactions.html
 */
export const INTERACTION_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'InvokeLambdaFunction',
    block: 'AWS Lambda function',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [{ when: [{ parameter: 'InvocationType', is: ['ASYNCHRONOUS'] }], ...lambdaForm(60, 8) }, lambdaForm(8)],
    sources: [
      doc('interactions-invokelambdafunction'),
      // 8 seconds for synchronous calls, as above, and 60 for asynchronous ones, for which the page above has 8.
      adminGuide('invoke-lambda-function-block'),
      live('JSON_OBJECT, RequestAttributes and conditions are refused', 'aicc'),
      live('TimeLimitExceeded is refused (https://github.com/fitthejob/smartcx-demo)'),
      exports_('2 of 2 published outbound whispers have it, which the guide leaves out and the page allows'),
    ],
  },
  {
    type: 'CreateCallbackContact',
    block: 'Transfer to callback queue / Transfer to callback / Schedule callback',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            ...QUEUE_OR_AGENT,
            InitialCallDelaySeconds: { kind: 'number', from: 1, to: 259_200 },
            RetryDelaySeconds: { kind: 'number', from: 1, to: 259_200 },
            // 0 was exported by a real instance, although the page requires 1 or more.
            MaximumConnectionAttempts: { kind: 'number', from: 0, to: 1_000_000 },
            ContactFlowId: resource('flow'),
            CallerId: { kind: 'any' },
            CallbackMode: TEXT_OR_REFERENCE,
          },
          required: ['InitialCallDelaySeconds', 'RetryDelaySeconds', 'MaximumConnectionAttempts'],
          atMostOne: [['QueueId', 'AgentId']],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      doc('interactions-createcallbackcontact'),
      adminGuide('transfer-to-queue'),
      exports_('1 of 6, a newer one, has CallbackMode, for callbacks that ring the customer first'),
    ],
  },
];
