import type { FlowDocument } from '../document.ts';
import { flowTypeOf } from '../flow-types.ts';
import { compareBranches, onlyBlocksBetween } from './compare-branches.ts';
import { compareParameters } from './compare-parameters.ts';
import { type ChangedBlock, countOfChanges, type FlowDifference, type LoneBlock } from './difference.ts';
import { type Block, type FlowGraph, graphOf, normalParameters } from './flow-graph.ts';
import { matchBlocks, type Trust } from './match-blocks.ts';
import { arrivalsOf, type Pairing } from './pairing.ts';
import { referenceTo, targetOf } from './reference.ts';

/**
 * Compares two versions of a flow by what a call meets: renamed blocks, moved blocks and the order in which a file lists
 * them are not differences.
 *
 * Whether the blocks kept their identifiers or were given new ones cannot be known, so both are tried, and the version that
 * needs fewer changes is returned.
 */
export function compareFlows(before: FlowDocument, after: FlowDocument): FlowDifference {
  const [earlier, later] = [graphOf(before), graphOf(after)];
  const whole = { ...compareTypes(before, after), settings: compareSettings(before, after) };
  const trusting = (trust: Trust): FlowDifference => ({
    ...whole,
    ...compareGraphs(earlier, later, matchBlocks(earlier, later, trust)),
  });
  const [kept, renamed] = [trusting('identifiers'), trusting('behaviour')];
  return countOfChanges(renamed) < countOfChanges(kept) ? renamed : kept;
}

function compareTypes(before: FlowDocument, after: FlowDocument): Pick<FlowDifference, 'type'> {
  const [was, is] = [flowTypeOf(before), flowTypeOf(after)];
  return was !== undefined && is !== undefined && was !== is ? { type: { before: was, after: is } } : {};
}

const compareSettings = ({ Settings: before = {} }: FlowDocument, { Settings: after = {} }: FlowDocument) =>
  compareParameters(normalParameters(before), normalParameters(after));

function compareGraphs(earlier: FlowGraph, later: FlowGraph, pairing: Pairing): Omit<FlowDifference, 'settings'> {
  return {
    ...compareStarts(earlier, later, pairing),
    added: loneBlocks(pairing.freeLater(later.blocks), later),
    removed: loneBlocks(pairing.freeEarlier(earlier.blocks), earlier),
    changed: later.blocks.flatMap((block) => compareBlock(block, pairing)),
    renamed: later.blocks.flatMap((block) => {
      const [before, after] = [pairing.earlierOf(block)?.identifier, block.identifier];
      return before === undefined || before === after ? [] : [{ before, after }];
    }),
  };
}

function compareStarts(earlier: FlowGraph, later: FlowGraph, pairing: Pairing): Pick<FlowDifference, 'start'> {
  const [before, after] = [earlier.start, later.start];
  if (!before || !after || pairing.laterOf(before) === after || onlyBlocksBetween(before, after, pairing)) return {};
  return { start: { before: referenceTo(before), after: referenceTo(after) } };
}

const loneBlocks = (blocks: Block[], flow: FlowGraph): LoneBlock[] => {
  const arrivals = arrivalsOf(flow);
  return blocks.map((block) => ({
    ...referenceTo(block),
    isStart: block === flow.start,
    parameters: block.parameters,
    from: (arrivals.get(block) ?? []).map(({ from, branch }) => ({ block: referenceTo(from), on: branch.on })),
    branches: block.branches.map((branch) => ({ on: branch.on, to: targetOf(branch) })),
  }));
};

function compareBlock(after: Block, pairing: Pairing): ChangedBlock[] {
  const before = pairing.earlierOf(after);
  if (!before) return [];
  const parameters = compareParameters(before.parameters, after.parameters);
  const branches = compareBranches(before, after, pairing);
  if (parameters.length + branches.length === 0) return [];
  return [{ ...referenceTo(after), parameters, branches }];
}
