import { DEFAULT_VOICE, findVoice } from '../voices.ts';
import { type Block, type Perform, parameter, type Work } from './block.ts';
import type { FlowStep, LoopMessage } from './flow-steps.ts';
import { heardOf } from './speech.ts';
import { NEXT, noMatchingError, type Outcome } from './way-out.ts';

function* setVoice(block: Block): Work {
  const found = findVoice(parameter(block, 'TextToSpeechVoice') ?? '', parameter(block, 'TextToSpeechEngine'));
  if (typeof found === 'string') return noMatchingError(found);
  block.world.contact.voice = found;
  yield { kind: 'voice', block: block.id, ...found };
  return NEXT;
}

/** A voice that cannot be set leaves the contact with the default voice. */
export function* voiceFailed({ id, world }: Block): Generator<FlowStep, void, void> {
  world.contact.voice = DEFAULT_VOICE;
  yield { kind: 'voice', block: id, ...DEFAULT_VOICE };
}

/** Plays the message of a block. @returns an error, or undefined if all went well */
export function* speak(block: Block): Generator<FlowStep, Outcome | undefined, void> {
  const { id, parameters, values, world } = block;
  const message = heardOf(parameters, values);
  if (typeof message === 'string') return noMatchingError(message);
  yield* heard(message, id, world.contact.voice);
  return undefined;
}

function* heard(message: LoopMessage, block: string, voice: { voice: string; engine: string }): Generator<FlowStep> {
  switch (message.kind) {
    case 'text':
      yield { ...message, kind: 'say', block, ...voice };
      return;
    case 'recording':
      yield { kind: 'play', block, recording: message.recording };
      return;
    case 'silence':
      yield { kind: 'wait', block, seconds: message.seconds };
  }
}

function* playPrompt(block: Block): Work {
  if (block.world.contact.keyBuffer && parameter(block, 'SkipWhenDTMFBufferEnabled')?.toLowerCase() === 'true') {
    yield { kind: 'buffer', block: block.id, did: 'skips' };
    return NEXT;
  }
  return (yield* speak(block)) ?? NEXT;
}

/** Time has passed; the condition for it may be missing, and then NextAction is taken. */
export const passed = ({ action }: Block, seconds: number, value: string): Outcome =>
  action.Transitions.Conditions.length === 0 ? NEXT : { kind: 'choose', value, fact: `${seconds} seconds have passed` };

/** Blocks that are heard, and silence. */
export const SPEECH_BLOCKS: Readonly<Record<string, Perform>> = {
  UpdateContactTextToSpeechVoice: setVoice,
  MessageParticipant: playPrompt,
};
