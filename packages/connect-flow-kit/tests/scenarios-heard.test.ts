import { expect, it } from 'vitest';
import { END, equals, flowOf, say, setHook, setQueue, type TestBlock, TRANSFER } from '../src/flow-builder.ts';
import { heardIn } from '../src/scenarios/heard.ts';
import { QUEUE, simulated } from './simulate-support.ts';

const prompts = (more: Record<string, unknown>): TestBlock => ({
  Type: 'MessageParticipantIteratively',
  Parameters: {
    Messages: [{ Text: 'お待ちください。' }, { PromptId: 'music' }],
    InterruptFrequencySeconds: '30',
    ...more,
  },
  Transitions: { Conditions: equals({ MessagesInterrupted: 'block 2' }) },
});

it.each<[string, Record<string, unknown>, string[]]>([
  ['again where an interruption starts them again', {}, ['お待ちください。', '[recording music]']],
  ['once where they go on after it', { ContinueMessagingDuringInterrupt: 'true' }, []],
])('the messages of a loop are heard %s', (_name, more, again) => {
  const entry = flowOf(setHook('CustomerQueue', 'waiting'), setQueue(QUEUE), TRANSFER);
  const call = simulated(
    entry,
    { agentAfterSeconds: 40 },
    { waiting: flowOf(prompts(more), say('もう少しです。'), END) },
  );
  expect(heardIn(call, 'customer')).toEqual(['お待ちください。', '[recording music]', 'もう少しです。', ...again]);
});

it('messages that the interruption never lets be heard are not', () => {
  const long = [{ Text: 'あ'.repeat(7 * 29) }, { Text: '二番目' }, { PromptId: 'music' }, { Text: '三番目' }];
  const entry = flowOf(setHook('CustomerQueue', 'waiting'), setQueue(QUEUE), TRANSFER);
  const heard = (more: Record<string, unknown>) =>
    heardIn(simulated(entry, { agents: 0 }, { waiting: flowOf(prompts({ Messages: long, ...more })) }), 'customer');
  expect(heard({})).not.toContain('三番目');
  expect(heard({})).toContain('二番目');
  expect(heard({ ContinueMessagingDuringInterrupt: 'true' })).toContain('三番目');
  expect(heard({ InterruptFrequencySeconds: '60' })).toContain('三番目');
});
