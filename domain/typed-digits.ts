/**
 * Everything people type between digits: hyphens and dashes of any script, long-vowel marks, minus signs and ruled lines
 * that stand for hyphens, dots, spaces, brackets. Written in ASCII: this is part of the pop-up's script too, which pages
 * in Shift_JIS host, and its bundler leaves regular expressions as they are.
 */
const SEPARATORS = /[\p{Pd}\p{Zs}\p{Cf}\t\n\r\u2212\u30fc\u2500\u2501\u2043\u23af\u23e4~_.\u30fb/()[\]]/gu;

/**
 * What somebody typed as a number, without what stands between its digits, in half-width characters. What is neither
 * digit nor separator stays where it is.
 *
 * @example withoutSeparators('（０９０）１２３４ー５６７８') // '09012345678'
 */
export const withoutSeparators = (typed: string): string => typed.normalize('NFKC').replace(SEPARATORS, '');
