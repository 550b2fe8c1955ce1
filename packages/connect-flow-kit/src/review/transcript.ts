import type { BlockNames } from '../block-name.ts';
import { foldRounds } from '../fold-rounds.ts';
import type { CallLine, SimulatedCall } from '../simulate/call-case.ts';
import type { FlowStep, LoopMessage } from '../simulate/flow-steps.ts';
import { BUFFERED, RESUMED } from '../simulate/timeline.ts';
import { code, markdown } from './escape.ts';

/**
 * A simulated call as lines of Markdown: what is heard and by whom, every choice with its reason, the end.
 *
 * @param nameOf the name of a block of a flow
 */
export function transcriptOf(
  call: SimulatedCall,
  nameOf = (_flow: string, identifier: string): string => identifier,
): string[] {
  let flow = '';
  const lines = call.lines.flatMap((line): string[] => {
    const words = line.kind === 'event' ? [`*${markdown(line.text)}*`] : wordsOf(line, (id) => nameOf(line.flow, id));
    if (line.kind === 'event') flow = '';
    if (line.kind === 'event' || words.length === 0 || line.flow === flow) return words;
    flow = line.flow;
    return [`flow ${code(flow)}:`, ...words];
  });
  return [...foldRounds(lines), `**${call.end}**: ${markdown(call.because)}`];
}

function wordsOf({ step, listener }: CallLine & { kind: 'step' }, nameOf: BlockNames): string[] {
  const block = (identifier: string): string => markdown(nameOf(identifier));
  const to = listener === 'agent' ? ' to the agent' : '';
  switch (step.kind) {
    case 'say':
      return [`${markdown(step.voice)}${to}: ${spoken(step.text)}${missing(step.unresolved)}`];
    case 'play':
      return [`recording ${code(step.recording)}${to}`];
    case 'loop':
      return [
        `${markdown(step.voice)}${to}, ${howLong(step)}: ${step.messages.map(messageInWords).join(' ')}${unheard(step)}`,
      ];
    case 'keys':
      return [step.pressed === undefined ? `no key in ${step.seconds} seconds` : `keys pressed: ${code(step.pressed)}`];
    case 'go':
      return step.because === undefined ? [] : [`${block(step.block)} → ${block(step.to)}: ${markdown(step.because)}`];
    case 'resume':
      return [`${block(step.block)} → ${block(step.to)}: its prompts ${RESUMED[step.how]}`];
    case 'buffer':
      return [`${block(step.block)}: ${BUFFERED[step.did]}`];
    case 'wait':
      return [`${step.seconds} seconds pass`];
    case 'attributes':
      return Object.entries(step.values).map(([name, value]) => `${code(name)} is set to ${spoken(value)}`);
    case 'lambda':
      return [`Lambda function ${code(step.functionArn)} answers ${code(JSON.stringify(step.answered))}`];
    case 'data-table':
      return [`${block(step.block)} reads the data table: ${code(JSON.stringify(step.found))}`];
    case 'dial':
      return ['an external number is called'];
    case 'callback':
      return ['a callback is arranged'];
    case 'not-simulated':
      return [`${block(step.block)} is passed over: ${code(step.type)} is not simulated`];
    default:
      return [];
  }
}

const spoken = (text: string): string => `「${markdown(text)}」`;

const missing = (unresolved: readonly string[] = []): string =>
  unresolved.length === 0 ? '' : ` (${unresolved.map(code).join(', ')} is nothing)`;

const howLong = ({ interruptAfterSeconds }: FlowStep & { kind: 'loop' }): string =>
  interruptAfterSeconds === undefined ? 'over and over' : `for ${interruptAfterSeconds} seconds`;

const unheard = ({ messages, reached = messages.length }: FlowStep & { kind: 'loop' }): string =>
  reached < messages.length ? ` (the interruption comes before the last ${messages.length - reached})` : '';

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
