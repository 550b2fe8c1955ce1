/**
 * Shortens Markdown to so many characters, after a paragraph, and says so.
 *
 * @param markdown without an empty line inside a code block, so that none is left open
 */
export function cutAfterParagraph(markdown: string, longest: number, note: string): string {
  if (markdown.length <= longest) return markdown;
  const end = Math.max(0, markdown.lastIndexOf('\n\n', longest - note.length - 4));
  return `${markdown.slice(0, end)}\n\n${note}\n`;
}
