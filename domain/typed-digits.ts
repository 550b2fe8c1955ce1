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

/** Quotes around a cell, and the apostrophe that keeps a spreadsheet from reading a number. */
const QUOTES = /^['"`]+|['"`]+$/g;

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
  withoutSeparators(typed).replace(QUOTES, '').replace(LABEL_BEFORE, '').replace(LABEL_BEHIND, '');
