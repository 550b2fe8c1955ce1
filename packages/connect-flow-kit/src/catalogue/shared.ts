import { FLOW_TYPES, type FlowType } from '../flow-types.ts';
import type { ActionForm, FieldsSpec, Source, ValueSpec } from './spec.ts';

/** What several action types have in common. */

/**
 * Journeys of outbound campaigns have a block set of their own that is not known here, and a module may contain nearly any
 * block: neither refuses one.
 */
const UNRESTRICTED: readonly FlowType[] = ['CAMPAIGN', 'MODULE'];

export const EVERYWHERE = FLOW_TYPES;
export const TRANSFERS: readonly FlowType[] = ['AGENT_TRANSFER', 'QUEUE_TRANSFER'];
export const WHISPERS: readonly FlowType[] = ['CUSTOMER_WHISPER', 'AGENT_WHISPER', 'OUTBOUND_WHISPER'];
export const HOLDS: readonly FlowType[] = ['CUSTOMER_HOLD', 'AGENT_HOLD'];
export const CONTACT_AND_TRANSFERS: readonly FlowType[] = ['CONTACT_FLOW', ...TRANSFERS, ...UNRESTRICTED];
export const CONTACT_TRANSFERS_QUEUE: readonly FlowType[] = [...CONTACT_AND_TRANSFERS, 'CUSTOMER_QUEUE'];
export const ONLY_TRANSFERS: readonly FlowType[] = [...TRANSFERS, ...UNRESTRICTED];
export const unrestrictedAnd = (...types: FlowType[]): readonly FlowType[] => [...types, ...UNRESTRICTED];
/** Every type of flow except these. */
export const everywhereBut = (types: readonly FlowType[]): readonly FlowType[] =>
  FLOW_TYPES.filter((type) => !types.includes(type));

export const NO_PARAMETERS: FieldsSpec = { fields: {} };
/** Parameters that are not known well enough to refuse any. */
const OPEN_PARAMETERS: FieldsSpec = { fields: {}, open: true };

export const NO_ERRORS = { required: [] } as const;
export const NO_MATCHING_ERROR = { required: ['NoMatchingError'] } as const;

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_Endpoint.html */
const E164 = '^\\+[1-9]\\d{1,14}$';
export const PHONE_NUMBER: ValueSpec = {
  kind: 'value',
  dynamic: true,
  pattern: E164,
  expected: 'a number with + and its country code (E.164), such as +819012345678',
};

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

/** Attributes by name; names and values are only checked as far as the service does. A value is one text. */
export const ATTRIBUTE_MAP: ValueSpec = { kind: 'map', values: { kind: 'any', doubtfulUnlessText: true } };

const PAGES = 'https://docs.aws.amazon.com/connect/latest';
/** A page of the developer guide: an action of the flow language. */
export const doc = (page: string): Source => ({ kind: 'doc', note: `${PAGES}/devguide/${page}.html` });
/** A page of the administrator guide: a block of the flow designer. */
export const adminGuide = (page: string): Source => ({ kind: 'doc', note: `${PAGES}/adminguide/${page}.html` });

/** Public projects that recorded what the real service accepted and refused. */
const PROJECTS = {
  pulumi: 'https://github.com/mgaffigan/pulumi-amazon-connect/blob/main/docs/wire-format-checks.md',
  flowAsCode: 'https://github.com/flow-as-code/flow-as-code/blob/main/conformance/flow-language/actions.md',
  aicc: 'https://github.com/aws-samples/sample-aicc-builder-for-amazon-connect-ai-agent',
} as const;

export const live = (note: string, ...projects: (keyof typeof PROJECTS)[]): Source => ({
  kind: 'live',
  note: projects.length === 0 ? note : `${note} (${projects.map((project) => PROJECTS[project]).join(', ')})`,
});
export const exports_ = (note: string): Source => ({ kind: 'exports', note });

/** The only form of a block whose parameters and errors are not known well enough to refuse any. */
export const OPEN_FORM: ActionForm = {
  parameters: OPEN_PARAMETERS,
  errors: { required: [], open: true },
  conditions: { operators: ['Equals'], min: 0 },
};
