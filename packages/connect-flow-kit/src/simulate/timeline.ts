import { foldRounds } from '../fold-rounds.ts';
import type { CallLine, SimulatedCall } from './call-case.ts';
import { CUSTOMER } from './call-world.ts';
import type { FlowStep, LoopMessage } from './flow-steps.ts';

/** One line for a reader. */
interface TimelineRow {
  /** Who speaks; empty for everything that is not heard. */
  voice: string;
  text: string;
}

/** What a reader calls things. */
interface Names {
  /** The flow with this id, ARN or token. */
  flow(reference: string): string;
  /** A block of the flow of this name. */
  block(flow: string, identifier: string): string;
}

const VOICE_WIDTH = 18;
const INDENT = ' '.repeat(2);

/**
 * A simulated call as lines of text: the time, who speaks, what is heard, and, where the flow had a choice, why it went
 * as it did. Steps without a choice are left out.
 *
 * @param names of flows and blocks
 */
export function renderTimeline(call: SimulatedCall, names: Names): string[] {
  const out: string[] = [];
  let heading = '';
  let shownAt = '';
  for (const line of call.lines) {
    const rows = rowsOf(line, names);
    if (rows.length === 0) continue;
    const title = line.kind === 'event' ? '' : headingOf(line);
    if (title !== '' && title !== heading) {
      out.push('', title, '');
      heading = title;
      shownAt = '';
    }
    for (const { voice, text } of rows) {
      const at = `${line.at.toFixed(1)} s`;
      out.push(`${(at === shownAt ? '' : at).padStart(10)}${INDENT}${voice.padEnd(VOICE_WIDTH)}${INDENT}${text}`);
      shownAt = at;
    }
  }
  const missing = unresolvedIn(call);
  return [
    ...foldRounds(out, ' '.repeat(10 + VOICE_WIDTH + INDENT.length * 3)),
    ...(missing.length > 0 ? ['', `Nothing stands in place of ${missing.join(', ')}.`] : []),
    '',
    `${call.because} [${call.end}]`,
  ].map((line) => line.replace(/\s*[\r\n]\s*/g, ' '));
}

const headingOf = ({ flow, listener }: CallLine & { kind: 'step' }): string =>
  listener === 'agent' ? `${flow} — only the agent hears it` : flow;

function rowsOf(line: CallLine, names: Names): TimelineRow[] {
  if (line.kind === 'event') return [{ voice: '', text: `— ${line.text}` }];
  const { step } = line;
  const block = (identifier: string): string => names.block(line.flow, identifier);
  const quiet = (text: string): TimelineRow => ({ voice: '', text: `${INDENT}· ${block(step.block)}: ${text}` });
  switch (step.kind) {
    case 'say':
      return [{ voice: `${step.voice} (${step.engine})`, text: spoken(step.text) }];
    case 'play':
      return [{ voice: 'recording', text: `♪ ${step.recording}` }];
    case 'loop': {
      const { interruptAfterSeconds: seconds } = step;
      const until = seconds === undefined ? 'as long as the customer waits' : `for ${seconds} seconds`;
      return [
        quiet(`over and over, ${until}:`),
        ...step.messages.map((message, index) => ({
          voice: message.kind === 'text' ? `${step.voice} (${step.engine})` : '',
          text: `${message.kind === 'text' ? '' : INDENT.repeat(2)}${messageText(message)}${
            index < (step.reached ?? step.messages.length) ? '' : ' (never heard: the interruption comes first)'
          }`,
        })),
      ];
    }
    case 'go':
      return step.because === undefined ? [] : [quiet(`${choice(step)} → ${block(step.to)}`)];
    default: {
      const text = happening(step, names, block);
      return text === undefined ? [] : [quiet(text)];
    }
  }
}

const spoken = (text: string): string => (text === '' ? '(an empty text: nothing is said)' : `「${text}」`);

function messageText(message: LoopMessage): string {
  switch (message.kind) {
    case 'text':
      return spoken(message.text);
    case 'recording':
      return `♪ ${message.recording}`;
    case 'silence':
      return `silence, ${message.seconds} s`;
  }
}

function choice({ edge, because = '' }: FlowStep & { kind: 'go' }): string {
  if (edge.kind !== 'error') return because;
  if (edge.errorType === 'NoMatchingCondition') return `${because}, no condition holds`;
  return `${because} [${edge.errorType}]`;
}

export const BUFFERED = {
  starts: 'keys are buffered from now on',
  stops: 'keys are buffered no more, and those that were are gone',
  skips: 'the prompt is skipped, since there are keys in the buffer',
} as const;

export const RESUMED = {
  again: 'start again',
  next: 'go on with the next one',
  on: 'go on as if nothing had been',
} as const;

/** What a silent step does; undefined if there is nothing to report. */
function happening(step: FlowStep, names: Names, block: (identifier: string) => string): string | undefined {
  switch (step.kind) {
    case 'voice':
      return `the voice is ${step.voice} (${step.engine})`;
    case 'keys':
      return step.pressed === undefined ? `no key for ${step.seconds} s` : `the customer presses ${step.pressed}`;
    case 'buffer':
      return BUFFERED[step.did];
    case 'hook':
      return `${step.hook} is ${names.flow(step.flow)}`;
    case 'attributes':
      return `sets ${Object.entries(step.values)
        .map(([key, value]) => `${key} = ${value === CUSTOMER ? "the customer's number" : `"${value}"`}`)
        .join(', ')}`;
    case 'target-queue':
      return `the queue is ${step.queue}`;
    case 'enter-queue':
      return `to the queue ${step.queue}`;
    case 'enter-flow':
      return `goes on in ${step.name}`;
    case 'leave-module':
      return 'back to the flow';
    case 'to-agent':
      return 'to the agent';
    case 'dial':
      return 'calls an external number';
    case 'callback':
      return `arranges a callback from the queue ${step.queue}`;
    case 'lambda':
      return `asks ${step.functionArn}, which answers ${JSON.stringify(step.answered)}`;
    case 'data-table':
      return `reads the table: ${JSON.stringify(step.found)}`;
    case 'wait':
      return `silence, ${step.seconds} s`;
    case 'resume':
      return `back to ${block(step.to)}, whose prompts ${RESUMED[step.how]}`;
    case 'end':
      return 'the flow is over';
    case 'hang-up':
      return step.broken ? `the flow stops: ${step.because}` : 'hangs up';
    case 'not-simulated':
      return step.known
        ? `${step.type} is not simulated, the flow goes on as if it had worked`
        : `${step.type} is no known block, the flow goes on as if it had worked`;
    default:
      return undefined;
  }
}

/** References in spoken texts that resolved to nothing, each once. */
function unresolvedIn({ lines }: SimulatedCall): string[] {
  const names = lines.flatMap((line) => {
    if (line.kind === 'event') return [];
    if (line.step.kind === 'say') return line.step.unresolved ?? [];
    if (line.step.kind !== 'loop') return [];
    return line.step.messages.flatMap((message) => (message.kind === 'text' ? (message.unresolved ?? []) : []));
  });
  return [...new Set(names)];
}
