import { isObject } from '../document.ts';
import { type ReferenceValues, resolveText } from '../references.ts';
import { markupProblem } from '../speech-markup.ts';
import type { FlowStep, LoopMessage, LoopPlace } from './flow-steps.ts';

/** A Japanese text is spoken at about seven characters a second. */
export const SECONDS_PER_CHARACTER = 1 / 7;

/** Only the id of a recording is known; it is assumed to play for this long. */
const RECORDING_SECONDS = 10;

/**
 * Maximum characters of a prompt, without and with tags; a longer one takes the error branch.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/play.html
 */
const MAX_PROMPT_CHARACTERS = 3_000;
const MAX_WRITTEN_CHARACTERS = 6_000;

/**
 * What is heard of the message in a block's parameters (`Text`, `SSML`, `PromptId` or `Media`). Tags are not heard. Markup
 * that contains only breaks is silence.
 * @returns a sentence (without a full stop) if it cannot be played
 */
export function heardOf(parameters: Readonly<Record<string, unknown>>, values: ReferenceValues): LoopMessage | string {
  const { Text, SSML, PromptId, Media } = parameters;
  const written = typeof Text === 'string' ? Text : SSML;
  if (typeof written === 'string') {
    const { text, unresolved } = resolveText(written, values);
    const missing = unresolved.length > 0 && { unresolved };
    if (SSML === undefined && !text.includes('<speak')) return textOf(text, missing);
    const problem = markupProblem(text);
    if (problem !== undefined) return `the markup cannot be spoken, ${problem}`;
    if (text.length > MAX_WRITTEN_CHARACTERS) return tooLong(text, MAX_WRITTEN_CHARACTERS);
    const spoken = text
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    const seconds = pausesOf(text);
    if (spoken === '' && seconds > 0) return { kind: 'silence', seconds };
    return textOf(spoken, { ssml: text, ...missing, ...(seconds > 0 && { pauseSeconds: seconds }) });
  }
  const recording = isObject(Media) ? Media.Uri : PromptId;
  if (typeof recording !== 'string') return 'there is nothing to say';
  return { kind: 'recording', recording: resolveText(recording, values).text };
}

const textOf = (text: string, more: object | false): LoopMessage | string =>
  text.length > MAX_PROMPT_CHARACTERS ? tooLong(text, MAX_PROMPT_CHARACTERS) : { kind: 'text', text, ...more };

const tooLong = ({ length }: string, most: number): string => `the prompt has ${length} characters, more than ${most}`;

/** Total seconds of the `<break>` tags in speech markup. */
function pausesOf(markup: string): number {
  let seconds = 0;
  for (const [tag] of markup.matchAll(/<break\b[^>]*>/g)) {
    const [, count, unit] = /time\s*=\s*["'](\d+(?:\.\d+)?)(ms|s)["']/.exec(tag) ?? [];
    if (count === undefined) continue;
    seconds += unit === 'ms' ? Number(count) / 1_000 : Number(count);
  }
  return seconds;
}

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

/** The position of looping messages after some more seconds. @param from the position before */
export function placeAfter(
  seconds: number,
  messages: readonly LoopMessage[],
  from: LoopPlace,
  secondsPerCharacter = SECONDS_PER_CHARACTER,
): LoopPlace {
  const lengths = messages.map((message) => messageSeconds(message, secondsPerCharacter));
  const sum = (some: readonly number[]): number => some.reduce((total, length) => total + length, 0);
  let left = (sum(lengths.slice(0, from.message)) + from.seconds + seconds) % sum(lengths);
  const message = lengths.findIndex((length) => {
    if (left < length) return true;
    left -= length;
    return false;
  });
  // Messages without any length are always at their beginning.
  return message < 0 ? FIRST_MESSAGE : { message, seconds: left };
}

/** How many messages of a first round have begun after this long; all of them if there is no end. */
export function begunWithin(
  seconds: number | undefined,
  messages: readonly LoopMessage[],
  secondsPerCharacter = SECONDS_PER_CHARACTER,
): number {
  if (seconds === undefined) return messages.length;
  let begun = 0;
  for (let at = 0; begun < messages.length && at < seconds; begun += 1) {
    const message = messages[begun];
    at += message === undefined ? 0 : messageSeconds(message, secondsPerCharacter);
  }
  return begun;
}

export const FIRST_MESSAGE: LoopPlace = { message: 0, seconds: 0 };

/** How long a step takes; most take no time. A loop without interruption takes forever. */
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
