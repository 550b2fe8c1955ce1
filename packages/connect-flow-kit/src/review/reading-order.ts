import type { FlowAction, FlowDocument } from '../document.ts';
import { type Transition, transitionsOf } from '../scenarios/transitions.ts';

/** The blocks of a flow in the order in which a person reads them. */
export interface ReadingOrder {
  /** What a call goes through as long as no block fails. */
  mainRoad: FlowAction[];
  /** Blocks that only a failure leads to. */
  afterFailure: FlowAction[];
  /** Blocks that nothing leads to. */
  unreachable: FlowAction[];
}

/** Something went wrong that is not the result of a decision: every other error type is part of the main path. */
export const isFailure = ({ edge }: Transition): boolean =>
  edge.kind === 'error' && edge.errorType === 'NoMatchingError';

/**
 * A block comes after the blocks that lead to it, unless they form a circle; of several branches, the first comes
 * first.
 */
export function readingOrderOf(flow: FlowDocument): ReadingOrder {
  const mainRoad = reachable(flow, (transition) => !isFailure(transition));
  const all = reachable(flow, () => true);
  const afterFailure = all.filter((action) => !mainRoad.includes(action));
  return { mainRoad, afterFailure, unreachable: flow.Actions.filter((action) => !all.includes(action)) };
}

/** All of them, one by one. */
export const blocksInOrder = ({ mainRoad, afterFailure, unreachable }: ReadingOrder): FlowAction[] => [
  ...mainRoad,
  ...afterFailure,
  ...unreachable,
];

function reachable(flow: FlowDocument, follow: (transition: Transition) => boolean): FlowAction[] {
  const blocks = new Map(flow.Actions.map((action) => [action.Identifier, action]));
  const seen = new Set<string>();
  const finished: FlowAction[] = [];
  // A stack of its own instead of recursion: reverse postorder.
  const stack: { action: FlowAction; targets: string[] }[] = [];
  const enter = (identifier: string): void => {
    const action = blocks.get(identifier);
    if (!action || seen.has(identifier)) return;
    seen.add(identifier);
    stack.push({
      action,
      targets: transitionsOf(action)
        .filter(follow)
        .map(({ to }) => to),
    });
  };
  enter(flow.StartAction);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = top.targets.pop();
    if (target !== undefined) enter(target);
    else {
      finished.push(top.action);
      stack.pop();
    }
  }
  return finished.reverse();
}
