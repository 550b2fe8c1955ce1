import { describe, expect, it } from 'vitest';
import { BYE, END, equals, errors, flowOf, loop, say, type TestBlock } from '../src/flow-builder.ts';
import { heardAt, ofKind, said, simulated, walk } from './simulate-support.ts';

/** A Wait whose branches say where they lead. */
const waitOf = (Parameters: Record<string, unknown>, ...answers: string[]): TestBlock => ({
  Type: 'Wait',
  Parameters: { TimeLimitSeconds: '60', ...Parameters },
  Transitions: {
    Conditions: equals(Object.fromEntries(answers.map((answer) => [answer, answer]))),
    Errors: errors({ NoMatchingError: 'failed' }),
  },
});

/** A prompt for each branch, and one for the error. */
const wordsFor = (...answers: string[]): TestBlock[] =>
  [...answers, 'failed'].map((Identifier) => say(Identifier, { Identifier, Transitions: { NextAction: BYE } }));

describe('Wait on a voice call', () => {
  it.each<[string, Record<string, unknown>]>([
    ['by itself', {}],
    ['for a customer of a chat', { Events: ['CustomerReturned'] }],
  ])('%s takes the error branch at once', (_name, parameters) => {
    const steps = walk(flowOf(waitOf(parameters, 'WaitCompleted'), ...wordsFor('WaitCompleted')));
    expect(said(steps)).toEqual(['failed']);
    expect(steps[0]).toMatchObject({ kind: 'go', because: 'a voice call cannot wait here' });
  });

  it('takes the error branch in the flow of a queue, whatever it waits for', () => {
    const flow = flowOf(
      waitOf({ ContinueExecution: 'True' }, 'Continue', 'WaitCompleted'),
      ...wordsFor('Continue', 'WaitCompleted'),
    );
    expect(said(walk({ ...flow, Metadata: { type: 'customerQueue' } }))).toEqual(['failed']);
    expect(said(walk({ ...flow, Metadata: { type: 'contactFlow' } }))[0]).toBe('Continue');
  });

  it('that is for a function goes on when it has returned', () => {
    const flow = flowOf(
      waitOf({}, 'FunctionReturned', 'WaitCompleted'),
      ...wordsFor('FunctionReturned', 'WaitCompleted'),
    );
    expect(said(walk(flow))).toEqual(['FunctionReturned']);
  });

  const keepsRunning = waitOf({ ContinueExecution: 'True', MinimumWaitTimeSeconds: '1' }, 'Continue', 'WaitCompleted');

  it('that keeps running goes on meanwhile, and the rest of the time passes at the end of that', () => {
    const flow = flowOf(
      keepsRunning,
      say('あいうえおかき', { Identifier: 'Continue', Transitions: { NextAction: 'end' } }),
      { ...END, Identifier: 'end' },
      ...wordsFor('WaitCompleted'),
    );
    expect(heardAt(simulated(flow))).toEqual([
      [0, 'あいうえおかき'],
      [60, 'WaitCompleted'],
    ]);
    expect(ofKind(walk(flow), 'wait')).toEqual([{ kind: 'wait', block: 'block 1', seconds: 59 }]);
  });

  it('that keeps running is over with its time, however far the flow has come', () => {
    const flow = flowOf(
      keepsRunning,
      { ...loop([{ Text: 'はい' }], 50), Identifier: 'Continue', Transitions: { NextAction: 'Continue' } },
      ...wordsFor('WaitCompleted'),
    );
    expect(heardAt(simulated(flow))).toEqual([[100, 'WaitCompleted']]);
  });
});
