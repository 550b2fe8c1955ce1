import { blockNamesOf } from '../block-name.ts';
import { followsNext } from '../catalogue/catalogue.ts';
import { type FlowAction, type FlowDocument, isObject } from '../document.ts';

/**
 * A flow in the form in which it is compared: blocks that point at each other, without anything that makes no difference to a
 * call.
 */
export interface FlowGraph {
  blocks: Block[];
  /** Where the flow begins; undefined if StartAction names no block. */
  start: Block | undefined;
}

/** A block without its layout. Two blocks of the same `content` do the same, wherever they lead. */
export interface Block {
  identifier: string;
  /** What a reader is shown: the identifier or, if that is a UUID, what the block does. */
  name: string;
  type: string;
  /** Keys in order, numbers written as text: the service accepts `5` for `"5"`. */
  parameters: Record<string, unknown>;
  /** Type and parameters in one text. */
  content: string;
  branches: Branch[];
  /** Conditions are tried in order, and here the order matters. */
  ordered: boolean;
}

/** One branch of a block. */
export interface Branch {
  /** Unique within the block, and equal for equal branches of two blocks. */
  key: string;
  on: BranchName;
  /** Identifier as written. */
  target: string;
  /** Undefined if the identifier names no block. */
  to: Block | undefined;
}

/** When a branch is taken. `next`: nothing else applies. */
export type BranchName =
  | { kind: 'next' }
  | { kind: 'error'; errorType: string }
  | { kind: 'condition'; operator: string; operands: string[] };

/** Deeper than any parameter of the flow language; anything below is not compared. */
const DEEPEST = 40;

export function graphOf(flow: FlowDocument): FlowGraph {
  const nameOf = blockNamesOf(flow);
  const blocks = flow.Actions.map((action) => blockOf(action, nameOf(action.Identifier)));
  const byIdentifier = new Map(blocks.toReversed().map((block) => [block.identifier, block]));
  for (const branch of blocks.flatMap(({ branches }) => branches)) branch.to = byIdentifier.get(branch.target);
  return { blocks, start: byIdentifier.get(flow.StartAction) };
}

function blockOf(action: FlowAction, name: string): Block {
  const parameters = normalParameters(action.Parameters);
  return {
    identifier: action.Identifier,
    name,
    type: action.Type,
    parameters,
    content: JSON.stringify([action.Type, parameters]),
    branches: branchesOf(action),
    ordered: orderDecides(action),
  };
}

function branchesOf({ Type, Parameters, Transitions }: FlowAction): Branch[] {
  const written: Omit<Branch, 'to' | 'key'>[] = [
    ...(Transitions.NextAction !== undefined && followsNext(Type, Parameters)
      ? [{ on: { kind: 'next' } as const, target: Transitions.NextAction }]
      : []),
    ...Transitions.Conditions.map(({ NextAction, Condition: { Operator, Operands } }) => ({
      on: { kind: 'condition', operator: Operator, operands: Operands } as const,
      target: NextAction,
    })),
    ...Transitions.Errors.toSorted((a, b) => (a.ErrorType < b.ErrorType ? -1 : 1)).map(({ NextAction, ErrorType }) => ({
      on: { kind: 'error', errorType: ErrorType } as const,
      target: NextAction,
    })),
  ];
  const seen = new Map<string, number>();
  return written.map(({ on, target }) => {
    const name = JSON.stringify(Object.values(on));
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return { key: before === 0 ? name : `${name} ${before}`, on, target, to: undefined };
  });
}

/** At most one of several different `Equals` matches, so their order makes no difference; equal ones are numbered. */
const orderDecides = ({ Transitions: { Conditions } }: FlowAction): boolean =>
  Conditions.some(({ Condition }) => Condition.Operator !== 'Equals');

/** Keys in order, numbers as text. */
export const normalParameters = (parameters: Record<string, unknown>): Record<string, unknown> =>
  normalFields(parameters, 0);

const normalFields = (value: Record<string, unknown>, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, normal(entry, depth + 1)]),
  );

function normal(value: unknown, depth: number): unknown {
  if (typeof value === 'number') return String(value);
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((entry) => normal(entry, depth + 1));
  return isObject(value) ? normalFields(value, depth) : value;
}
