import type { SimulatedCall } from '../simulate/call-case.ts';
import type { FlowStep, LoopMessage } from '../simulate/flow-steps.ts';
import { messageSeconds } from '../simulate/speech.ts';
import type { Voice } from '../voices.ts';
import type { Prompt } from './prompt.ts';

/** One line of a call as somebody hears it. */
export type HeardLine = {
  /** Name of the flow; none of what happens outside the flows. */
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

/** A flow that speaks for ever is as plain after so many lines. */
const MOST_LINES = 500;

/**
 * A simulated call as what is heard, and by whom, with what happens meanwhile. A loop of prompts is heard once, however
 * long it goes on; a loop of silence is silent for as long as it lasts.
 *
 * @param hasPrompt is a block of a flow one that speaks?
 */
export function heardLines(call: SimulatedCall, hasPrompt: (flow: string, block: string) => boolean): HeardLine[] {
  const lines: HeardLine[] = [];
  let heardBlock = '';
  for (const [index, line] of call.lines.entries()) {
    if (lines.length >= MOST_LINES) {
      lines.push({ kind: 'event', listener: 'customer', text: 'The call goes on like this; this page does not.' });
      break;
    }
    if (line.kind === 'event') {
      lines.push({ kind: 'event', listener: 'customer', text: line.text });
      continue;
    }
    const { flow, listener, step } = line;
    const after = call.lines[index + 1];
    const left = after?.kind === 'event' ? after.at - line.at : Number.POSITIVE_INFINITY;
    const heard = heardOfStep(step, left).map((one): HeardLine => ({ ...one, flow, listener }));
    const isUnsaid = step.kind === 'go' && step.edge.kind === 'error' && `${flow}/${step.block}` !== heardBlock;
    if (isUnsaid && hasPrompt(flow, step.block)) {
      lines.push({ kind: 'unsaid', flow, listener, text: `${step.block} fails${because(step)}` });
    }
    if (heard.length > 0 || step.kind === 'go') heardBlock = step.kind === 'go' ? '' : `${flow}/${step.block}`;
    for (const one of heard) addLine(lines, one);
  }
  return lines;
}

const because = ({ because: why }: FlowStep & { kind: 'go' }): string => (why === undefined ? '' : `: ${why}`);

/** Silence after silence is one. */
function addLine(lines: HeardLine[], line: HeardLine): void {
  const before = lines.at(-1);
  const isLonger = line.kind === 'silence' && before?.kind === 'silence' && before.listener === line.listener;
  if (isLonger) before.seconds += line.seconds;
  else lines.push(line);
}

/** Without flow and listener. */
type Heard = HeardLine extends infer Line ? (Line extends HeardLine ? Omit<Line, 'flow' | 'listener'> : never) : never;

/** @param left seconds until something outside the flow breaks in, such as an agent who takes the call */
function heardOfStep(step: FlowStep, left: number): Heard[] {
  switch (step.kind) {
    case 'say':
      return heardOfMessage({ ...step, kind: 'text' }, step);
    case 'play':
      return [{ kind: 'recording', recording: step.recording }];
    case 'wait':
      return silence(Math.min(step.seconds, left));
    case 'loop':
      return heardOfLoop(step, Math.min(step.interruptAfterSeconds ?? Number.POSITIVE_INFINITY, left));
    case 'keys':
      return [
        step.pressed === undefined
          ? { kind: 'event', text: `No key is pressed for ${step.seconds} s.`, seconds: step.seconds }
          : { kind: 'event', text: `The customer presses ${step.pressed}.`, seconds: step.seconds },
      ];
    case 'dial':
      return [{ kind: 'event', text: 'A number outside is called.' }];
    case 'callback':
      return [{ kind: 'event', text: 'A callback is arranged.' }];
    case 'hang-up':
      return [{ kind: 'event', text: step.broken ? 'The call is dropped.' : 'The flow hangs up.' }];
    default:
      return [];
  }
}

function heardOfLoop(loop: FlowStep & { kind: 'loop' }, seconds: number): Heard[] {
  const isSilent = loop.messages.every(({ kind }) => kind === 'silence');
  if (isSilent && Number.isFinite(seconds)) return silence(seconds);
  const heard: Heard[] = [];
  let left = seconds;
  for (const message of loop.messages) {
    if (left <= 0) return heard;
    heard.push(
      ...(message.kind === 'silence' ? silence(Math.min(message.seconds, left)) : heardOfMessage(message, loop)),
    );
    left -= messageSeconds(message);
  }
  if (left <= 0) return heard;
  const howLong = Number.isFinite(seconds) ? `until ${Math.round(seconds)} s have passed` : 'as long as it takes';
  return [...heard, { kind: 'event', text: `The same over and over, ${howLong}.` }];
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
