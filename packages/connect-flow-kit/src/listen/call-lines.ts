import type { CallLine, SimulatedCall } from '../simulate/call-case.ts';
import type { FlowStep, LoopMessage } from '../simulate/flow-steps.ts';
import { FIRST_MESSAGE, messageSeconds } from '../simulate/speech.ts';
import type { Voice } from '../voices.ts';
import type { Prompt } from './prompt.ts';

/** One line of a call as somebody hears it. */
export type HeardLine = {
  /** Name of the flow; none for what happens outside the flows. */
  flow?: string;
  listener: 'customer' | 'agent';
} & (
  | { kind: 'speech'; prompt: Prompt; pauseSeconds?: number }
  | { kind: 'recording'; recording: string }
  | { kind: 'silence'; seconds: number }
  /** Something happens; nothing is heard meanwhile. */
  | { kind: 'event'; text: string; seconds?: number }
  /** A prompt that failed in the flow: nobody hears it. */
  | { kind: 'unsaid'; text: string }
);

/** A flow that speaks forever is just as clear after this many lines. */
const MOST_LINES = 500;

/**
 * A simulated call as what is heard, and by whom, with what happens meanwhile. A loop of prompts is heard once, however
 * long it continues; a loop of silence is silent for as long as it lasts.
 *
 * @param hasPrompt does this block of a flow speak?
 */
export function heardLines(call: SimulatedCall, hasPrompt: (flow: string, block: string) => boolean): HeardLine[] {
  const lines: HeardLine[] = [];
  /** The last step that takes time; it may continue after an event that does not end it, such as an agent's phone ringing. */
  let lasting: StepLine | undefined;
  let heardBlock = '';
  for (const [index, line] of call.lines.entries()) {
    if (lines.length >= MOST_LINES) {
      lines.push({ kind: 'event', listener: 'customer', text: 'The call continues like this; this page ends here.' });
      break;
    }
    const after = call.lines[index + 1];
    if (line.kind === 'event') {
      lines.push({ kind: 'event', listener: 'customer', text: line.text });
      if (lasting === undefined || after === undefined) continue;
      const { step, at, flow, listener } = lasting;
      for (const one of heardOfStep(step, line.at - at, after.at - at)) addLine(lines, { ...one, flow, listener });
      continue;
    }
    const { at, flow, listener, step } = line;
    const until = after?.kind === 'event' ? after.at - at : Number.POSITIVE_INFINITY;
    const heard = heardOfStep(step, 0, until).map((one): HeardLine => ({ ...one, flow, listener }));
    const why = reasonOf(step);
    if (why !== undefined && `${flow}/${step.block}` !== heardBlock && hasPrompt(flow, step.block)) {
      lines.push({ kind: 'unsaid', flow, listener, text: `${step.block} fails: ${why}` });
    }
    if (heard.length > 0 || step.kind === 'go') heardBlock = step.kind === 'go' ? '' : `${flow}/${step.block}`;
    for (const one of heard) addLine(lines, one);
    lasting = step.kind === 'wait' || step.kind === 'loop' ? line : undefined;
  }
  return lines;
}

type StepLine = CallLine & { kind: 'step' };

/** Why the block was left; a prompt that has been heard is left without a reason. */
function reasonOf(step: FlowStep): string | undefined {
  return step.kind === 'go' || (step.kind === 'hang-up' && step.broken) ? step.because : undefined;
}

/** Consecutive silences count as one. */
function addLine(lines: HeardLine[], line: HeardLine): void {
  const before = lines.at(-1);
  const isLonger = line.kind === 'silence' && before?.kind === 'silence' && before.listener === line.listener;
  if (isLonger) before.seconds += line.seconds;
  else lines.push(line);
}

/** Without flow and listener. */
type Heard = HeardLine extends infer Line ? (Line extends HeardLine ? Omit<Line, 'flow' | 'listener'> : never) : never;

/**
 * What is heard of a step from one moment to another, in seconds after it began. Only silence and looping prompts are
 * cut; everything else belongs to the beginning.
 */
function heardOfStep(step: FlowStep, from: number, to: number): Heard[] {
  switch (step.kind) {
    case 'say':
      return heardOfMessage({ ...step, kind: 'text' }, step);
    case 'play':
      return [{ kind: 'recording', recording: step.recording }];
    case 'wait':
      return silence(Math.min(step.seconds, to) - from);
    case 'loop':
      return heardOfLoop(step, from, Math.min(step.interruptAfterSeconds ?? Number.POSITIVE_INFINITY, to));
    case 'keys':
      return [
        step.pressed === undefined
          ? { kind: 'event', text: `No key is pressed for ${step.seconds} s.`, seconds: step.seconds }
          : { kind: 'event', text: `The customer presses ${step.pressed}.`, seconds: step.seconds },
      ];
    case 'dial':
      return [{ kind: 'event', text: 'An external number is called.' }];
    case 'callback':
      return [{ kind: 'event', text: 'A callback is arranged.' }];
    case 'hang-up':
      return [
        { kind: 'event', text: step.broken ? `The flow cannot continue: ${step.because}.` : 'The flow hangs up.' },
      ];
    default:
      return [];
  }
}

/** At most one round of the messages, followed by how they continue. */
function heardOfLoop(loop: FlowStep & { kind: 'loop' }, from: number, to: number): Heard[] {
  const { messages } = loop;
  /** Seconds of a round that were heard before the loop was interrupted, if it continues after that. */
  const begun = secondsUntil(loop);
  if (messages.every(({ kind }) => kind === 'silence') && Number.isFinite(to)) return silence(to - from);
  const round = messages.reduce((sum, message) => sum + messageSeconds(message), 0);
  const [start, end] = [begun + from, begun + Math.min(to, from + round)];
  const heard: Heard[] = [];
  let at = round > 0 ? start - (start % round) : start;
  for (const message of [...messages, ...messages]) {
    const over = at + messageSeconds(message);
    if (message.kind === 'silence') heard.push(...silence(Math.min(over, end) - Math.max(at, start)));
    else if (at >= start && at < end) heard.push(...heardOfMessage(message, loop));
    at = over;
  }
  if (begun + to <= end) return heard;
  const howLong = Number.isFinite(to) ? `until ${Math.round(to)} s have passed` : 'as long as it takes';
  return [...heard, { kind: 'event', text: `The same over and over, ${howLong}.` }];
}

function secondsUntil({ messages, from = FIRST_MESSAGE }: FlowStep & { kind: 'loop' }): number {
  const heard = messages.slice(0, from.message);
  return heard.reduce((sum, message) => sum + messageSeconds(message), from.seconds);
}

function heardOfMessage(message: LoopMessage, { voice, engine }: Voice): Heard[] {
  switch (message.kind) {
    case 'text': {
      const { text, ssml, pauseSeconds } = message;
      if (text.trim() === '') return [{ kind: 'event', text: 'An empty text: nothing is said.' }];
      const prompt = { voice, engine, text, ...(ssml !== undefined && { ssml }) };
      return [{ kind: 'speech', prompt, ...(pauseSeconds !== undefined && { pauseSeconds }) }];
    }
    case 'recording':
      return [message];
    case 'silence':
      return silence(message.seconds);
  }
}

/** To a tenth of a second. */
function silence(exact: number): Heard[] {
  const seconds = Math.round(exact * 10) / 10;
  return seconds > 0 ? [{ kind: 'silence', seconds }] : [];
}
