import { textsIn } from '../lint/texts-in.ts';
import { RESOURCE } from './tokenise.ts';

/** Token → its text, which may be empty. */
type Texts = Readonly<Record<string, string>>;

/** A text with its tokens filled in; one without a value stays. */
export const filled = (text: string, texts: Texts): string =>
  text.replace(TOKEN, (whole, token: string) => (Object.hasOwn(texts, token) ? (texts[token] ?? whole) : whole));

const TOKEN = /\$\{(\w+)\}/g;

/**
 * A text from the flow designer with the tokens of its former text, wherever that still shows their
 * place. Nothing else becomes a token: a name may well be said for its own sake, or be part of a longer one.
 *
 * @param text with values, as exported
 * @param before the same text as the repository has it, with tokens
 */
export function withFormerTokens(text: string, before: string, texts: Texts): string {
  if (filled(text, texts) === filled(before, texts)) return before;
  const places: Place[] = [];
  // The longest first, as one name may be within another; empty ones come last.
  for (const token of tokensWithin(before, texts).toSorted((a, b) => b.value.length - a.value.length)) {
    if (text.includes(token.written)) continue;
    const start = placeOf(token, text, places);
    if (start !== undefined) places.push({ start, end: start + token.value.length, written: token.written });
  }
  // From the end, so that what comes before keeps its position; of two at one position, the later token comes later.
  return places
    .toReversed()
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((result, { start, end, written }) => result.slice(0, start) + written + result.slice(end), text);
}

interface Place {
  start: number;
  end: number;
  written: string;
}

interface FormerToken {
  /** As it is in a flow: `${CompanyName}`. */
  written: string;
  value: string;
  /** What was heard before and after it. */
  before: string;
  behind: string;
}

const tokensWithin = (text: string, texts: Texts): FormerToken[] =>
  [...text.matchAll(TOKEN)].flatMap(({ 0: written, 1: token = '', index }) => {
    const value = Object.hasOwn(texts, token) ? texts[token] : undefined;
    if (value === undefined) return [];
    const [before, behind] = [text.slice(0, index), text.slice(index + written.length)];
    return [{ written, value, before: filled(before, texts), behind: filled(behind, texts) }];
  });

/** Where a text has the value of a token, or would have it: the position around which most is unchanged. */
function placeOf(token: FormerToken, text: string, taken: readonly Place[]): number | undefined {
  const { value, before, behind } = token;
  const isThere = value === '' ? emptyPlaces(token, text) : (at: number) => text.startsWith(value, at);
  let best: { at: number; alike: number } | undefined;
  for (let at = 0; at <= text.length - value.length; at += 1) {
    const end = at + value.length;
    if (!isThere(at) || taken.some((place) => at < place.end && place.start < end)) continue;
    const alike = commonStart(reversed(before), reversed(text.slice(0, at))) + commonStart(behind, text.slice(end));
    if (best === undefined || alike > best.alike) best = { at, alike };
  }
  return best?.at;
}

/**
 * An empty text is everywhere: its position is where the sentence before or after it still is; inside a sentence, both of its
 * parts.
 */
function emptyPlaces({ before, behind }: FormerToken, text: string): (at: number) => boolean {
  const last = before.match(LAST_SENTENCE)?.[0] ?? '';
  const first = behind.match(FIRST_SENTENCE)?.[0] ?? '';
  const isBehindLast = (at: number): boolean =>
    before === '' ? at === 0 : text.endsWith(last, at) && BETWEEN_SENTENCES.test(text.slice(0, at - last.length));
  const isBeforeFirst = (at: number): boolean => (behind === '' ? at === text.length : text.startsWith(first, at));
  const isBetween = (at: number): boolean => at === text.length || BETWEEN_SENTENCES.test(text.slice(0, at));
  return BETWEEN_SENTENCES.test(before) || behind === ''
    ? (at) => isBetween(at) && (isBehindLast(at) || isBeforeFirst(at))
    : (at) => isBehindLast(at) && isBeforeFirst(at);
}

/** A tag ends a sentence as well. */
const LAST_SENTENCE = /[^。．.!?！？>\n]*[。．.!?！？>]*\s*$/;
const FIRST_SENTENCE = /^\s*[^。．.!?！？>\n]*[。．.!?！？>]*/;
const BETWEEN_SENTENCES = /(?:^|[。．.!?！？>\n][ \u3000]*)$/;

const reversed = (text: string): string => text.split('').reverse().join('');

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return length;
}

/**
 * Text tokens of a block that its new form no longer has, each as a sentence without a full stop. One with an empty
 * value is invisible in the designer, and so is lost unintentionally.
 */
export function lostTokens(block: string, before: unknown, after: unknown, texts: Texts): string[] {
  const now = JSON.stringify(after);
  const said = new Map(textsIn(after).map(({ path, text }) => [path, text]));
  return textsIn(before).flatMap(({ path, text }) =>
    tokensWithin(text, texts)
      .filter(({ value }) => !RESOURCE.test(value))
      .filter(({ written }) => !said.get(path)?.includes(written))
      .filter(({ written }) => timesIn(now, written) < timesIn(JSON.stringify(before), written))
      .map(
        ({ written }) =>
          `block "${block}" has lost ${written}, which was in ${path}: write it back if it belongs there`,
      ),
  );
}

const timesIn = (text: string, part: string): number => text.split(part).length - 1;
