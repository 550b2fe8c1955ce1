import type { Contact } from '../connect/contact.ts';

/** How a call ended according to the phone network: known before the record, and more than the record can know. */
export type CallOver = 'busy' | 'not-in-use' | 'not-answered' | 'voicemail' | 'answered';

/** Facts of a call, from any of its contacts. */
export type FactsOfCall = Pick<Contact, 'answeredAt' | 'agentAt' | 'disconnectReason' | 'voicemail'>;

/** @param facts of a call that is over */
export function callOver({ answeredAt, agentAt, disconnectReason, voicemail }: FactsOfCall): CallOver {
  if (voicemail) return 'voicemail';
  if (answeredAt !== undefined || agentAt !== undefined) return 'answered';
  if (disconnectReason === 'TELECOM_BUSY') return 'busy';
  return disconnectReason === 'TELECOM_NUMBER_INVALID' ? 'not-in-use' : 'not-answered';
}
