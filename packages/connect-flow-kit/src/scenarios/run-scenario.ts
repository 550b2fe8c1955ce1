import { type BlockNames, blockNamesOf } from '../block-name.ts';
import type { NamedFlow } from '../document.ts';
import type { SimulatedCall } from '../simulate/call-case.ts';
import { simulateCall } from '../simulate/simulate-call.ts';
import { heardIn } from './heard.ts';
import type { Expectation, Scenario, ScenarioCase } from './parse-scenarios.ts';

/** The result of one case of a scenario. */
export interface CaseResult {
  /** Name of the flow the call starts with. */
  flow: string;
  scenario: Scenario;
  case: ScenarioCase;
  call: SimulatedCall;
  /** What is not as it should be; none if the case holds. */
  mismatches: Mismatch[];
  /** What a reader is told about the blocks of a flow. */
  namesIn(flow: string): BlockNames;
}

export interface Mismatch {
  /** Which expectation; `fails` if a block that was to fail could not. */
  expectation: keyof Expectation | 'fails';
  expected: string | string[];
  found: string | string[];
}

/**
 * Runs the cases of a scenario and compares what is heard with what should be heard.
 *
 * @param gone blocks that the scenarios name and no flow has, with what is known about each
 */
export function runScenario(
  scenario: Scenario,
  entry: NamedFlow,
  find: (reference: string) => NamedFlow | undefined,
  gone: ReadonlyMap<string, string> = new Map(),
): CaseResult[] {
  const namesIn = (flow: string): BlockNames => {
    const { document } = (flow === entry.name ? entry : find(flow)) ?? {};
    return document === undefined ? (block) => block : blockNamesOf(document);
  };
  /** A block as the scenario names it, and if that is a UUID, what it does. */
  const inWords = (block: string): string => {
    const at = block.lastIndexOf('/');
    const identifier = block.slice(at + 1);
    const name = namesIn(at < 0 ? entry.name : block.slice(0, at))(identifier);
    return name === identifier ? `"${block}"` : `"${block}" (${name})`;
  };
  return scenario.cases.map((one) => {
    const call = simulateCall(entry, one.call, find);
    const unknown = Object.keys(one.call.fail ?? {}).flatMap((block): Mismatch[] => {
      const found = gone.get(block);
      return found === undefined ? [] : [{ expectation: 'fails', expected: `"${block}"`, found }];
    });
    // Without its failure it is a different call, so what is heard in it means nothing.
    const mismatches =
      unknown.length > 0 ? unknown : [...failuresMissed(one, call, inWords), ...mismatchesOf(scenario.expected, call)];
    return { flow: entry.name, scenario, case: one, call, mismatches, namesIn };
  });
}

/** Compares a call with an expectation. */
function mismatchesOf(expected: Expectation, call: SimulatedCall): Mismatch[] {
  const heard = heardIn(call, 'customer');
  const agentHeard = heardIn(call, 'agent');
  const { hears, hearsFirst, hearsLast, hearsNot = [], agentHears, ends } = expected;
  const wronglyHeard = heard.filter((text) => hearsNot.some((phrase) => text.includes(phrase)));
  const mismatches: (Mismatch | false)[] = [
    hears !== undefined && !sameTexts(hears, heard) && { expectation: 'hears', expected: hears, found: heard },
    hearsFirst !== undefined &&
      hearsFirst !== heard[0] && { expectation: 'hearsFirst', expected: hearsFirst, found: heard[0] ?? '' },
    hearsLast !== undefined &&
      hearsLast !== heard.at(-1) && { expectation: 'hearsLast', expected: hearsLast, found: heard.at(-1) ?? '' },
    wronglyHeard.length > 0 && { expectation: 'hearsNot', expected: hearsNot, found: wronglyHeard },
    agentHears !== undefined &&
      !sameTexts(agentHears, agentHeard) && { expectation: 'agentHears', expected: agentHears, found: agentHeard },
    ends !== call.end && { expectation: 'ends', expected: ends, found: call.end },
  ];
  return mismatches.filter((mismatch) => mismatch !== false);
}

/**
 * What was to fail and did not, as the case has it: a block that the call never reached, or an error type for which the block
 * has no branch although it has others. Such a case would show nothing.
 */
function failuresMissed(
  { call: { fail = {} } }: ScenarioCase,
  { lines, taken }: SimulatedCall,
  inWords: (block: string) => string,
): Mismatch[] {
  const names = (flow: string, block: string): string[] => [block, `${flow}/${block}`];
  const reached = new Set(lines.flatMap((line) => (line.kind === 'step' ? names(line.flow, line.step.block) : [])));
  return Object.entries(fail).flatMap(([block, errorType]): Mismatch[] => {
    if (!reached.has(block))
      return [{ expectation: 'fails', expected: inWords(block), found: 'the call never comes to it' }];
    const branches = taken.flatMap((way) =>
      way.edge.kind === 'error' && names(way.flow, way.block).includes(block) ? [way.edge.errorType] : [],
    );
    if (branches.length === 0 || branches.includes(errorType)) return [];
    return [
      { expectation: 'fails', expected: `a branch of ${inWords(block)} for ${errorType}`, found: branches[0] ?? '' },
    ];
  });
}

const sameTexts = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, index) => text === others[index]);
