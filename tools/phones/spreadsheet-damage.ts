/** What a spreadsheet, or a program that writes for one, does to a number. */
export type Damage =
  | 'apostrophe'
  | 'formula_text'
  | 'scientific'
  | 'scientific_short'
  | 'decimal'
  | 'fraction'
  | 'grouped'
  | 'eaten_zero';

/** Damage always contains one of these; most cells have none. */
const SIGNS = /['=+.,\uff0b\uff0e\uff0c]/;

interface Damaged {
  damage: Damage;
  /** The cell without the damage, if nothing was lost. */
  fixed?: string;
}

/**
 * Detects what a spreadsheet has put around the text of a cell, or turned it into:
 *
 * - `'090…`: an apostrophe that keeps the cell text
 * - `="090…"`: a formula with the same purpose
 * - `8.19E+11`: scientific notation; whole only where it has as many digits as its exponent says
 * - `9012345678.0`: a number that passed through a column of decimals
 * - `8190123456.78`: a decimal whose original digits are unknown
 * - `9,012,345,678`: a number with thousands separators
 *
 * Full-width digits are recognised, too.
 */
export function damageOf(cell: string): Damaged | undefined {
  if (!SIGNS.test(cell)) return undefined;
  const text = cell.trim();
  if (text.startsWith("'")) return { damage: 'apostrophe', fixed: text.slice(1) };
  const formula = /^="([^"]*)"$/.exec(text)?.[1];
  if (formula !== undefined) return { damage: 'formula_text', fixed: formula };
  const value = text.normalize('NFKC');
  const [, whole, fraction = '', exponent] = /^(\d)(?:[.,](\d+))?E\+(\d+)$/i.exec(value) ?? [];
  if (whole !== undefined) {
    const digits = whole + fraction;
    return digits.length === Number(exponent) + 1
      ? { damage: 'scientific', fixed: digits }
      : { damage: 'scientific_short' };
  }
  const integer = /^(\d+)\.0+$/.exec(value)?.[1];
  if (integer !== undefined) return { damage: 'decimal', fixed: integer };
  // A dot after fewer digits, or in a number with a leading 0, may be typed between groups.
  if (/^[1-9]\d{6,}\.\d+$/.test(value)) return { damage: 'fraction' };
  const grouped = /^([1-9]\d{0,2}(?:,\d{3}){2,})(?:\.0+)?$/.exec(value)?.[1];
  return grouped === undefined ? undefined : { damage: 'grouped', fixed: grouped.replaceAll(',', '') };
}

/** The number with the leading 0 that spreadsheets remove; Japanese numbers have nine or ten digits after it. */
export const withEatenZero = (cell: string): string | undefined =>
  /^[1-9]\d{8,9}$/.test(cell.trim()) ? `0${cell.trim()}` : undefined;
