/** A reference of the flow language, or a token that deployment replaces. */
const MACHINE_WORD = /\$(?:\.?\['[^'`|]*'\]|\.[A-Za-z0-9_-]+)+|\$\{[^}`|]*\}/g;

/**
 * A text of a flow as Markdown shows it, on one line: whatever looks like markup is plain text, and references and tokens are
 * code. Fits into a table cell.
 */
export function markdown(text: string): string {
  const line = oneLine(text);
  let from = 0;
  let written = '';
  for (const { 0: word, index } of line.matchAll(MACHINE_WORD)) {
    written += plain(line.slice(from, index)) + code(word);
    from = index + word.length;
  }
  return written + plain(line.slice(from));
}

/** A name as code: `user_type`. If code cannot contain it, plain text. */
export const code = (name: string): string =>
  /^[^`|\s]([^`|\p{Cc}]*[^`|\s])?$/u.test(name) ? `\`${name}\`` : plain(oneLine(name));

/**
 * A dollar sign may begin a formula on some pages, and a backslash does not escape it there: it is written as an entity. An
 * underscore inside a word is not markup.
 */
const plain = (text: string): string =>
  text.replace(/[&<>$\\`*[\]|~#!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (mark) =>
    Object.hasOwn(ENTITIES, mark) ? ENTITIES[mark as keyof typeof ENTITIES] : `\\${mark}`,
  );

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', $: '&#36;' } as const;

/**
 * A text in a quoted label of a Mermaid diagram: everything except letters, digits and harmless characters is an entity. Even
 * then, Mermaid reads `$$` as a formula and a backslash as the beginning of a line break.
 */
export const mermaid = (text: string): string =>
  oneLine(text)
    .replace(/\$(?=\$)/g, '$ ')
    .replace(/\\/g, '＼')
    .replace(/[!-/:-@[-`{-~]/g, (mark) => (MERMAID_HARMLESS.includes(mark) ? mark : `#${mark.charCodeAt(0)};`));

const MERMAID_HARMLESS = '.,-!?:/()+=_';

/** Line breaks and other control characters as spaces. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** A text inside an HTML element. */
export const html = (text: string): string =>
  oneLine(text).replace(/[<>&]/g, (mark) => ENTITIES[mark as keyof typeof ENTITIES]);
