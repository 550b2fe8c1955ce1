import { blockNamesOf } from '../block-name.ts';
import type { NamedFlow } from '../document.ts';
import type { TakenEdge } from '../simulate/call-case.ts';
import type { Edge } from '../simulate/flow-steps.ts';
import { transitionsOf } from './transitions.ts';

/** How much of a flow the calls covered. */
export interface FlowCoverage {
  flow: string;
  /** Transitions that at least one call took. */
  taken: number;
  /** Transitions that exist. */
  total: number;
  /** Those that no call took, in the order of the document. */
  missing: MissedTransition[];
}

interface MissedTransition {
  block: string;
  /** What the block does, if its Identifier tells a reader nothing. */
  blockName?: string;
  /** Condition or error type; missing for NextAction. */
  on?: string;
  to: string;
  toName?: string;
}

/** Counts, for each flow, the transitions that the calls took. Blocks that nothing leads to count as well. */
export function coverageOf(flows: readonly NamedFlow[], taken: readonly TakenEdge[]): FlowCoverage[] {
  const keys = new Set(taken.map(({ flow, block, edge }) => keyOf(flow, block, edge)));
  return flows.map(({ name, document }) => {
    const transitions = document.Actions.flatMap((action) =>
      transitionsOf(action).map((transition) => ({ block: action.Identifier, ...transition })),
    );
    const nameOf = blockNamesOf(document);
    const missing = transitions.filter(({ block, edge }) => !keys.has(keyOf(name, block, edge)));
    return {
      flow: name,
      taken: transitions.length - missing.length,
      total: transitions.length,
      missing: missing.map(({ block, on, to }) => {
        const [blockName, toName] = [nameOf(block), nameOf(to)];
        return {
          block,
          ...(blockName !== block && { blockName }),
          ...(on !== undefined && { on }),
          to,
          ...(toName !== to && { toName }),
        };
      }),
    };
  });
}

/** Whole per cent, rounded down, so that 100 means all. A flow without transitions counts as covered. */
export const percentOf = ({ taken, total }: FlowCoverage): number =>
  total === 0 ? 100 : Math.floor((taken * 100) / total);

/** `"Set working queue" on NoMatchingError → "Apologise"` */
export const missedInWords = ({ block, blockName, on, to, toName }: MissedTransition): string =>
  `${blockName ?? `"${block}"`}${on === undefined ? '' : ` on ${on}`} → ${toName ?? `"${to}"`}`;

const keyOf = (flow: string, block: string, edge: Edge): string =>
  JSON.stringify([
    flow,
    block,
    edge.kind,
    edge.kind === 'error' ? edge.errorType : undefined,
    edge.kind === 'condition' ? edge.index : undefined,
  ]);
