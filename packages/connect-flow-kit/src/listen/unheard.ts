import type { HeardLine } from './call-lines.ts';
import { promptKey, type SpokenPrompts } from './prompt.ts';

/**
 * The parts of a call that nobody has heard, each as a phrase and once: recordings (which only the instance has),
 * prompts that fail in the flow, and prompts that could not be spoken.
 */
export function unheardIn(lines: readonly HeardLine[], spoken: SpokenPrompts): string[] {
  const parts = lines.flatMap((line): string[] => {
    switch (line.kind) {
      case 'recording':
        return [`the recording ${line.recording}`];
      case 'unsaid':
        return [`a prompt, because ${line.text}`];
      case 'speech': {
        const audio = spoken.get(promptKey(line.prompt));
        return typeof audio === 'object' ? [] : [`「${line.prompt.text}」 (${audio ?? 'nobody was asked to say it'})`];
      }
      default:
        return [];
    }
  });
  return [...new Set(parts)];
}
