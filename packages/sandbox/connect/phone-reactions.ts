import type { DisconnectReason } from './contact.ts';
import type { Answer } from './live-call.ts';

/** The fate of a placed call: after this many seconds it is answered, or over for this reason. */
interface Reaction {
  seconds: number;
  over?: { reason: DisconnectReason; text: string };
}

/** A busy tone comes after this many seconds, and so does the network's message that the number does not exist. */
const TONE_SECONDS = 1;

/**
 * @param ringSeconds how long it rings before it is picked up
 * @param ringTimeout seconds after which Amazon Connect gives up
 */
export function reactionOf(answer: Answer, ringSeconds: number, ringTimeout: number): Reaction {
  if (answer === 'busy') return { seconds: TONE_SECONDS, over: { reason: 'TELECOM_BUSY', text: 'The line is busy.' } };
  if (answer === 'unreachable') {
    const over = { reason: 'TELECOM_NUMBER_INVALID', text: 'The number is not in use.' } as const;
    return { seconds: TONE_SECONDS, over };
  }
  if (answer === 'no-answer' || answer === 'by-hand' || ringSeconds >= ringTimeout) {
    return { seconds: ringTimeout, over: { reason: 'TELECOM_ORIGINATOR_CANCEL', text: 'Nobody answers.' } };
  }
  return { seconds: ringSeconds };
}
