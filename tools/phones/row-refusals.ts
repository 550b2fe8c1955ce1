import type { Sentence } from '../../domain/outcome-row.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';
import type { PhoneRefusal } from '../../domain/phone-number.ts';
import type { Damage } from './spreadsheet-damage.ts';

/** Why a row is rejected: a number that is not called, or a fault in the row itself. */
export type RowRefusal = PhoneRefusal | keyof typeof OF_ROWS;

const FIX = { ja: '--fix-excel を付けると直します。', en: '--fix-excel fixes it.' };

const OF_DAMAGE = {
  apostrophe: {
    ja: `電話番号の先頭にアポストロフィーが付いています。${FIX.ja}`,
    en: `There is an apostrophe in front of the number. ${FIX.en}`,
  },
  formula_text: {
    ja: `電話番号が ="…" という式になっています。${FIX.ja}`,
    en: `The number is in a formula, ="…". ${FIX.en}`,
  },
  scientific: {
    ja: `電話番号が指数表記 (8.19012345678E+11 など) になっていますが、桁はすべて残っています。${FIX.ja}`,
    en: `The number is in scientific notation (such as 8.19012345678E+11) with all of its digits. ${FIX.en}`,
  },
  scientific_short: {
    ja: '電話番号が指数表記 (8.19E+11 など) になり、桁が失われています。元のデータから取り直してください。',
    en: 'The number is in scientific notation (such as 8.19E+11) and has lost digits: get it from the source again.',
  },
  decimal: {
    ja: `電話番号の末尾に .0 が付いています。${FIX.ja}`,
    en: `The number has become a decimal that ends in .0. ${FIX.en}`,
  },
  fraction: {
    ja: '電話番号が小数になっています。元のデータから取り直してください。',
    en: 'The number has become a decimal: get it from the source again.',
  },
  grouped: {
    ja: `電話番号が桁区切りの数値 (9,012,345,678 など) になっています。${FIX.ja}`,
    en: `The number has thousands separators (such as 9,012,345,678). ${FIX.en}`,
  },
  eaten_zero: {
    ja: `電話番号の先頭の 0 がありません。表計算ソフトで失われたようです。${FIX.ja}`,
    en: `The number has lost its leading 0, as happens in a spreadsheet. ${FIX.en}`,
  },
} as const satisfies Record<Damage, Sentence>;

const OF_ROWS = {
  ...OF_DAMAGE,
  undecodable: {
    ja: 'この文字コードでは読めない文字が行に含まれています。',
    en: 'The row contains bytes that are invalid in this encoding, or the replacement character for such bytes.',
  },
  nul: { ja: '行に NUL 文字が含まれています。', en: 'The row contains NUL characters.' },
  row_length: {
    ja: '列の数が見出しの行と違います。',
    en: 'The row does not have as many columns as the header.',
  },
  open_quote: {
    ja: '引用符 (") が正しく閉じられておらず、複数の行がつながっている可能性があります。',
    en: 'A quotation mark is not closed where it should be; several rows may have run together.',
  },
  id_missing: { ja: 'ユーザー ID がありません。', en: 'The user id is missing.' },
  id_blanks: {
    ja: 'ユーザー ID の前後に空白が入っています。',
    en: 'There are blanks around the user id, which would make it a different one.',
  },
  id_wrapped: {
    ja: `ユーザー ID にアポストロフィーまたは ="…" が付いています。${FIX.ja}`,
    en: `The user id has an apostrophe in front, or is in a formula, ="…". ${FIX.en}`,
  },
  id_scientific: {
    ja: 'ユーザー ID が指数表記 (1.23E+11 など) になっています。元のデータから取り直してください。',
    en: 'The user id is in scientific notation (such as 1.23E+11): get it from the source again.',
  },
  other_number: {
    ja: '同じユーザー ID の別の電話番号が、前の行にあります。先の行を書き出しました。',
    en: 'An earlier row has a different number for this user id; that one was written.',
  },
} as const satisfies Record<string, Sentence>;

/** The message for a refusal. */
export function sentenceOf(refusal: RowRefusal): Sentence {
  const own: Partial<Record<string, Sentence>> = OF_ROWS;
  const ofNumbers: Partial<Record<string, Sentence>> = OUTCOMES.number_refused.reasons;
  return own[refusal] ?? ofNumbers[refusal] ?? OUTCOMES.number_refused;
}
