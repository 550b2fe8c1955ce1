import type { NamedFlow } from '../document.ts';
import { heardOf } from '../scenarios/heard.ts';
import type { ScenarioSet } from '../scenarios/parse-scenarios.ts';
import type { CallCase, CallEnd, SimulatedCall } from '../simulate/call-case.ts';
import type { FlowStep } from '../simulate/flow-steps.ts';
import { simulateCall } from '../simulate/simulate-call.ts';
import { DEFAULT_VOICE, type Voice } from '../voices.ts';

/** Finds a flow by its name, or by what other flows write to mean it. */
type FindFlow = (reference: string) => NamedFlow | undefined;

/** What a block was called in the earlier version; without a flow, a block of any of them. */
export type EarlierName = (block: string, flow?: string) => string;

/** What the scenarios tell of two versions of the flows. */
export interface CallsDifference {
  /** Calls that could be made with both versions. */
  compared: number;
  different: CallDifference[];
  /** Why there was nothing to compare with: a sentence. */
  unusable?: string;
}

/** A call of a scenario that is not the same any more. */
export interface CallDifference {
  flow: string;
  scenario: string;
  before: HeardCall;
  after: HeardCall;
}

interface HeardCall {
  /** What the customer and the agent hear and do, in order. */
  lines: string[];
  end: CallEnd;
  /** One sentence. */
  because: string;
}

/**
 * Makes every call of the scenarios with both versions of the flows, and returns those that differ in what is heard or how
 * they end.
 *
 * @param earlierName a scenario names the blocks that are to fail
 */
export function compareCalls(
  sets: readonly ScenarioSet[],
  before: FindFlow,
  after: FindFlow,
  earlierName: EarlierName,
): CallsDifference {
  let compared = 0;
  const different: CallDifference[] = [];
  for (const { flow, scenarios } of sets) {
    const [earlier, later] = [before(flow), after(flow)];
    if (!earlier || !later) continue;
    for (const { name, call } of scenarios.flatMap(({ cases }) => cases)) {
      compared += 1;
      const was = heardCall(simulateCall(earlier, inEarlierNames(call, earlierName), before));
      const is = heardCall(simulateCall(later, call, after));
      if (!soundAlike(was, is)) different.push({ flow, scenario: name, before: was, after: is });
    }
  }
  return { compared, different };
}

const soundAlike = (a: HeardCall, b: HeardCall): boolean =>
  a.end === b.end && a.lines.length === b.lines.length && a.lines.every((line, index) => line === b.lines[index]);

/** A failure is written for `<flow>/<block>`, or for `<block>` of whichever flow has it. */
function inEarlierNames(call: CallCase, earlierName: EarlierName): CallCase {
  if (!call.fail) return call;
  const renamed = Object.entries(call.fail).map(([key, errorType]) => {
    const [, flow, block] = /^([^/]*)\/(.*)$/s.exec(key) ?? [];
    const name = flow === undefined || block === undefined ? earlierName(key) : `${flow}/${earlierName(block, flow)}`;
    return [name, errorType];
  });
  return { ...call, fail: Object.fromEntries(renamed) };
}

function heardCall({ lines, end, because }: SimulatedCall): HeardCall {
  let voice: Voice = DEFAULT_VOICE;
  const heard = lines.flatMap((line): string[] => {
    if (line.kind === 'event') return [`(${line.text})`];
    const { step, listener } = line;
    const texts = [...heardOf(step).map((text) => `「${text}」`), ...doneIn(step)];
    if ((step.kind === 'say' || step.kind === 'loop') && texts.length > 0 && !sameVoice(step, voice)) {
      voice = step;
      texts.unshift(`(The voice is ${step.voice}, ${step.engine}.)`);
    }
    return listener === 'agent' ? texts.map((text) => `to the agent: ${text}`) : texts;
  });
  return { lines: heard, end, because };
}

const sameVoice = (a: Voice, b: Voice): boolean => a.voice === b.voice && a.engine === b.engine;

/** What happens to somebody in a step besides hearing something. */
function doneIn(step: FlowStep): string[] {
  switch (step.kind) {
    case 'keys':
      return [
        step.pressed === undefined ? '(The customer presses nothing.)' : `(The customer presses ${step.pressed}.)`,
      ];
    case 'enter-queue':
      return [`(The contact joins queue ${step.queue}.)`];
    case 'dial':
      return ['(The call is put through to a number outside.)'];
    case 'callback':
      return [`(A callback is arranged, for queue ${step.queue}.)`];
    case 'wait':
      return [`(Nothing is heard for ${step.seconds} seconds.)`];
    case 'loop':
      return step.interruptAfterSeconds === undefined
        ? ['(over and over)']
        : [`(over and over, for ${step.interruptAfterSeconds} seconds)`];
    default:
      return [];
  }
}
