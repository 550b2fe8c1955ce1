import type { FlowAction, FlowDocument, Transitions } from './document.ts';

/** A block of a flow made in a test; anything left out is filled in. */
export interface TestBlock {
  Identifier?: string;
  Type: string;
  Parameters?: Record<string, unknown>;
  Transitions?: Partial<Transitions>;
}

/** The last block of every such flow. */
export const BYE = 'bye';

/**
 * A flow of these blocks, named `block 1`, `block 2` … unless they say otherwise. Each leads to the next unless it says
 * otherwise; the first is the start; after the last, `bye` hangs up.
 */
export function flowOf(...blocks: TestBlock[]): FlowDocument {
  const names = [...blocks.map(({ Identifier }, index) => Identifier ?? `block ${index + 1}`), BYE];
  const actions = blocks.map(
    ({ Type, Parameters = {}, Transitions = {} }, index): FlowAction => ({
      Identifier: names[index] ?? '',
      Type,
      Parameters,
      Transitions: { NextAction: names[index + 1] ?? BYE, Errors: [], Conditions: [], ...Transitions },
    }),
  );
  const bye: FlowAction = {
    Identifier: BYE,
    Type: 'DisconnectParticipant',
    Parameters: {},
    Transitions: { Errors: [], Conditions: [] },
  };
  return { Version: '2019-10-30', StartAction: names[0] ?? BYE, Actions: [...actions, bye] };
}

/** Error branches: `NoMatchingError` → where. */
export const errors = (branches: Record<string, string>): Transitions['Errors'] =>
  Object.entries(branches).map(([ErrorType, NextAction]) => ({ ErrorType, NextAction }));

/** Conditions `Equals` this → where. */
export const equals = (branches: Record<string, string>): Transitions['Conditions'] =>
  Object.entries(branches).map(([operand, NextAction]) => ({
    NextAction,
    Condition: { Operator: 'Equals', Operands: [operand] },
  }));

export const say = (Text: string, change: Partial<TestBlock> = {}): TestBlock => ({
  Type: 'MessageParticipant',
  Parameters: { Text },
  ...change,
});

export const setVoice = (voice: string, engine?: string, change: Partial<TestBlock> = {}): TestBlock => ({
  Type: 'UpdateContactTextToSpeechVoice',
  Parameters: { TextToSpeechVoice: voice, ...(engine !== undefined && { TextToSpeechEngine: engine }) },
  Transitions: { Errors: errors({ NoMatchingError: BYE }) },
  ...change,
});

export const setHook = (hook: string, flow: string): TestBlock => ({
  Type: 'UpdateContactEventHooks',
  Parameters: { EventHooks: { [hook]: flow } },
});

export const setQueue = (QueueId: string): TestBlock => ({ Type: 'UpdateContactTargetQueue', Parameters: { QueueId } });

export const TRANSFER: TestBlock = { Type: 'TransferContactToQueue' };

export const END: TestBlock = { Type: 'EndFlowExecution', Transitions: {} };

export const loop = (Messages: object[], seconds?: number): TestBlock => ({
  Type: 'MessageParticipantIteratively',
  Parameters: { Messages, ...(seconds !== undefined && { InterruptFrequencySeconds: String(seconds) }) },
});
