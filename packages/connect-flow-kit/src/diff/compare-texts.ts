import { diffOfTexts } from '../scenarios/explain.ts';
import type { DiffLine } from './markdown.ts';

/** Above so many comparisons two lists are shown one after the other. */
const MOST_COMPARISONS = 1_000_000;

/** Two texts, sentence by sentence: Japanese has no blanks to break long lines at, and one sentence is what changes. */
export const compareTexts = (before: string, after: string): DiffLine[] =>
  compareLines(sentencesOf(before), sentencesOf(after));

/** What only one of two lists has, and what both have. */
export function compareLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  if (before.length * after.length > MOST_COMPARISONS) return [...marked('-', before), ...marked('+', after)];
  return diffOfTexts(before, after).map(({ side, text }) => ({ mark: MARKS[side], text }));
}

/** Every line with the same mark. */
export const marked = (mark: DiffLine['mark'], texts: readonly string[]): DiffLine[] =>
  texts.map((text) => ({ mark, text }));

export const sentencesOf = (text: string): string[] => text.match(/[^。！？\n]*[。！？\n]+|[^。！？\n]+$/g) ?? [text];

const MARKS = { both: ' ', expected: '-', found: '+' } as const;
