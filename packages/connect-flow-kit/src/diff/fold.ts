/** A part of a report: shown as it is, or folded under its title where the report would be too long. */
export interface Part {
  /** Paragraph that is always shown; missing if the part belongs to the one before. */
  title?: string;
  /** What is shown in place of the paragraphs where they are folded. GitHub reads it as HTML: no text of a flow. */
  inShort: string;
  paragraphs: readonly string[];
}

/** What GitHub folds away until a reader opens it. */
export const folded = (inShort: string, paragraphs: readonly string[]): string[] => [
  `<details><summary>${inShort}</summary>`,
  ...paragraphs,
  '</details>',
];

/**
 * Paragraphs of the parts, of which as many as fit are shown and the others folded; the first ones come first.
 *
 * @param room lines that may be shown, those between paragraphs included
 */
export function withinLines(parts: readonly Part[], room: number): string[] {
  const open = parts.map(({ title, paragraphs }) => [...titled(title), ...paragraphs]);
  const closed = parts.map(({ title, inShort, paragraphs }) => [...titled(title), ...folded(inShort, paragraphs)]);
  let left = room - closed.reduce((sum, paragraphs) => sum + linesShown(paragraphs), 0);
  return open.flatMap((paragraphs, index) => {
    const shorter = closed[index] ?? [];
    const more = linesShown(paragraphs) - linesShown(shorter);
    if (more > left) return shorter;
    left -= more;
    return paragraphs;
  });
}

const titled = (title: string | undefined): string[] => (title === undefined ? [] : [title]);

/** Lines of some paragraphs that nobody has to open, each paragraph with the empty line before it. */
export function linesShown(paragraphs: readonly string[]): number {
  let depth = 0;
  let lines = 0;
  for (const paragraph of paragraphs) {
    if (depth === 0) lines += 1 + paragraph.split('\n').length;
    if (paragraph.startsWith('<details>')) depth += 1;
    if (paragraph === '</details>') depth -= 1;
  }
  return lines;
}
