import { followsNext } from '../catalogue/catalogue.ts';
import type { FlowAction } from '../document.ts';
import type { Edge } from '../simulate/flow-steps.ts';

/** A transition that a call can take out of a block. */
export interface Transition {
  edge: Edge;
  to: string;
  /** When it is taken, in words: `Equals "member"`, `NoMatchingError`. Missing for NextAction. */
  on?: string;
}

/**
 * The transitions of a block that a call can take, in reading order: conditions, NextAction, errors. A
 * NextAction that must be written but is never taken is not among them, nor is the second branch of one error type: the
 * first wins.
 */
export function transitionsOf(action: FlowAction): Transition[] {
  const { NextAction, Conditions, Errors } = action.Transitions;
  const conditions = Conditions.map(
    ({ NextAction: to, Condition: { Operator, Operands } }, index): Transition => ({
      edge: { kind: 'condition', index },
      to,
      on: [Operator, ...Operands.map((operand) => `"${operand}"`)].join(' '),
    }),
  );
  const next: Transition[] =
    NextAction !== undefined && followsNext(action.Type, action.Parameters)
      ? [{ edge: { kind: 'next' }, to: NextAction }]
      : [];
  const firstOfItsType = Errors.filter(
    ({ ErrorType }, index) => Errors.findIndex((other) => other.ErrorType === ErrorType) === index,
  );
  const errors = firstOfItsType.map(
    ({ NextAction: to, ErrorType }): Transition => ({
      edge: { kind: 'error', errorType: ErrorType },
      to,
      on: ErrorType,
    }),
  );
  return [...conditions, ...next, ...errors];
}
