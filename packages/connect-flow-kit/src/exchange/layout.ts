import type { FlowDocument } from '../document.ts';

/** Where a block is in the flow designer, in its pixels. */
export interface Position {
  x: number;
  y: number;
}

const COLUMN = 240;
const ROW = 220;
const ORIGIN: Position = { x: 220, y: 40 };

/** Position of the designer's entry point. */
export const ENTRY_POINT: Position = { x: 40, y: 40 };

/**
 * Places the blocks of a flow from left to right: a block is one column to the right of the farthest block before it, so
 * every transition except those of loops leads to the right. The same flow always gets the same layout, so a flow that
 * was rearranged in the designer comes back unchanged.
 */
export function layoutOf(flow: FlowDocument): Map<string, Position> {
  const columns = columnsOf(flow);
  const used = new Map<number, number>();
  const positions = new Map<string, Position>();
  for (const { Identifier } of flow.Actions) {
    const column = columns.get(Identifier) ?? 0;
    const row = used.get(column) ?? 0;
    used.set(column, row + 1);
    positions.set(Identifier, { x: ORIGIN.x + column * COLUMN, y: ORIGIN.y + row * ROW });
  }
  return positions;
}

/** Longest path from the start, ignoring transitions that lead back. */
function columnsOf(flow: FlowDocument): Map<string, number> {
  const targets = new Map(flow.Actions.map((action) => [action.Identifier, targetsOf(action)]));
  const order = topologicalOrder(flow, targets);
  const rank = new Map(order.map((block, index) => [block, index]));
  const columns = new Map<string, number>();
  for (const block of order) {
    const column = columns.get(block) ?? 0;
    columns.set(block, column);
    for (const target of targets.get(block) ?? []) {
      const leadsBack = (rank.get(target) ?? -1) <= (rank.get(block) ?? 0);
      if (!leadsBack) columns.set(target, Math.max(columns.get(target) ?? 0, column + 1));
    }
  }
  return columns;
}

/** Reverse postorder of a depth-first walk; without recursion, because a flow may be 250 blocks deep. */
function topologicalOrder(flow: FlowDocument, targets: ReadonlyMap<string, string[]>): string[] {
  const seen = new Set<string>();
  const left: string[] = [];
  for (const start of [flow.StartAction, ...targets.keys()]) {
    if (seen.has(start) || !targets.has(start)) continue;
    seen.add(start);
    const path = [{ block: start, next: 0 }];
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const target = targets.get(here.block)?.[here.next++];
      if (target === undefined) {
        left.push(here.block);
        path.pop();
      } else if (!seen.has(target) && targets.has(target)) {
        seen.add(target);
        path.push({ block: target, next: 0 });
      }
    }
  }
  return left.reverse();
}

/** Every block an action leads to: the main path last, so that it stays in the first row. */
export function targetsOf({ Transitions }: FlowDocument['Actions'][number]): string[] {
  const { NextAction, Errors, Conditions } = Transitions;
  return [
    ...Errors.map((error) => error.NextAction),
    ...Conditions.map((condition) => condition.NextAction),
    ...(NextAction === undefined ? [] : [NextAction]),
  ];
}
