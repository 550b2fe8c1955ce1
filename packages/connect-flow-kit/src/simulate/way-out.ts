import { followsNext } from '../catalogue/catalogue.ts';
import type { FlowAction } from '../document.ts';
import type { Edge } from './flow-steps.ts';

/** How a block ended. */
export type Outcome =
  /** Along NextAction. */
  | { kind: 'next' }
  /**
   * The conditions decide by this value. `fact` says in plain words what was found out; `operand` gives the value of an
   * operand as written, undefined if it cannot be compared with.
   */
  | { kind: 'choose'; value: string; fact: string; exists?: boolean; operand?: (written: string) => string | undefined }
  | { kind: 'error'; errorType: string; because: string }
  /** The run is over. */
  | { kind: 'over' };

export const NEXT: Outcome = { kind: 'next' };
export const OVER: Outcome = { kind: 'over' };

export const failure = (errorType: string, because: string): Outcome => ({ kind: 'error', errorType, because });
export const noMatchingError = (because: string): Outcome => failure('NoMatchingError', because);

/** Where a block leads. */
export interface Way {
  edge: Edge;
  to: string;
  because?: string;
  /** An error that leads where the block leads without one. */
  asNext?: true;
}

/**
 * The transition taken after an outcome; a sentence (without a full stop) if there is none and the flow stops.
 *
 * @param inWords the block, for that sentence
 *
 * `NoMatchingError` catches every error type that has no branch of its own. No error follows `NextAction`, since the
 * block has not done its work; a prompt without an error branch does, and is not heard. If no condition matches, a
 * block that has no `NoMatchingCondition` continues along `NextAction`.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/play.html for prompts without an error branch
 */
export function wayOut(
  action: FlowAction,
  outcome: Exclude<Outcome, { kind: 'over' }>,
  inWords: () => string,
): Way | string {
  const { NextAction, Errors, Conditions } = action.Transitions;
  switch (outcome.kind) {
    case 'next':
      return NextAction === undefined ? `${inWords()} leads nowhere` : { edge: { kind: 'next' }, to: NextAction };

    case 'choose': {
      const { value, fact, exists = true, operand = asWritten } = outcome;
      const index = Conditions.findIndex(({ Condition: { Operator, Operands } }) => {
        const other = operand(Operands[0] ?? '');
        return other !== undefined && holds(Operator, value, other, exists);
      });
      const held = Conditions[index];
      if (held === undefined) {
        const goesOn =
          followsNext(action.Type, action.Parameters) &&
          !Errors.some(({ ErrorType }) => ErrorType === 'NoMatchingCondition');
        return goesOn && NextAction !== undefined
          ? { edge: { kind: 'next' }, to: NextAction, because: `${fact}, no condition holds` }
          : wayOut(action, { kind: 'error', errorType: 'NoMatchingCondition', because: fact }, inWords);
      }
      const { Operator, Operands } = held.Condition;
      const words = Object.hasOwn(OPERATOR_WORDS, Operator) ? OPERATOR_WORDS[Operator] : undefined;
      const because = words === undefined ? fact : `${fact}, ${words} ${Operands[0]}`;
      return { edge: { kind: 'condition', index }, to: held.NextAction, because };
    }

    case 'error': {
      const { errorType, because } = outcome;
      const branch =
        Errors.find(({ ErrorType }) => ErrorType === errorType) ??
        Errors.find(({ ErrorType }) => ErrorType === 'NoMatchingError');
      if (branch === undefined && action.Type === 'MessageParticipant' && NextAction !== undefined) {
        return { edge: { kind: 'next' }, to: NextAction, because: `${because}, and there is no branch for an error` };
      }
      if (branch === undefined) return `${inWords()} has no branch for ${errorType}: ${because}`;
      return {
        edge: { kind: 'error', errorType: branch.ErrorType },
        to: branch.NextAction,
        because: branch.ErrorType === errorType ? because : `${errorType}: ${because}`,
        ...(branch.NextAction === NextAction &&
          followsNext(action.Type, action.Parameters) && { asNext: true as const }),
      };
    }
  }
}

const asWritten = (operand: string): string => operand;

/** Operators that a reader needs words for. */
const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  TextStartsWith: 'starting with',
  TextEndsWith: 'ending with',
  TextContains: 'containing',
  NumberGreaterThan: 'more than',
  NumberGreaterOrEqualTo: 'at least',
  NumberLessThan: 'less than',
  NumberLessOrEqualTo: 'at most',
};

/**
 * Does a condition match? Case counts. A number operator is false if either side is not a number; an operator that
 * is not in the list never matches.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language-actions.html
 */
function holds(operator: string, value: string, operand: string, exists = true): boolean {
  const number = value.trim() === '' || operand.trim() === '' ? Number.NaN : Number(value);
  const limit = Number(operand);
  switch (operator) {
    case 'Equals':
      return value === operand;
    case 'TextStartsWith':
      return value.startsWith(operand);
    case 'TextEndsWith':
      return value.endsWith(operand);
    case 'TextContains':
      return value.includes(operand);
    case 'NumberGreaterThan':
      return number > limit;
    case 'NumberGreaterOrEqualTo':
      return number >= limit;
    case 'NumberLessThan':
      return number < limit;
    case 'NumberLessOrEqualTo':
      return number <= limit;
    case 'KeyExists':
      // Not documented: the operand is taken as the result, so that "False" asks for a missing key.
      return exists === (operand.toLowerCase() !== 'false');
    default:
      return false;
  }
}
