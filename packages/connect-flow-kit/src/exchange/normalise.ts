import { type FlowAction, type FlowDocument, isMadeUp } from '../document.ts';
import { ENTRY_POINT, layoutOf } from './layout.ts';
import { notesOf } from './notes.ts';

/**
 * The text of a flow file as this repository keeps it: keys in one order, a layout generated from the flow itself, and
 * none of the designer's own records except notes. Two flows that do the same in the same blocks have the same text.
 */
export const flowText = (flow: FlowDocument): string => `${JSON.stringify(normalise(flow), null, 2)}\n`;

function normalise(flow: FlowDocument) {
  const positions = layoutOf(flow);
  const { name, description, type } = flow.Metadata ?? {};
  const notes = notesOf(flow);
  return {
    Version: flow.Version,
    StartAction: flow.StartAction,
    Metadata: {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(type !== undefined && { type }),
      entryPointPosition: ENTRY_POINT,
      ActionMetadata: Object.fromEntries(
        flow.Actions.map(({ Identifier }) => [
          Identifier,
          { position: positions.get(Identifier), ...(!isMadeUp(Identifier) && { isFriendlyName: true }) },
        ]),
      ),
      ...(notes.length > 0 && { Annotations: notes }),
    },
    ...(flow.Settings && { Settings: flow.Settings }),
    Actions: flow.Actions.map(normaliseAction),
  };
}

function normaliseAction({ Identifier, Type, Parameters, Transitions }: FlowAction) {
  const { NextAction, Errors, Conditions } = Transitions;
  // The service treats empty and missing lists alike; missing ones are shorter to read.
  const transitions = {
    ...(NextAction !== undefined && { NextAction }),
    ...(Conditions.length > 0 && {
      Conditions: Conditions.map(({ NextAction: to, Condition: { Operator, Operands } }) => ({
        NextAction: to,
        Condition: { Operator, Operands },
      })),
    }),
    ...(Errors.length > 0 && {
      Errors: Errors.map(({ NextAction: to, ErrorType }) => ({ NextAction: to, ErrorType })),
    }),
  };
  return { Identifier, Type, Parameters, Transitions: transitions };
}
