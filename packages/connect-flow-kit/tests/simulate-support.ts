import type { FlowDocument, NamedFlow } from '../src/document.ts';
import type { ReferenceValues } from '../src/references.ts';
import type { CallCase, SimulatedCall } from '../src/simulate/call-case.ts';
import type { FlowStep } from '../src/simulate/flow-steps.ts';
import { type FlowWorld, newContact } from '../src/simulate/flow-world.ts';
import { simulateCall } from '../src/simulate/simulate-call.ts';
import { walkFlow } from '../src/simulate/walk-flow.ts';

export const CUSTOMER = '+819012345678';
export const QUEUE = '00000000-0000-4000-8000-00000000a001';

/** A world in which everything works: one free agent, open, nobody presses a key. */
export function worldOf(change: Partial<FlowWorld & ReferenceValues> = {}): FlowWorld {
  const { attributes = {}, system = {}, ...world } = change;
  return {
    contact: newContact({ attributes, system: { 'CustomerEndpoint.Address': CUSTOMER, ...system } }),
    findFlow: () => undefined,
    queue: (id) => (id === QUEUE ? { name: 'support', arn: `arn:${QUEUE}` } : undefined),
    queueHasRoom: () => true,
    queueNow: () => ({
      agentsAvailable: 1,
      agentsStaffed: 2,
      agentsOnline: 3,
      contactsWaiting: 4,
      oldestContactSeconds: 300,
    }),
    isOpen: () => true,
    press: () => undefined,
    invoke: () => ({}),
    intent: () => undefined,
    drawPercent: () => 1,
    answeredBy: () => 'human',
    ...world,
  };
}

/** Every step of a walk. */
export const walk = (flow: FlowDocument, change: Partial<FlowWorld & ReferenceValues> = {}): FlowStep[] => [
  ...walkFlow({ name: 'test', document: flow }, worldOf(change)),
];

export const said = (steps: readonly FlowStep[]): string[] =>
  steps.flatMap((step) => (step.kind === 'say' ? [step.text] : []));

/** The steps of one kind. */
export const ofKind = <Kind extends FlowStep['kind']>(steps: readonly FlowStep[], kind: Kind) =>
  steps.filter((step): step is FlowStep & { kind: Kind } => step.kind === kind);

/** Flows that find each other by their names. */
export const findIn =
  (flows: Readonly<Record<string, FlowDocument>>) =>
  (name: string): NamedFlow | undefined => {
    const document = Object.hasOwn(flows, name) ? flows[name] : undefined;
    return document && { name, document };
  };

/** Simulates a call that starts with `entry`. */
export const simulated = (
  entry: FlowDocument,
  callCase: CallCase = {},
  others: Readonly<Record<string, FlowDocument>> = {},
): SimulatedCall => simulateCall({ name: 'entry', document: entry }, callCase, findIn({ ...others, entry }));

/** What one side hears, with its time. */
export const heardAt = ({ lines }: SimulatedCall, listener: 'customer' | 'agent' = 'customer'): [number, string][] =>
  lines.flatMap((line): [number, string][] =>
    line.kind === 'step' && line.listener === listener && line.step.kind === 'say' ? [[line.at, line.step.text]] : [],
  );

export const eventsOf = ({ lines }: SimulatedCall): string[] =>
  lines.flatMap((line) => (line.kind === 'event' ? [line.text] : []));
