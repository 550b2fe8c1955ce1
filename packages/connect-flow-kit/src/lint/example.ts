import type { FlowAction } from '../document.ts';

/** A short flow for the page of rules and for the tests that run it. */
export interface ExampleFlow {
  /** The first one is the start. */
  blocks: readonly object[];
  /** Fields of the document that matter here, such as `Metadata`. */
  document?: Readonly<Record<string, unknown>>;
}

/** Blocks that stand for the rest of a flow; an example may lead to them without showing them. */
const REST: readonly object[] = [
  block('Apologise', 'MessageParticipant', { Text: 'Sorry, please call again later.' }, next('Hang up')),
  block('Hang up', 'DisconnectParticipant'),
  block('Resume', 'EndFlowExecution'),
];

/** The text of the example's flow file, completed with the blocks it leads to. */
export function exampleText({ blocks, document }: ExampleFlow): string {
  const [first] = blocks as readonly Partial<FlowAction>[];
  const own = JSON.stringify(blocks);
  const mentioned = (text: string) => (rest: object) => text.includes(JSON.stringify((rest as FlowAction).Identifier));
  const shown = new Set((blocks as readonly Partial<FlowAction>[]).map(({ Identifier }) => Identifier));
  const direct = REST.filter(mentioned(own));
  const added = REST.filter(mentioned(own + JSON.stringify(direct))).filter(
    (rest) => !shown.has((rest as FlowAction).Identifier),
  );
  return JSON.stringify({
    Version: '2019-10-30',
    StartAction: first?.Identifier,
    ...document,
    Actions: [...blocks, ...added],
  });
}

export function block(
  Identifier: string,
  Type: string,
  Parameters: Readonly<Record<string, unknown>> = {},
  Transitions: object = {},
) {
  return { Identifier, Type, Parameters, Transitions };
}

/**
 * Transitions of a block.
 *
 * @param errors error type → Identifier of the block to continue with
 * @param conditions operand → Identifier, each with the operator `Equals`
 */
export function next(
  NextAction: string,
  errors: Readonly<Record<string, string>> = {},
  conditions: Readonly<Record<string, string>> = {},
) {
  const Errors = Object.entries(errors).map(([ErrorType, to]) => ({ NextAction: to, ErrorType }));
  const Conditions = Object.entries(conditions).map(([operand, to]) => ({
    NextAction: to,
    Condition: { Operator: 'Equals', Operands: [operand] },
  }));
  return {
    NextAction,
    ...(Errors.length > 0 && { Errors }),
    ...(Conditions.length > 0 && { Conditions }),
  };
}

/** A prompt that apologises if it cannot be spoken; there is nothing wrong with it. */
export const say = (Identifier: string, Text: string, then: string) =>
  block(Identifier, 'MessageParticipant', { Text }, next(then, { NoMatchingError: then }));
