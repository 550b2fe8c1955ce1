import { describe, expect, it } from 'vitest';
import { blockNamesOf } from '../src/block-name.ts';
import { readFlow } from '../src/document.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const QUEUE = 'arn:aws:connect:ap-northeast-1:123456789012:instance/a/queue/00000000-0000-4000-8000-00000000a001';

const nameOf = (Type: string, Parameters: Record<string, unknown>, Identifier = ID, noted: unknown = {}): string => {
  const { flow } = readFlow(
    JSON.stringify({
      Version: '2019-10-30',
      StartAction: Identifier,
      Metadata: { ActionMetadata: { [Identifier]: noted } },
      Actions: [{ Identifier, Type, Parameters, Transitions: {} }],
    }),
  );
  return blockNamesOf(flow)(Identifier);
};

describe('the name of a block', () => {
  it('is its Identifier, where a person wrote that', () => {
    expect(nameOf('MessageParticipant', { Text: 'はい。' }, 'Greet')).toBe('Greet');
    expect(nameOf('MessageParticipant', { Text: 'はい。' }, '挨拶')).toBe('挨拶');
  });

  it.each([
    [
      'MessageParticipant',
      { Text: 'Thank you for calling Example Ltd. today.' },
      'prompt "Thank you for calling Example …"',
    ],
    ['MessageParticipant', { SSML: '<speak>こんにちは。</speak>' }, 'prompt "こんにちは。"'],
    ['MessageParticipant', { Text: '$.Attributes.nameさん' }, 'prompt "{name}さん"'],
    ['MessageParticipant', { SSML: '<speak><break time="10s"/></speak>' }, 'prompt of silence'],
    ['MessageParticipantIteratively', { Messages: [{ Text: 'Please hold.' }] }, 'loop of prompts "Please hold."'],
    ['GetParticipantInput', { Text: 'Press 1.', StoreInput: 'False' }, 'question "Press 1."'],
    ['GetParticipantInput', { StoreInput: 'False', InputTimeLimitSeconds: '5' }, 'question'],
    [
      'UpdateContactTextToSpeechVoice',
      { TextToSpeechVoice: 'Kazuha', TextToSpeechEngine: 'Neural' },
      'Set voice Kazuha',
    ],
    ['Compare', { ComparisonValue: '$.Attributes.user_type' }, 'Check contact attributes user_type'],
    [
      'UpdateContactAttributes',
      { Attributes: { seen: 'yes' }, TargetContact: 'Current' },
      'Set contact attributes seen: yes',
    ],
    ['DisconnectParticipant', {}, 'Disconnect'],
    ['SomethingNew', { Size: '3' }, 'SomethingNew 3'],
  ])('is what a %s does, where the designer made up a UUID: %j', (type, parameters, name) => {
    expect(nameOf(type, parameters)).toBe(name);
  });

  it('has the names that the designer notes for ids, and no id', () => {
    expect(nameOf('UpdateContactTargetQueue', { QueueId: QUEUE })).toBe('Set working queue');
    const queue = { parameters: { QueueId: { displayName: 'BasicQueue' } } };
    expect(nameOf('UpdateContactTargetQueue', { QueueId: QUEUE }, ID, queue)).toBe('Set working queue BasicQueue');
    const hook = { parameters: { EventHooks: { AgentWhisper: { displayName: 'whisper' } } } };
    expect(nameOf('UpdateContactEventHooks', { EventHooks: { AgentWhisper: QUEUE } }, ID, hook)).toBe(
      'Set flow AgentWhisper: whisper',
    );
    const recording = { parameters: { PromptId: { displayName: 'Beep.wav' } } };
    expect(nameOf('MessageParticipant', { PromptId: QUEUE }, ID, recording)).toBe('prompt Beep.wav');
  });

  it('is the Identifier where there is no such block', () => {
    expect(blockNamesOf({ Version: '', StartAction: '', Actions: [] })(ID)).toBe(ID);
  });
});
