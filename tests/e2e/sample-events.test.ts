import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { PROJECT } from '../run-command.ts';
import { sample } from './path-support.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ speed: 200, agents: 1 });
});
afterAll(() => stack.close());

/** What the functions say to each sample event when they come in the order of docs/local-stack.md. */
const ANSWERS: Record<string, object> = {
  'validate-request.json': { decision: 'continue', request: { queue: { name: 'visitors' } } },
  'check-queue.json': { decision: 'continue', turn: { queueArn: expect.stringContaining(':instance/') } },
  'enter-waiting-room.json': { place: expect.stringContaining('#11111111-2222-4333-8444-0000000000aa') },
  'release-tick.json': { runs: [expect.anything()] },
  'start-call.json': { contactId: expect.any(String) },
  'take-later-turn.json': { decision: 'turn', turn: { isOpen: true } },
  'record-outcome.json': { outcome: 'call_placed', reason: 'accepted' },
  'execution-aborted.json': { settled: false },
  'contact-event.agent.json': { contactId: '00000000-0000-4000-8000-0000000000ff' },
  'schedule.json': { looked: 0, settled: 0 },
  'sns-guide-test.json': { requests: [{ started: true }] },
};

/** The table of functions and sample events in a page. */
const offeredIn = (page: string) =>
  [...readFileSync(join(PROJECT, page), 'utf8').matchAll(/^\| (\w+) \| events\/(\S+\.json)/gm)].map(
    ([, name = '', event = '']) => ({ name, event }),
  );

it('each function takes the sample event that the page offers for it', async () => {
  // Prepare
  const offered = offeredIn('docs/local-stack.md');
  expect(offeredIn('docs/local-stack.ja.md')).toEqual(offered);
  expect([...new Set(offered.map(({ name }) => name))].sort()).toEqual(Object.keys(stack.service.functions).sort());
  // Act
  const answers: Record<string, unknown> = {};
  for (const { name, event } of offered) answers[event] = await stack.functions.invoke(name, sample(event));
  // Assess
  expect(answers).toMatchObject(ANSWERS);
});
