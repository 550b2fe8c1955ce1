/**
 * The part of Amazon Connect's testing language that scenarios are written in. `Version` is that of the page and of everybody who
 * published a test case; an earlier edition of the page had 2025-06-21, which the service refuses. `Usage` is left out: once
 * is the default, and the page's own spelling of it was refused.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/testing-language-observations.html
 */
export interface TestContent {
  Version: '2019-10-30';
  Metadata: Record<string, never>;
  Observations: Observation[];
}

/** One system event that the test waits for, and what is done then. */
export interface Observation {
  Identifier: string;
  Event: { Identifier: string; Type: EventType; Actor: 'System'; Properties: object };
  Actions: TestAction[];
  Transitions: { NextObservations: string[] };
}

type EventType = 'TestInitiated' | 'MessageReceived' | 'FlowActionStarted';

interface TestAction {
  Identifier: string;
  Type: 'OverrideSystemBehavior' | 'SendInstruction' | 'TestControl';
  Parameters: object;
  Transitions: { NextAction?: string };
}

/** An event without its position. */
interface TestEvent {
  type: EventType;
  properties: object;
}

export const STARTED: TestEvent = { type: 'TestInitiated', properties: {} };

/** By meaning, since what is spoken is heard, not read: the service splits speech at pauses. */
export const textHeard = (Text: string): TestEvent => ({
  type: 'MessageReceived',
  properties: { Text, MatchingCriteria: { Type: 'Similarity' } },
});

export const promptHeard = (PromptId: string): TestEvent => ({ type: 'MessageReceived', properties: { PromptId } });

export const transferStarted = (QueueId: string): TestEvent => ({
  type: 'FlowActionStarted',
  properties: { ActionType: 'TransferContactToQueue', ActionParameters: { QueueId } },
});

/** An action without its position. */
export type TestStep = Pick<TestAction, 'Type' | 'Parameters'>;

export const END_TEST: TestStep = {
  Type: 'TestControl',
  Parameters: { ActionType: 'TestControl', Command: { Type: 'EndTest' } },
};

export const pressKeys = (Value: string): TestStep => ({
  Type: 'SendInstruction',
  Parameters: {
    ActionType: 'SendInstruction',
    Actor: 'Customer',
    Instruction: { Type: 'DtmfInput', Properties: { Value } },
  },
});

/** What a block returns instead of doing its work. `ActionParameters` name what it works with, and must not be empty. */
const answerFor = (ActionType: string, ActionParameters: Record<string, string>, Response: object): TestStep => ({
  Type: 'OverrideSystemBehavior',
  Parameters: {
    ActionType: 'OverrideSystemBehavior',
    Behavior: {
      Type: 'FlowAction',
      Properties: { ActionType, ActionParameters, Strategy: { Type: 'MockResponse', Response } },
    },
  },
});

/** @see https://docs.aws.amazon.com/connect/latest/devguide/testing-language-actions-override-system-behavior.html */
export const functionAnswers = (LambdaFunctionARN: string, answer: object): TestStep =>
  answerFor(
    'InvokeLambdaFunction',
    { LambdaFunctionARN },
    { Type: 'ExecutionResult', ExecutionResult: { LoadedData: JSON.stringify(answer) } },
  );

export const functionFails = (LambdaFunctionARN: string): TestStep =>
  answerFor('InvokeLambdaFunction', { LambdaFunctionARN }, { Type: 'Error', Error: { Value: 'NoMatchingError' } });

export const transferFails = (QueueId: string, errorType: string): TestStep =>
  answerFor('TransferContactToQueue', { QueueId }, { Type: 'Error', Error: { Value: errorType } });

/** An event, and what is done when it comes. */
export interface Exchange {
  event: TestEvent;
  steps: TestStep[];
}

/** Events one by one, each with what is done when it comes. */
export function contentOf(exchanges: readonly Exchange[]): TestContent {
  const name = (index: number): string => `observation-${index + 1}`;
  return {
    Version: '2019-10-30',
    Metadata: {},
    Observations: exchanges.map(({ event: { type, properties }, steps }, index) => ({
      Identifier: name(index),
      Event: { Identifier: `${name(index)}-event`, Type: type, Actor: 'System', Properties: properties },
      Actions: steps.map(({ Type, Parameters }, place) => ({
        Identifier: `${name(index)}-action-${place + 1}`,
        Type,
        Parameters,
        Transitions: place + 1 < steps.length ? { NextAction: `${name(index)}-action-${place + 2}` } : {},
      })),
      Transitions: { NextObservations: index + 1 < exchanges.length ? [name(index + 1)] : [] },
    })),
  };
}
