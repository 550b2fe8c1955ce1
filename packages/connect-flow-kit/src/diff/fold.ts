/** A part of a report: shown as it is, or folded under its title if the report would be too long. */
export interface Part {
  /** Paragraph that is always shown; missing if the part belongs to the one before. */
  title?: string;
  /** What is shown instead of the paragraphs if they are folded. GitHub reads it as HTML, so it contains no text of a flow. */
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
 * Paragraphs of the parts, of which as many as fit are shown and the rest folded; the first ones come first.
 *
 * @param room lines that may be shown, including those between paragraphs
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

/** Lines of paragraphs that are shown unfolded, each paragraph with the empty line before it. */
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
