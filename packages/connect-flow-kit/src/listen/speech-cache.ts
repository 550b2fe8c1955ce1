import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Prompt, promptKey } from './prompt.ts';

/** MP3 by text, voice and engine, in a folder. */
interface SpeechCache {
  find(prompt: Prompt): Uint8Array | undefined;
  keep(prompt: Prompt, mp3: Uint8Array): void;
}

/** What has been paid for once is kept. The folder is created for the first prompt. */
export function speechCache(folder: string): SpeechCache {
  const pathOf = (prompt: Prompt): string => join(folder, `${promptKey(prompt)}.mp3`);
  return {
    find: (prompt) => (existsSync(pathOf(prompt)) ? readFileSync(pathOf(prompt)) : undefined),
    keep(prompt, mp3) {
      mkdirSync(folder, { recursive: true });
      // By renaming, so that stopping the command leaves no half-written prompt.
      writeFileSync(`${pathOf(prompt)}.part`, mp3);
      renameSync(`${pathOf(prompt)}.part`, pathOf(prompt));
    },
  };
}
