import type { NamedFlow } from '../document.ts';
import { heardOf } from '../scenarios/heard.ts';
import type { ScenarioSet } from '../scenarios/parse-scenarios.ts';
import type { CallCase, CallEnd, SimulatedCall } from '../simulate/call-case.ts';
import type { FlowStep } from '../simulate/flow-steps.ts';
import { simulateCall } from '../simulate/simulate-call.ts';
import { DEFAULT_VOICE, type Voice } from '../voices.ts';
import { type BlocksOverTime, inNames } from './blocks-over-time.ts';

/** Finds a flow by its name, or by what other flows write to mean it. */
type FindFlow = (reference: string) => NamedFlow | undefined;

/** What the scenarios show about two versions of the flows. */
export interface CallsDifference {
  /** Calls that could be made with both versions. */
  compared: number;
  different: CallDifference[];
  /** Names in the scenarios that the later version does not have. */
  outdated: OutdatedName[];
  /** Why there was nothing to compare with: a sentence. */
  unusable?: string;
}

/** The name of a block or flow that a scenario file names. */
export interface OutdatedName {
  /** The scenario file. */
  path: string;
  name: string;
  /** Its current name; undefined if it is gone. */
  now?: string;
}

/** A call of a scenario that has changed. */
export interface CallDifference {
  /** The stage whose settings were used; undefined if the flows' tokens are spoken as they are. */
  stage?: string;
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
 * they end. A scenario may name a block that is to fail as either version calls it.
 */
export function compareCalls(
  sets: readonly ScenarioSet[],
  before: FindFlow,
  after: FindFlow,
  blocks: BlocksOverTime,
): CallsDifference {
  let compared = 0;
  const different: CallDifference[] = [];
  const outdated: OutdatedName[] = [];
  for (const { path, flow, scenarios } of sets) {
    const [earlier, later] = [before(flow), after(flow)];
    if (!earlier || !later) continue;
    for (const { name, call } of scenarios.flatMap(({ cases }) => cases)) {
      compared += 1;
      const was = heardCall(simulateCall(earlier, inNames(call, blocks.earlierName), before));
      const is = heardCall(
        simulateCall(
          later,
          inNames(call, (block) => blocks.laterName(block) ?? block),
          after,
        ),
      );
      if (!soundAlike(was, is)) different.push({ flow, scenario: name, before: was, after: is });
      outdated.push(...outdatedNames(call, path, blocks));
    }
  }
  return { compared, different, outdated };
}

const outdatedNames = ({ fail = {} }: CallCase, path: string, { laterName }: BlocksOverTime): OutdatedName[] =>
  Object.keys(fail).flatMap((name) => {
    const now = laterName(name);
    if (now === name) return [];
    return [{ path, name, ...(now !== undefined && { now }) }];
  });

const soundAlike = (a: HeardCall, b: HeardCall): boolean =>
  a.end === b.end && a.lines.length === b.lines.length && a.lines.every((line, index) => line === b.lines[index]);

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
      return ['(The call is transferred to an external number.)'];
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
