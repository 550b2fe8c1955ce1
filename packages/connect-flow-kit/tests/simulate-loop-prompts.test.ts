import { describe, expect, it } from 'vitest';
import { END, equals, flowOf, loop, say, setHook, setQueue, type TestBlock, TRANSFER } from '../src/flow-builder.ts';
import type { FlowStep } from '../src/simulate/flow-steps.ts';
import { walkFlow } from '../src/simulate/walk-flow.ts';
import { heardAt, ofKind, QUEUE, simulated, worldOf } from './simulate-support.ts';

/** The first so many steps of a flow that goes on for as long as the customer waits. */
function firstSteps(count: number, ...blocks: TestBlock[]): FlowStep[] {
  const steps: FlowStep[] = [];
  for (const step of walkFlow({ name: 'test', document: flowOf(...blocks) }, worldOf({ secondsPerCharacter: 1 }))) {
    if (steps.push(step) === count) break;
  }
  return steps;
}

/** Two messages of 4 and 6 seconds, interrupted after 15: in the second round, one second into the second message. */
const MESSAGES = [{ Text: 'おはよう' }, { Text: 'お待ちくださ' }];
const prompts = (change: Record<string, unknown> = {}): TestBlock => ({
  Type: 'MessageParticipantIteratively',
  Parameters: { Messages: MESSAGES, InterruptFrequencySeconds: '15', ...change },
  Transitions: { Conditions: equals({ MessagesInterrupted: 'block 2' }) },
});

describe('Resume after an interruption', () => {
  it('starts the prompts again, each time', () => {
    const steps = firstSteps(11, prompts(), say('もう少しです'), END);
    expect(steps.flatMap((step) => (step.kind === 'go' ? [] : [step.kind]))).toEqual([
      'loop',
      'say',
      'resume',
      'loop',
      'say',
      'resume',
      'loop',
    ]);
    expect(ofKind(steps, 'resume')[0]).toEqual({ kind: 'resume', block: 'block 3', to: 'block 1', how: 'again' });
    expect(ofKind(steps, 'loop').map(({ from }) => from)).toEqual([undefined, undefined, undefined]);
  });

  it.each<[string, TestBlock]>([
    ['a word', say('もう少しです')],
    ['a recording', { Type: 'MessageParticipant', Parameters: { PromptId: 'patience' } }],
    ['a question', { Type: 'GetParticipantInput', Parameters: { StoreInput: 'True', InputTimeLimitSeconds: '5' } }],
  ])('goes on with the next prompt after %s where the block says so', (_name, heard) => {
    const steps = firstSteps(9, prompts({ ContinueMessagingDuringInterrupt: 'true' }), heard, END);
    expect(ofKind(steps, 'resume')[0]).toMatchObject({ how: 'next' });
    expect(ofKind(steps, 'loop')[1]?.from).toEqual({ message: 0, seconds: 0 });
  });

  it('goes on where the prompt was if nothing else was heard', () => {
    const quiet: TestBlock = { Type: 'UpdateContactAttributes', Parameters: { Attributes: { waited: 'true' } } };
    const steps = firstSteps(12, prompts({ ContinueMessagingDuringInterrupt: 'true' }), quiet, END);
    expect(ofKind(steps, 'resume').map(({ how }) => how)).toEqual(['on', 'on']);
    expect(ofKind(steps, 'loop').map(({ from }) => from)).toEqual([
      undefined,
      { message: 1, seconds: 1 },
      // Another 15 seconds are a round and a half.
      { message: 0, seconds: 0 },
    ]);
  });

  it('is the end of the flow where the prompts were never interrupted', () => {
    expect(firstSteps(9, END, prompts())).toEqual([{ kind: 'end', block: 'block 1' }]);
  });

  it('counts for the prompts that were interrupted last', () => {
    const second: TestBlock = { ...loop([{ Text: 'まだです' }], 30), Transitions: { NextAction: 'block 3' } };
    const steps = firstSteps(7, prompts(), second, END);
    expect(ofKind(steps, 'resume')[0]).toMatchObject({ to: 'block 2' });
  });

  it('keeps the customer in the queue until an agent is free', () => {
    // Prepare
    const entry = flowOf(setHook('CustomerQueue', 'waiting'), setQueue(QUEUE), TRANSFER);
    const waiting = flowOf(loop([{ Text: 'Please wait.' }], 60), say('もう少しです。'), END);

    // Act
    const call = simulated(entry, { agentAfterSeconds: 200 }, { waiting });

    // Assess
    expect(call).toMatchObject({
      end: 'agent',
      because: 'An agent talks to the customer after 200 seconds in the queue.',
    });
    expect(heardAt(call).map(([at]) => at)).toEqual([60, 121, 182]);
  });
});

it('prompts that are come back to by the flow itself start again, also after a Resume', () => {
  // Prepare: the first interruption ends in Resume, the second leads back.
  const once: TestBlock = {
    Type: 'Loop',
    Parameters: { LoopCount: '1' },
    Transitions: { Conditions: equals({ ContinueLooping: 'block 3', DoneLooping: 'block 1' }) },
  };

  // Act
  const steps = firstSteps(8, prompts({ ContinueMessagingDuringInterrupt: 'true' }), once, END);

  // Assess
  expect(ofKind(steps, 'loop').map(({ from }) => from)).toEqual([undefined, { message: 1, seconds: 1 }, undefined]);
});
