import { diffOfTexts } from '../scenarios/explain.ts';
import type { DiffLine } from './markdown.ts';

/** Above this many comparisons, two lists are shown one after the other. */
const MOST_COMPARISONS = 1_000_000;

/** Two texts, sentence by sentence: Japanese has no spaces to break long lines at, and changes are usually within one sentence. */
export const compareTexts = (before: string, after: string): DiffLine[] =>
  compareLines(sentencesOf(before), sentencesOf(after));

/** What only one of two lists has, and what both have. */
export function compareLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  if (before.length * after.length > MOST_COMPARISONS) return [...marked('-', before), ...marked('+', after)];
  return diffOfTexts(before, after).map(({ side, text }) => ({ mark: MARKS[side], text }));
}

/** Unchanged lines, shown before and after changed ones. */
const CONTEXT = 2;

/** The lines that changed and a few around them. */
export function nearChanges(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Set(
    lines.flatMap(({ mark }, at) =>
      mark === ' ' ? [] : Array.from({ length: 2 * CONTEXT + 1 }, (_, step) => at - CONTEXT + step),
    ),
  );
  return lines.flatMap((line, at): DiffLine[] => {
    if (near.has(at)) return [line];
    return near.has(at - 1) || (at === 0 && near.size > 0) ? [{ mark: ' ', text: '…' }] : [];
  });
}

/** Every line with the same mark. */
export const marked = (mark: DiffLine['mark'], texts: readonly string[]): DiffLine[] =>
  texts.map((text) => ({ mark, text }));

export const sentencesOf = (text: string): string[] => text.match(/[^。！？\n]*[。！？\n]+|[^。！？\n]+$/g) ?? [text];

const MARKS = { both: ' ', expected: '-', found: '+' } as const;
