import { isObject } from '../document.ts';
import { type ReferenceValues, resolveText } from '../references.ts';
import type { FlowStep, LoopMessage } from './flow-steps.ts';

/** A Japanese text is spoken at about seven characters a second. */
export const SECONDS_PER_CHARACTER = 1 / 7;

/** A recording is known by its id only; this long it is taken to play. */
const RECORDING_SECONDS = 10;

/**
 * What is heard of the message in a block's parameters (`Text`, `SSML`, `PromptId` or `Media`); undefined where there is
 * none. Tags are not heard. Markup with nothing but breaks in it is silence.
 */
export function heardOf(
  parameters: Readonly<Record<string, unknown>>,
  values: ReferenceValues,
): LoopMessage | undefined {
  const { Text, SSML, PromptId, Media } = parameters;
  const written = typeof Text === 'string' ? Text : SSML;
  if (typeof written === 'string') {
    const { text, unresolved } = resolveText(written, values);
    const missing = unresolved.length > 0 && { unresolved };
    if (SSML === undefined && !text.includes('<speak')) return { kind: 'text', text, ...missing };
    const spoken = text
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    const seconds = pausesOf(text);
    if (spoken === '' && seconds > 0) return { kind: 'silence', seconds };
    return { kind: 'text', text: spoken, ssml: text, ...missing, ...(seconds > 0 && { pauseSeconds: seconds }) };
  }
  const recording = isObject(Media) ? Media.Uri : PromptId;
  if (typeof recording !== 'string') return undefined;
  return { kind: 'recording', recording: resolveText(recording, values).text };
}

/** Seconds of all `<break>` of speech markup; a break is ten seconds at most. */
function pausesOf(markup: string): number {
  let seconds = 0;
  for (const [tag] of markup.matchAll(/<break\b[^>]*>/g)) {
    const [, count, unit] = /time\s*=\s*["'](\d+(?:\.\d+)?)(ms|s)["']/.exec(tag) ?? [];
    if (count === undefined) continue;
    seconds += Math.min(unit === 'ms' ? Number(count) / 1_000 : Number(count), MAX_BREAK_SECONDS);
  }
  return seconds;
}

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/supported-ssml-tags.html */
const MAX_BREAK_SECONDS = 10;

/** How long a message is heard. @param secondsPerCharacter of speech */
export function messageSeconds(message: LoopMessage, secondsPerCharacter = SECONDS_PER_CHARACTER): number {
  switch (message.kind) {
    case 'text':
      return message.text.length * secondsPerCharacter + (message.pauseSeconds ?? 0);
    case 'recording':
      return RECORDING_SECONDS;
    case 'silence':
      return message.seconds;
  }
}

/** How long a step takes; most take no time. A loop without interruption takes for ever. */
export function stepSeconds(step: FlowStep, secondsPerCharacter = SECONDS_PER_CHARACTER): number {
  switch (step.kind) {
    case 'say':
      return messageSeconds({ ...step, kind: 'text' }, secondsPerCharacter);
    case 'play':
      return RECORDING_SECONDS;
    case 'keys':
    case 'wait':
      return step.seconds;
    case 'loop':
      return step.interruptAfterSeconds ?? Number.POSITIVE_INFINITY;
    default:
      return 0;
  }
}
