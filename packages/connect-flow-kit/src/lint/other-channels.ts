import { SHOWS } from './block-roles.ts';
import type { Block, LintedFlow } from './linted-flow.ts';

/** Blocks that only chats, emails, tasks and screens have. */
const OTHER_CHANNELS = new Set([
  'AuthenticateParticipant',
  'LoadContactContent',
  SHOWS,
  'UpdateContactMediaProcessing',
]);

/** What only emails and tasks have, and what a flow that is also for calls may look at. */
const OF_NO_CALL = /\$\.(Email|Task)\b/;
const CHANNEL = /\$\.Channel\b/;

const mentions = ({ texts }: Block, part: RegExp): boolean => texts.some(({ text }) => part.test(text));

/** Is the flow for chats, emails, tasks or an agent's screen, so that nobody listens to it, judging by its blocks or name? */
export function isForNoCalls({ blocks, document: { Metadata } }: LintedFlow): boolean {
  if (blocks.some(({ type }) => OTHER_CHANNELS.has(type))) return true;
  if (blocks.some((one) => mentions(one, CHANNEL))) return false;
  return (
    // The customer of a chat comes back; somebody who hung up does not.
    blocks.some(
      (one) => mentions(one, OF_NO_CALL) || (one.type === 'Wait' && Object.hasOwn(one.parameters, 'Events')),
    ) ||
    (typeof Metadata?.name === 'string' && saysSo(Metadata.name))
  );
}

const saysSo = (name: string): boolean => /e-?mail|chat|task/i.test(name) && !/call|phone|voice/i.test(name);
