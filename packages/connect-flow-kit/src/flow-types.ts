import { type FlowDocument, isObject } from './document.ts';

/**
 * What a flow is for, as the API and CloudFormation write it. `MODULE` stands for a flow module, which is a different
 * resource with the same content.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContactFlow.html
 */
export const FLOW_TYPES = [
  'CONTACT_FLOW',
  'CUSTOMER_QUEUE',
  'CUSTOMER_HOLD',
  'CUSTOMER_WHISPER',
  'AGENT_HOLD',
  'AGENT_WHISPER',
  'OUTBOUND_WHISPER',
  'AGENT_TRANSFER',
  'QUEUE_TRANSFER',
  'CAMPAIGN',
  'MODULE',
] as const;

export type FlowType = (typeof FLOW_TYPES)[number];

/** The flow designer's spelling in `Metadata.type` → the API's. Seen in exports. */
const DESIGNER_TYPES: Readonly<Record<string, FlowType>> = {
  contactFlow: 'CONTACT_FLOW',
  customerQueue: 'CUSTOMER_QUEUE',
  customerHold: 'CUSTOMER_HOLD',
  customerWhisper: 'CUSTOMER_WHISPER',
  agentHold: 'AGENT_HOLD',
  agentWhisper: 'AGENT_WHISPER',
  outboundWhisper: 'OUTBOUND_WHISPER',
  agentTransfer: 'AGENT_TRANSFER',
  queueTransfer: 'QUEUE_TRANSFER',
  campaign: 'CAMPAIGN',
  journey: 'CAMPAIGN',
};

/** The type in either spelling, or undefined. */
export function flowTypeNamed(name: unknown): FlowType | undefined {
  if (typeof name !== 'string') return undefined;
  return (
    FLOW_TYPES.find((type) => type === name) ?? (Object.hasOwn(DESIGNER_TYPES, name) ? DESIGNER_TYPES[name] : undefined)
  );
}

/** The type that the document itself states; undefined if it does not, which is common in exports. */
export function flowTypeOf(flow: FlowDocument): FlowType | undefined {
  if (flow.Settings !== undefined) return 'MODULE';
  return isObject(flow.Metadata) ? flowTypeNamed(flow.Metadata.type) : undefined;
}
