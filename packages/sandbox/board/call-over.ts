import type { Contact } from '../connect/contact.ts';

/** How a call was over, as the phone network knows it: before its record says so, and where the record cannot know. */
export type CallOver = 'busy' | 'not-in-use' | 'not-answered' | 'voicemail' | 'answered';

/** Of a call, whichever of its contacts they happened in. */
export type FactsOfCall = Pick<Contact, 'answeredAt' | 'agentAt' | 'disconnectReason' | 'voicemail'>;

/** @param facts of a call that is over */
export function callOver({ answeredAt, agentAt, disconnectReason, voicemail }: FactsOfCall): CallOver {
  if (voicemail) return 'voicemail';
  if (answeredAt !== undefined || agentAt !== undefined) return 'answered';
  if (disconnectReason === 'TELECOM_BUSY') return 'busy';
  return disconnectReason === 'TELECOM_NUMBER_INVALID' ? 'not-in-use' : 'not-answered';
}
