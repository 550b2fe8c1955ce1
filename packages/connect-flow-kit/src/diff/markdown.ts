/**
 * Texts of flows in Markdown for GitHub. Whatever comes from a flow is in a code span or a code block, in which
 * GitHub follows no link, mentions nobody, refers to no issue and renders no HTML.
 */

/** How much is shown of a name that is cut. */
const LONGEST_NAME = 120;
/** The longest text that is shown in full: as much as a prompt may have. */
const LONGEST_TEXT = 6_000;

/** A text on one line, as a code span. */
export function code(text: string): string {
  const shown = visible(shortened(text, LONGEST_NAME).replace(/\n/g, '⏎'));
  const ticks = '`'.repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/** One line of a comparison. */
export interface DiffLine {
  mark: '+' | '-' | ' ';
  text: string;
}

/** Lines of a comparison as a code block in GitHub's `diff` colours. No line of it is empty or can end the block. */
export function diffBlock(lines: readonly DiffLine[]): string {
  let room = LONGEST_TEXT * 2;
  const shown = lines.flatMap(({ mark, text }) => {
    if (room <= 0) return [];
    const line = `${mark} ${visible(shortened(text, Math.min(room, LONGEST_TEXT)).replace(/\n/g, '⏎')).replace(/[ \u3000]+$/, (blanks) => '␠'.repeat(blanks.length))}`;
    room -= text.length + 1;
    return [line];
  });
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  const rest = room > 0 ? [] : ['  …'];
  return [`${fence}diff`, ...shown, ...rest, fence].join('\n');
}

function shortened(text: string, longest: number): string {
  // Half a name is worth less than the few characters more that it would take.
  return text.length > longest * 2 ? `${text.slice(0, longest)}… (${text.length - longest} more)` : text;
}

/** Makes invisible characters visible: control characters, and those that change the direction of writing. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
