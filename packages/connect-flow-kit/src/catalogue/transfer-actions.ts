import {
  adminGuide,
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
  PHONE_NUMBER,
  QUEUE_OR_AGENT,
  TEXT_OR_REFERENCE,
  TRANSFERS,
  unrestrictedAnd,
} from './shared.ts';
import type { ActionSpec, FieldsSpec, ValueSpec } from './spec.ts';

/** The connection to a company's own telephone system. */
const VOICE_CONNECTOR: ValueSpec = {
  kind: 'object',
  fields: {
    // The second one is in an export.
    VoiceConnectorType: { kind: 'word', oneOf: ['ChimeConnector', 'CallTransferConnector'], doubtfulOthers: true },
    VoiceConnectorArn: TEXT_OR_REFERENCE,
    FromUser: TEXT_OR_REFERENCE,
    ToUser: TEXT_OR_REFERENCE,
    UserToUserInformation: TEXT_OR_REFERENCE,
  },
  open: true,
};

/** The number that is displayed, and its name. */
const CALLER_ID: ValueSpec = { kind: 'object', fields: { Number: PHONE_NUMBER, Name: TEXT_OR_REFERENCE } };

const THIRD_PARTY: FieldsSpec = {
  fields: {
    ThirdPartyPhoneNumber: PHONE_NUMBER,
    VoiceConnector: VOICE_CONNECTOR,
    ThirdPartyConnectionTimeLimitSeconds: { kind: 'number', from: 1, to: 600, dynamic: true },
    ContinueFlowExecution: BOOLEAN,
    ThirdPartyDTMFDigits: TEXT_OR_REFERENCE,
    CallerId: CALLER_ID,
  },
  required: ['ThirdPartyConnectionTimeLimitSeconds', 'ContinueFlowExecution'],
  exactlyOne: [['ThirdPartyPhoneNumber', 'VoiceConnector']],
};

/**
 * Blocks that transfer the call: to a queue, an agent or an external number.
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
        parameters: {
          fields: QUEUE_OR_AGENT,
          exactlyOne: [['QueueId', 'AgentId']],
          mistaken: { Queue: 'QueueId' },
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      doc('contact-actions-updatecontacttargetqueue'),
      adminGuide('set-working-queue'),
      live('a queue by its name is refused', 'aicc'),
      exports_('26 with QueueId, 2 with AgentId'),
    ],
  },
  {
    type: 'TransferContactToQueue',
    block: 'Transfer to queue',
    flowTypes: CONTACT_AND_TRANSFERS,
    next: 'written',
    forms: [{ parameters: NO_PARAMETERS, errors: { required: ['QueueAtCapacity', 'NoMatchingError'] } }],
    sources: [
      doc('contact-actions-transfercontacttoqueue'),
      adminGuide('transfer-to-queue'),
      live('QueueId and every other error are refused', 'aicc'),
      exports_('24 of 24 have both errors'),
    ],
  },
  {
    type: 'DequeueContactAndTransferToQueue',
    block: 'Transfer to queue (in a customer queue flow) / Dequeue and transfer to queue',
    flowTypes: unrestrictedAnd('CUSTOMER_QUEUE'),
    next: 'written',
    forms: [
      {
        parameters: { fields: QUEUE_OR_AGENT, exactlyOne: [['QueueId', 'AgentId']] },
        errors: { required: ['QueueAtCapacity', 'NoMatchingError'] },
      },
    ],
    sources: [doc('contact-actions-dequeuecontactandtransfertoqueue'), live('both errors are required', 'aicc')],
  },
  {
    type: 'TransferContactToAgent',
    block: 'Transfer to agent',
    flowTypes: ONLY_TRANSFERS,
    next: 'none',
    forms: [{ parameters: NO_PARAMETERS, errors: NO_ERRORS }],
    sources: [doc('contact-actions-transfercontacttoagent'), adminGuide('transfer-to-agent-block')],
  },
  {
    type: 'TransferParticipantToThirdParty',
    block: 'Transfer to phone number / Transfer to third party',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'followed',
    forms: [
      {
        when: [{ parameter: 'ContinueFlowExecution', is: ['True'] }],
        parameters: THIRD_PARTY,
        errors: {
          required: ['CallFailed', 'ConnectionTimeLimitExceeded', 'NoMatchingError'],
          refusedIn: { AGENT_TRANSFER: ['CallFailed', 'ConnectionTimeLimitExceeded'] },
        },
      },
      {
        parameters: THIRD_PARTY,
        next: 'written',
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      adminGuide('transfer-to-phone-number'),
      live(
        'CallFailed and ConnectionTimeLimitExceeded exactly where the flow continues, and in no agent transfer flow',
        'pulumi',
      ),
      live('ThirdPartyConnectionTimeLimitSeconds and ContinueFlowExecution are required', 'pulumi'),
      exports_('12 of 12 have exactly these errors; 1 has a VoiceConnector in place of the number'),
    ],
  },
  {
    type: 'UpdateContactRoutingBehavior',
    block: 'Change routing priority / Change routing age',
    flowTypes: unrestrictedAnd('CONTACT_FLOW'),
    doubtfulIn: [...TRANSFERS, 'CUSTOMER_QUEUE'],
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
            QueueTimeAdjustmentSeconds: {
              kind: 'value',
              dynamic: true,
              pattern: '^-?[0-9]+$',
              expected: 'a number of seconds',
            },
          },
          exactlyOne: [['QueuePriority', 'QueueTimeAdjustmentSeconds']],
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [
      // Allows contact flows; the guide also allows customer queue and transfer flows.
      doc('contact-actions-updatecontactroutingbehavior'),
      adminGuide('change-routing-priority'),
      live('NoMatchingError belongs to the form with RoutingProficiencies', 'aicc'),
    ],
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
            CallerId: CALLER_ID,
            VoiceConnector: VOICE_CONNECTOR,
            ConnectionTimeLimitSeconds: { kind: 'number', from: 1, to: 600, dynamic: true },
          },
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [
      doc('contact-actions-completeoutboundcall'),
      adminGuide('call-phone-number'),
      live('refused in contact flows', 'pulumi'),
    ],
  },
];
