import type { FlowAction, NamedFlow } from '../document.ts';
import type { CallLine, SimulatedCall } from '../simulate/call-case.ts';

/** A step of a simulated call, and the block it comes from. */
export type StepLine = CallLine & { kind: 'step' };

/** The part of a simulated call that a test case can show: everything up to the transfer to a queue, and what comes after. */
export interface CutCall {
  until: readonly StepLine[];
  after: readonly StepLine[];
  blockOf(line: StepLine): FlowAction | undefined;
}

/** @param find a flow by its name */
export function cutAtQueue(call: SimulatedCall, find: (name: string) => NamedFlow | undefined): CutCall {
  const lines = call.lines.filter((line): line is StepLine => line.kind === 'step');
  const transfer = lines.findIndex(({ step }) => step.kind === 'enter-queue');
  const place = transfer < 0 ? lines.length : transfer + 1;
  return {
    until: lines.slice(0, place),
    after: lines.slice(place),
    blockOf: ({ flow, step }) => find(flow)?.document.Actions.find(({ Identifier }) => Identifier === step.block),
  };
}
