import { FLOW_TYPES, type FlowType } from '../flow-types.ts';
import type { ActionForm, FieldsSpec, Source, ValueSpec } from './spec.ts';

/** What several action types have in common. */

/**
 * Journeys of outbound campaigns take a block set of their own that is not known here, and a module may hold nearly every
 * block: neither refuses one.
 */
const UNRESTRICTED: readonly FlowType[] = ['CAMPAIGN', 'MODULE'];

export const EVERYWHERE = FLOW_TYPES;
const TRANSFERS: readonly FlowType[] = ['AGENT_TRANSFER', 'QUEUE_TRANSFER'];
export const WHISPERS: readonly FlowType[] = ['CUSTOMER_WHISPER', 'AGENT_WHISPER', 'OUTBOUND_WHISPER'];
export const CONTACT_AND_TRANSFERS: readonly FlowType[] = ['CONTACT_FLOW', ...TRANSFERS, ...UNRESTRICTED];
export const CONTACT_TRANSFERS_QUEUE: readonly FlowType[] = [...CONTACT_AND_TRANSFERS, 'CUSTOMER_QUEUE'];
export const ONLY_TRANSFERS: readonly FlowType[] = [...TRANSFERS, ...UNRESTRICTED];
export const unrestrictedAnd = (...types: FlowType[]): readonly FlowType[] => [...types, ...UNRESTRICTED];

export const NO_PARAMETERS: FieldsSpec = { fields: {} };
/** Parameters that are not known well enough to refuse any. */
const OPEN_PARAMETERS: FieldsSpec = { fields: {}, open: true };

export const NO_ERRORS = { required: [] } as const;
export const NO_MATCHING_ERROR = { required: ['NoMatchingError'] } as const;

export const BOOLEAN: ValueSpec = { kind: 'word', oneOf: ['True', 'False'], ignoreCase: true };
const TEXT: ValueSpec = { kind: 'text' };
export const TEXT_OR_REFERENCE: ValueSpec = { kind: 'value', dynamic: true };
export const FIXED: ValueSpec = { kind: 'value', dynamic: false };
export const resource = (name: string): ValueSpec => ({ kind: 'resource', resource: name, dynamic: true });

export const QUEUE_OR_AGENT: Record<string, ValueSpec> = { QueueId: resource('queue'), AgentId: resource('agent') };

/**
 * One message to a participant.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/participant-actions-messageparticipant.html
 */
export const MESSAGE: Record<string, ValueSpec> = {
  Text: TEXT,
  SSML: { kind: 'ssml' },
  PromptId: resource('prompt'),
  Media: {
    kind: 'object',
    fields: {
      Uri: TEXT,
      SourceType: { kind: 'word', oneOf: ['S3'] },
      MediaType: { kind: 'word', oneOf: ['Audio'] },
    },
    required: ['Uri', 'SourceType', 'MediaType'],
  },
};
export const MESSAGE_KEYS = ['Text', 'SSML', 'PromptId', 'Media'] as const;

/** Attributes by name; neither names nor values are looked into beyond what the service does. */
export const ATTRIBUTE_MAP: ValueSpec = { kind: 'map', values: { kind: 'any' } };

const PAGES = 'https://docs.aws.amazon.com/connect/latest/devguide';
export const doc = (page: string): Source => ({ kind: 'doc', note: `${PAGES}/${page}.html` });
export const live = (note: string): Source => ({ kind: 'live', note });
export const exports_ = (note: string): Source => ({ kind: 'exports', note });

/** The one form of a block of which neither parameters nor errors are known well enough to refuse any. */
export const OPEN_FORM: ActionForm = {
  parameters: OPEN_PARAMETERS,
  errors: { required: [], optional: ['NoMatchingError'], open: true },
  conditions: { operators: ['Equals'], min: 0 },
};
