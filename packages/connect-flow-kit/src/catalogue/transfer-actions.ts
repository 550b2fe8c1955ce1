import {
  BOOLEAN,
  CONTACT_AND_TRANSFERS,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  exports_,
  live,
  NO_ERRORS,
  NO_MATCHING_ERROR,
  NO_PARAMETERS,
  ONLY_TRANSFERS,
  QUEUE_OR_AGENT,
  TEXT_OR_REFERENCE,
  unrestrictedAnd,
} from './shared.ts';
import type { ActionSpec, FieldsSpec } from './spec.ts';

const THIRD_PARTY: FieldsSpec = {
  fields: {
    ThirdPartyPhoneNumber: TEXT_OR_REFERENCE,
    VoiceConnector: { kind: 'any' },
    ThirdPartyConnectionTimeLimitSeconds: { kind: 'number', from: 1, to: 600, dynamic: true },
    ContinueFlowExecution: BOOLEAN,
    ThirdPartyDTMFDigits: TEXT_OR_REFERENCE,
    CallerId: { kind: 'any' },
  },
  required: ['ThirdPartyConnectionTimeLimitSeconds', 'ContinueFlowExecution'],
  exactlyOne: [['ThirdPartyPhoneNumber', 'VoiceConnector']],
};

/**
 * Blocks that put the call through: to a queue, an agent, or a number outside.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/contact-actions.html
 */
export const TRANSFER_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'UpdateContactTargetQueue',
    block: 'Set working queue',
    flowTypes: CONTACT_AND_TRANSFERS,
    next: 'followed',
    forms: [
      {
        parameters: { fields: QUEUE_OR_AGENT, exactlyOne: [['QueueId', 'AgentId']] },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-updatecontacttargetqueue'), exports_('26 with QueueId, 2 with AgentId')],
  },
  {
    type: 'TransferContactToQueue',
    block: 'Transfer to queue',
    flowTypes: CONTACT_AND_TRANSFERS,
    next: 'written',
    forms: [{ parameters: NO_PARAMETERS, errors: { required: ['QueueAtCapacity', 'NoMatchingError'] } }],
    sources: [
      doc('contact-actions-transfercontacttoqueue'),
      live('QueueId and every other error are refused'),
      exports_('24 of 24 have both errors'),
    ],
  },
  {
    type: 'DequeueContactAndTransferToQueue',
    block: 'Transfer to queue (in a customer queue flow)',
    flowTypes: unrestrictedAnd('CUSTOMER_QUEUE'),
    next: 'written',
    forms: [
      {
        parameters: { fields: QUEUE_OR_AGENT, exactlyOne: [['QueueId', 'AgentId']] },
        errors: { required: ['QueueAtCapacity', 'NoMatchingError'] },
      },
    ],
    sources: [doc('contact-actions-dequeuecontactandtransfertoqueue')],
  },
  {
    type: 'TransferContactToAgent',
    block: 'Transfer to agent',
    flowTypes: ONLY_TRANSFERS,
    next: 'none',
    forms: [{ parameters: NO_PARAMETERS, errors: NO_ERRORS }],
    sources: [doc('contact-actions-transfercontacttoagent')],
  },
  {
    type: 'TransferParticipantToThirdParty',
    block: 'Transfer to phone number',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'followed',
    forms: [
      {
        when: [{ parameter: 'ContinueFlowExecution', is: ['True'] }],
        parameters: THIRD_PARTY,
        errors: { required: ['CallFailed', 'ConnectionTimeLimitExceeded', 'NoMatchingError'] },
      },
      {
        parameters: THIRD_PARTY,
        next: 'written',
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      live('CallFailed and ConnectionTimeLimitExceeded exactly where the flow continues'),
      exports_('12 of 12 have exactly these errors; 1 has a VoiceConnector in place of the number'),
    ],
  },
  {
    type: 'UpdateContactRoutingBehavior',
    block: 'Change routing priority / age',
    flowTypes: unrestrictedAnd('CONTACT_FLOW'),
    next: 'followed',
    forms: [
      {
        when: [{ parameter: 'RoutingProficiencies', is: true }],
        parameters: { fields: {}, open: true },
        errors: { required: [], optional: ['NoMatchingError'] },
      },
      {
        parameters: {
          fields: {
            QueuePriority: { kind: 'number', from: 1, to: 9_223_372_036_854_775_000, dynamic: true },
            QueueTimeAdjustmentSeconds: { kind: 'value', dynamic: true },
          },
          exactlyOne: [['QueuePriority', 'QueueTimeAdjustmentSeconds']],
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [doc('contact-actions-updatecontactroutingbehavior')],
  },
  {
    type: 'CompleteOutboundCall',
    block: 'Call phone number',
    flowTypes: unrestrictedAnd('OUTBOUND_WHISPER'),
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            CallerId: { kind: 'any' },
            VoiceConnector: { kind: 'any' },
            ConnectionTimeLimitSeconds: { kind: 'number', from: 1, to: 600, dynamic: true },
          },
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [doc('contact-actions-completeoutboundcall'), live('refused in contact flows')],
  },
];
