import { createHash } from 'node:crypto';
import type { Voice } from '../voices.ts';

/** Something that a voice says. */
export interface Prompt extends Voice {
  /** Without tags. */
  text: string;
  /** The same as speech markup, if the flow has it so. */
  ssml?: string;
}

/** How a prompt was spoken: a file of MP3 or WAV, which browsers distinguish by themselves. */
export type Audio = Uint8Array;

/** Audio by `promptKey`, or in a few words why there is none. */
export type SpokenPrompts = ReadonlyMap<string, Audio | string>;

/** Two prompts that sound the same have the same key, which may name a file. */
export const promptKey = ({ voice, engine, text, ssml }: Prompt): string =>
  createHash('sha256')
    .update(JSON.stringify([voice, engine, ssml === undefined ? 'text' : 'ssml', ssml ?? text]))
    .digest('hex');
