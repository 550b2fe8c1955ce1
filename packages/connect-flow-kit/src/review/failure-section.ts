import { blockNamesOf } from '../block-name.ts';
import type { FlowDocument } from '../document.ts';
import { transitionsOf } from '../scenarios/transitions.ts';
import { markdown } from './escape.ts';
import { table } from './markdown-table.ts';
import { blocksInOrder, isFailure, readingOrderOf } from './reading-order.ts';

const ONWARD = 'the next block, as if it had worked';

/** Where failures lead, one line for each target; nothing if no block has a branch for its failure. */
export function failureSection(flow: FlowDocument): string[] {
  const nameOf = blockNamesOf(flow);
  const blocksByTarget = new Map<string, string[]>();
  for (const action of blocksInOrder(readingOrderOf(flow))) {
    const transitions = transitionsOf(action);
    for (const { to } of transitions.filter(isFailure)) {
      const target = transitions.some(({ edge, to: next }) => edge.kind === 'next' && next === to)
        ? ONWARD
        : markdown(nameOf(to));
      blocksByTarget.set(target, [...(blocksByTarget.get(target) ?? []), markdown(nameOf(action.Identifier))]);
    }
  }
  const rows = [...blocksByTarget].map(([target, blocks]) => [target, blocks.join(', ')]);
  return rows.length === 0
    ? []
    : ['### When a block fails', table(['the call continues at', 'after a failure of'], rows)];
}
