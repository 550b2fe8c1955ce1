import type { HungUpBy } from './call-record.ts';
import type { CallLife } from './contact-chain.ts';
import type { CallOutcome, ReasonOf } from './outcomes.ts';

/**
 * The attribute in which a contact flow may say why it ended the call, and its values if nobody pressed 1, and if a waiting customer
 * pressed 1 to be called back.
 */
export const CALL_RESULT = 'call_result';
const NO_KEY_PRESSED = 'no_key_pressed';
export const WANTS_CALL_BACK = 'call_back';

/** How a call ended: an outcome with one of its own reasons. */
type CallEnding = { [O in CallOutcome]: { outcome: O; reason: ReasonOf<O> } }[CallOutcome];

/**
 * Reasons in contact records and events of calls that never connected: those that rang until one side gave up, and those that never
 * rang; any other is a problem of the network.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html
 */
const BUSY = new Set(['TELECOM_BUSY', 'SIT_TONE_BUSY']);
const RANG_OUT = new Set(['TELECOM_ORIGINATOR_CANCEL', 'TELECOM_TIMEOUT', 'AMD_UNANSWERED']);
const UNREACHABLE = new Set([
  'TELECOM_NUMBER_INVALID',
  // The phone could not be reached: switched off, or without coverage.
  'TELECOM_UNANSWERED',
  'SIT_TONE_INVALID_NUMBER',
  'OUTBOUND_DESTINATION_ENDPOINT_ERROR',
]);
const OF_NETWORK = /^(?:TELECOM_|OUTBOUND_|SIT_TONE_)/;

/**
 * The outcome of a call that is over.
 *
 * A voicemail counts as a person who answers: unless customers must press a key, one that reached an agent is `completed`.
 */
export function endingOfCall(life: CallLife): CallEnding {
  const reason = life.reason?.toUpperCase() ?? '';
  if (life.agentAt !== undefined) return { outcome: 'completed', reason: 'agent_connected' };
  if (life.answeredAt === undefined && life.queuedAt === undefined) return endingOfUnanswered(reason);
  if (life.result === WANTS_CALL_BACK) return { outcome: 'abandoned', reason: 'wants_call_back' };
  if (life.result === NO_KEY_PRESSED) return { outcome: 'no_key_pressed', reason: 'no_key' };
  if (reason === 'CONTACT_FLOW_DISCONNECT') return { outcome: 'abandoned', reason: 'flow_hung_up' };
  return { outcome: 'abandoned', reason: life.queuedAt === undefined ? 'before_queue' : 'in_queue' };
}

function endingOfUnanswered(reason: string): CallEnding {
  if (BUSY.has(reason)) return { outcome: 'busy', reason: 'line_busy' };
  if (RANG_OUT.has(reason)) return { outcome: 'not_answered', reason: 'rang_out' };
  if (UNREACHABLE.has(reason)) return { outcome: 'failed_to_connect', reason: 'number_unreachable' };
  if (OF_NETWORK.test(reason)) return { outcome: 'failed_to_connect', reason: 'network' };
  return { outcome: 'not_answered', reason: 'never_connected' };
}

/**
 * The outcome of a call whose end neither events nor Amazon Connect ever reported: lost, unless an agent took it, which stays true.
 */
export const endingOnceGivenUp = ({ agentAt }: Pick<CallLife, 'agentAt'>): CallEnding =>
  agentAt === undefined ? { outcome: 'lost', reason: 'no_sign' } : { outcome: 'completed', reason: 'agent_connected' };

/** Nobody answered: the customer may ask again soon, and it does not count as a call. */
export const wasNeverAnswered = (outcome: string): boolean =>
  outcome === 'not_answered' || outcome === 'busy' || outcome === 'failed_to_connect';

/**
 * Whether the customer may still be on the line although all known contacts are over. A transfer ends a contact and begins another,
 * whose events may come later or never. Only customers who waited for an agent or spoke with one are transferred.
 */
export function mayGoOn({ queuedAt, agentAt, reason }: Pick<CallLife, 'queuedAt' | 'agentAt' | 'reason'>): boolean {
  const name = reason?.toUpperCase() ?? '';
  // The event about the agent may have been lost.
  if (name === 'AGENT_DISCONNECT') return true;
  if (queuedAt === undefined && agentAt === undefined) return false;
  return name !== 'CUSTOMER_DISCONNECT' && name !== 'CONTACT_FLOW_DISCONNECT' && !OF_NETWORK.test(name);
}

/** Who ended the call, by its disconnect reason. Undefined if that does not say. */
export function hungUpBy(reason: string | undefined): HungUpBy | undefined {
  if (reason === undefined) return undefined;
  const name = reason.toUpperCase();
  switch (name) {
    case 'CUSTOMER_DISCONNECT':
      return 'customer';
    case 'AGENT_DISCONNECT':
    case 'THIRD_PARTY_DISCONNECT':
      return 'agent';
    case 'CONTACT_FLOW_DISCONNECT':
      return 'flow';
    case 'API':
    case 'OTHER':
      return 'system';
    default:
      return OF_NETWORK.test(name) ? 'network' : undefined;
  }
}
