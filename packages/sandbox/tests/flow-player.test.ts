import type { FlowStep } from 'connect-flow-kit';
import { expect, it } from 'vitest';
import { playFlow } from '../connect/flow-player.ts';

/** Plays steps, each wait over at once. @returns when each thing was heard, and when the flow was over */
function played(steps: readonly FlowStep[]): [seconds: number, heard: string][] {
  const heard: [number, string][] = [];
  let now = 0;
  const waiting: (() => void)[] = [];
  playFlow(steps.values(), {
    secondsPerCharacter: 1,
    wait(seconds, then) {
      waiting.push(() => {
        now += seconds;
        then();
      });
    },
    took: () => undefined,
    asks: () => undefined,
    pressesByItself: () => undefined,
    entered: () => undefined,
    hears: (text) => void heard.push([now, text]),
    over: () => void heard.push([now, 'over']),
  });
  for (let next = waiting.shift(); next; next = waiting.shift()) next();
  return heard;
}

it('a loop of prompts is interrupted in the middle of one when its time has passed', () => {
  const voice = { voice: 'Kazuha', engine: 'Neural' };
  const messages = ['おはよう', 'こんにちは'].map((text) => ({ kind: 'text' as const, text }));
  const loop: FlowStep = { kind: 'loop', block: 'wait', messages, interruptAfterSeconds: 15, ...voice };
  expect(played([loop, { kind: 'say', block: 'sorry', text: 'まだです', ...voice }])).toEqual([
    [0, 'おはよう'],
    [4, 'こんにちは'],
    [9, 'おはよう'],
    [13, 'こんにちは'],
    [15, 'まだです'],
    [19, 'over'],
  ]);
});

it('a loop of prompts that goes on begins in the middle of one, which is not told again', () => {
  const voice = { voice: 'Kazuha', engine: 'Neural' };
  const messages = ['おはよう', 'こんにちは'].map((text) => ({ kind: 'text' as const, text }));
  const from = { message: 1, seconds: 2 };
  const loop: FlowStep = { kind: 'loop', block: 'wait', messages, interruptAfterSeconds: 5, from, ...voice };
  expect(played([loop])).toEqual([
    [3, 'おはよう'],
    [5, 'over'],
  ]);
});
