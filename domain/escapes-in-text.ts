/**
 * Escapes of browsers, JSON, JavaScript and HTML: a run of %2D, %u002D, \u002d (also in JSON within
 * JSON), \u{2d}, \x2d, &#45; and &#x2d;, and the names of the signs that are in numbers and addresses.
 * @see https://url.spec.whatwg.org/#percent-encoded-bytes
 * @see https://html.spec.whatwg.org/multipage/named-characters.html
 */
const ESCAPE = new RegExp(
  [
    '(?:%[0-9a-f]{2}){1,1000}',
    '%u([0-9a-f]{4})',
    '\\\\{1,8}(?:u([0-9a-f]{4})|u\\{([0-9a-f]{1,6})\\}|x([0-9a-f]{2}))',
    '&#(?:x([0-9a-f]{1,6})|(\\d{1,7}));?',
    '&(amp|commat|period|colon|sol|plus|hyphen|dash|minus|[nm]dash|nbsp|[ltr]par|num|shy);',
  ].join('|'),
  'gi',
);

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  commat: '@',
  period: '.',
  colon: ':',
  sol: '/',
  plus: '+',
  num: '#',
  lpar: '(',
  rpar: ')',
};

/** Web pages do not escape more often than this. */
const MAX_ROUNDS = 3;

/** A text without its escapes. */
interface Unescaped {
  text: string;
  /** Index of each character, and of the end, in the original text; null if the text is unchanged. */
  cameFrom: number[] | null;
}

const utf8 = new TextDecoder();

/**
 * A text with its escapes decoded, to check for content that must not be passed on. Never pass on the result: it is decoded
 * repeatedly, so it may differ from what anybody wrote.
 *
 * @example unescaped('tel:090%2D1234%2D5678').text // 'tel:090-1234-5678'
 */
export function unescaped(text: string): Unescaped {
  let now: Unescaped = { text, cameFrom: null };
  for (let round = 0; round < MAX_ROUNDS && /[%\\&]/.test(now.text); round++) {
    const next = decodeOnce(now.text);
    if (next.text === now.text) break;
    const { cameFrom: before } = now;
    now = before === null ? next : { text: next.text, cameFrom: next.cameFrom.map((index) => before[index] ?? 0) };
  }
  return now;
}

const TAG = /<[^<>]{1,200}>/g;

/** The original text, and without escapes and without tags if it has any: each may hide something from the others. */
export function readingsOf(text: string): string[] {
  const { text: plain } = unescaped(text);
  return [...new Set([text, plain, plain.replace(TAG, '')])];
}

function decodeOnce(text: string): { text: string; cameFrom: number[] } {
  const parts: string[] = [];
  const cameFrom: number[] = [];
  let end = 0;
  const keep = (to: number) => {
    for (let index = end; index < to; index++) cameFrom.push(index);
    parts.push(text.slice(end, to));
  };
  for (const found of text.matchAll(ESCAPE)) {
    keep(found.index);
    const decoded = charactersOf(found);
    // Of a run of escapes each character comes from about its own.
    for (let at = 0; at < decoded.length; at++) {
      cameFrom.push(found.index + Math.floor((at * found[0].length) / decoded.length));
    }
    parts.push(decoded);
    end = found.index + found[0].length;
  }
  keep(text.length);
  cameFrom.push(text.length);
  return { text: parts.join(''), cameFrom };
}

function charactersOf([found, ...groups]: RegExpExecArray): string {
  const [legacy, short, braced, byte, hexEntity, entity, name] = groups;
  const hex = legacy ?? short ?? braced ?? byte ?? hexEntity;
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
  if (entity !== undefined) return characterOf(Number(entity));
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '-';
  return utf8.decode(Uint8Array.from(found.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16)));
}

const characterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
