import type { CallLine, SimulatedCall } from '../simulate/call-case.ts';
import type { FlowStep, LoopMessage } from '../simulate/flow-steps.ts';
import { code, markdown } from './escape.ts';

/** A simulated call as lines of Markdown: what is heard and by whom, every choice with its reason, the end. */
export function transcriptOf(call: SimulatedCall): string[] {
  let flow = '';
  const lines = call.lines.flatMap((line): string[] => {
    const words = wordsOf(line);
    if (line.kind === 'event') flow = '';
    if (line.kind === 'event' || words.length === 0 || line.flow === flow) return words;
    flow = line.flow;
    return [`flow ${code(flow)}:`, ...words];
  });
  return [...withoutRounds(lines), `**${call.end}**: ${markdown(call.because)}`];
}

function wordsOf(line: CallLine): string[] {
  if (line.kind === 'event') return [`*${markdown(line.text)}*`];
  const { step, listener } = line;
  const to = listener === 'agent' ? ' to the agent' : '';
  switch (step.kind) {
    case 'say':
      return [`${markdown(step.voice)}${to}: ${spoken(step.text)}${missing(step.unresolved)}`];
    case 'play':
      return [`recording ${code(step.recording)}${to}`];
    case 'loop':
      return [`${markdown(step.voice)}${to}, ${howLong(step)}: ${step.messages.map(messageInWords).join(' ')}`];
    case 'keys':
      return [step.pressed === undefined ? `no key in ${step.seconds} seconds` : `keys pressed: ${code(step.pressed)}`];
    case 'go':
      return step.because === undefined
        ? []
        : [`${markdown(step.block)} → ${markdown(step.to)}: ${markdown(step.because)}`];
    case 'wait':
      return [`${step.seconds} seconds pass`];
    case 'attributes':
      return Object.entries(step.values).map(([name, value]) => `${code(name)} is set to ${spoken(value)}`);
    case 'lambda':
      return [`Lambda function ${code(step.functionArn)} answers ${code(JSON.stringify(step.answered))}`];
    case 'dial':
      return ['a number outside is called'];
    case 'callback':
      return ['a callback is arranged'];
    case 'not-simulated':
      return [`${markdown(step.block)} is passed over: ${code(step.type)} is not simulated`];
    default:
      return [];
  }
}

const spoken = (text: string): string => `「${markdown(text)}」`;

const missing = (unresolved: readonly string[] = []): string =>
  unresolved.length === 0 ? '' : ` (${unresolved.map(code).join(', ')} is nothing)`;

const howLong = ({ interruptAfterSeconds }: FlowStep & { kind: 'loop' }): string =>
  interruptAfterSeconds === undefined ? 'over and over' : `for ${interruptAfterSeconds} seconds`;

function messageInWords(message: LoopMessage): string {
  switch (message.kind) {
    case 'text':
      return `${spoken(message.text)}${missing(message.unresolved)}`;
    case 'recording':
      return `recording ${code(message.recording)}`;
    case 'silence':
      return `(${message.seconds} seconds of silence)`;
  }
}

/** Lines of one round of a loop. */
const LONGEST_ROUND = 8;

/** Rounds that differ from the one before by nothing but numbers are counted, not written. */
function withoutRounds(lines: readonly string[]): string[] {
  const alike = (some: readonly string[], others: readonly string[]): boolean =>
    some.join('\n').replace(/\d+/g, '0') === others.join('\n').replace(/\d+/g, '0');
  const short: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const length = Array.from({ length: LONGEST_ROUND }, (_, index) => index + 1).find((size) =>
      [1, 2].every((round) => alike(slice(at, size), slice(at + round * size, size))),
    );
    const size = length ?? 1;
    short.push(...slice(at, size));
    let rounds = 0;
    while (length !== undefined && alike(slice(at, size), slice(at + (rounds + 1) * size, size))) rounds++;
    if (rounds > 0) short.push(`… and so on, ${rounds} times more`);
    at += size * (rounds + 1);
  }
  return short;

  function slice(from: number, size: number): string[] {
    return lines.slice(from, from + size);
  }
}
