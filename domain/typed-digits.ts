/*
 * Written in ASCII: this is part of the pop-up's script too, which pages in Shift_JIS host, and its bundler leaves regular
 * expressions as they are.
 */

/**
 * Everything people type between digits: hyphens and dashes of any script, long-vowel marks, minus signs and ruled lines
 * that stand for hyphens, dots and what Japanese keyboards have in their place (full stops, commas, middle dots, bullets),
 * colons, spaces, brackets.
 */
const SEPARATORS =
  /[\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Zs}\p{Cf}\t\n\r\u2212\u30fc\u2500\u2501\u2043\u23af\u23e4~_.,:/\u3001\u3002\u30fb\u00b7\u2022\u2027\u2219\u22c5]/gu;

/**
 * What somebody typed as a number, without what stands between its digits, in half-width characters. What is neither
 * digit nor separator stays where it is.
 *
 * @example withoutSeparators('（０９０）１２３４ー５６７８') // '09012345678'
 */
export const withoutSeparators = (typed: string): string => typed.normalize('NFKC').replace(SEPARATORS, '');

/** Quotes around a cell, the apostrophe that keeps a spreadsheet from reading a number, and what ends a cell or a list. */
const AROUND = /^['"`]+|['"`;]+$/g;

/**
 * Tel, telephone, phone, mobile; a telephone as a picture; and in Japanese: daihyo (of a switchboard), denwa, denwa bango,
 * keitai, keitai denwa, chokutsu (direct line). Not fax.
 */
const LABEL_BEFORE =
  /^(?:tel(?:ephone)?|phone|mobile|[\u260e\u260f\u2706\u{1f4de}\u{1f4f1}\u{1f4f2}]\ufe0f?|\u4ee3\u8868|(?:\u643a\u5e2f)?\u96fb\u8a71(?:\u756a\u53f7)?|\u643a\u5e2f|\u76f4\u901a)(?=[\d+])/iu;
/** Dai, daihyo, daidaihyo, and chokutsu. */
const LABEL_BEHIND = /(?<=\d)(?:\u5927?\u4ee3\u8868|\u4ee3|\u76f4\u901a)$/;

/**
 * A telephone number as it is typed or copied, without what only says that it is one.
 *
 * @example withoutLabels('TEL:03-1234-5678（代表）') // '0312345678'
 */
export const withoutLabels = (typed: string): string =>
  withoutSeparators(typed).replace(AROUND, '').replace(LABEL_BEFORE, '').replace(LABEL_BEHIND, '');

/** A character as a web page writes it where it takes none as they are: &#45; and &#x2d;. */
const ENTITY = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi;

/**
 * What somebody copied out of a page's source, with the characters that its numeric entities stand for.
 *
 * @example withoutEntities('090&#45;1234&#45;5678') // '090-1234-5678'
 */
export const withoutEntities = (typed: string): string =>
  typed.replace(ENTITY, (entity, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff ? entity : String.fromCodePoint(code);
  });

/** An extension or a sub-address, which is dialled behind a number; everything else a link may say does not change the number. */
const DIALLED_BEHIND = /^(?:ext|isub)=/i;

/** Printable ASCII as links have it. */
const ESCAPED = /%[2-7][0-9a-f]/gi;

/**
 * What a `tel:` link says, as it is copied from a page; undefined for any other text.
 *
 * @returns the number, with its extension where it has one, and the `+…` within which a local number counts
 * @example telLink('tel:09012345678;phone-context=+81') // { number: '09012345678', context: '+81' }
 * @see https://www.rfc-editor.org/rfc/rfc3966
 */
export function telLink(typed: string): { number: string; context?: string } | undefined {
  const link = /^\s*tel:(.*)/is
    .exec(typed.normalize('NFKC'))?.[1]
    ?.replace(ESCAPED, (escaped) => decodeURIComponent(escaped));
  if (link === undefined) return undefined;
  const [local = '', ...parameters] = link.split(';');
  const number = [local, ...parameters.filter((parameter) => DIALLED_BEHIND.test(parameter))].join(';');
  const context = parameters.map((parameter) => /^phone-context=(\+[\d.()-]+)/i.exec(parameter)?.[1]).find(Boolean);
  return context === undefined ? { number } : { number, context: withoutSeparators(context) };
}

/** Between two numbers, in a field that is meant for one; in Japanese: matawa and moshikuwa. */
const BETWEEN_NUMBERS = /[/,;|&\n\r\u3001\u3002]|\u307e\u305f\u306f|\u53c8\u306f|\u3082\u3057\u304f\u306f|\bor\b/iu;

/** A Japanese number with its right count of digits. */
const JAPANESE = '(?:\\+?810?|0)(?:[25-9]0[1-9]\\d{7}|(?![25-9]0)[1-9]\\d{8})';
const JAPANESE_NUMBERS = new RegExp(`^(?:\\D*?${JAPANESE}){2,}\\D*$`);

/**
 * Do two numbers or more stand in a text that is meant for one? What does not say so for certain is one.
 *
 * @param leastDigits with fewer it is no number
 */
export function holdsTwoNumbers(typed: string, leastDigits: number): boolean {
  const text = typed.normalize('NFKC');
  const parts = text.split(BETWEEN_NUMBERS).filter((part) => part.replace(/\D/g, '').length >= leastDigits);
  return parts.length > 1 || JAPANESE_NUMBERS.test(withoutSeparators(text));
}
