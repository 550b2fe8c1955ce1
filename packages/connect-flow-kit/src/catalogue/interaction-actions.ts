import {
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
import type { ActionSpec } from './spec.ts';

/**
 * Blocks that reach other services, or make a contact for later.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/interactions.html
 */
export const INTERACTION_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'InvokeLambdaFunction',
    block: 'AWS Lambda function',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            LambdaFunctionARN: resource('Lambda function'),
            InvocationTimeLimitSeconds: { kind: 'number', from: 1, to: 8 },
            InvocationType: { kind: 'word', oneOf: ['SYNCHRONOUS', 'ASYNCHRONOUS'] },
            LambdaInvocationAttributes: { kind: 'map', values: { kind: 'any' } },
            ResponseValidation: {
              kind: 'object',
              fields: { ResponseType: { kind: 'word', oneOf: ['STRING_MAP', 'JSON'] } },
            },
          },
          required: ['LambdaFunctionARN', 'InvocationTimeLimitSeconds'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('interactions-invokelambdafunction'), live('TimeLimitExceeded and JSON_OBJECT are refused')],
  },
  {
    type: 'CreateCallbackContact',
    block: 'Transfer to queue (callback)',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            ...QUEUE_OR_AGENT,
            InitialCallDelaySeconds: { kind: 'number', from: 1, to: 259_200 },
            RetryDelaySeconds: { kind: 'number', from: 1, to: 259_200 },
            // 0 was exported by a real instance, though the page asks for 1 or more.
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
      exports_('1 of 6, a newer one, has CallbackMode, for callbacks that ring the customer first'),
    ],
  },
];
