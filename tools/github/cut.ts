/**
 * Cuts Markdown to so many characters, after a paragraph, and appends a note. Open `<details>` are closed, so that the note is
 * not folded with them.
 *
 * @param markdown without empty lines inside code blocks, so that none is left open; `<details>` and `</details>` must each
 * begin a paragraph
 */
export function cutAfterParagraph(markdown: string, longest: number, note: string): string {
  if (markdown.length <= longest) return markdown;
  for (let end = longest; ; ) {
    end = Math.max(0, markdown.lastIndexOf('\n\n', end - 1));
    const kept = markdown.slice(0, end);
    const cut = `${kept}${'\n\n</details>'.repeat(openFolds(kept))}\n\n${note}\n`;
    if (cut.length <= longest || end === 0) return cut;
  }
}

const openFolds = (markdown: string): number =>
  markdown
    .split('\n\n')
    .reduce(
      (open, paragraph) => open + Number(paragraph.startsWith('<details>')) - Number(paragraph === '</details>'),
      0,
    );
