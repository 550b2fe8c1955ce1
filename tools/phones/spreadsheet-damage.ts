/** What a spreadsheet, or what writes for one, makes of a number. */
export type Damage =
  | 'apostrophe'
  | 'formula_text'
  | 'scientific'
  | 'scientific_short'
  | 'decimal'
  | 'fraction'
  | 'grouped'
  | 'eaten_zero';

/** Without one of these there is no such damage; most cells have none. */
const SIGNS = /['=+.,\uff0b\uff0e\uff0c]/;

interface Damaged {
  damage: Damage;
  /** The cell without it, where nothing was lost. */
  fixed?: string;
}

/**
 * What a spreadsheet has put around the text of a cell, or made of it:
 *
 * - `'090…`: an apostrophe that keeps a cell text
 * - `="090…"`: a formula to the same end
 * - `8.19E+11`: scientific notation; whole only where it has as many digits as its exponent says
 * - `9012345678.0`: a number that passed through a column of fractions
 * - `8190123456.78`: a fraction, of which nobody knows the digits that it had
 * - `9,012,345,678`: a number with its thousands set apart
 *
 * Numbers are seen in full-width characters, too.
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
  // A dot behind fewer digits, or behind a 0 in front, may be what somebody types between groups.
  if (/^[1-9]\d{6,}\.\d+$/.test(value)) return { damage: 'fraction' };
  const grouped = /^([1-9]\d{0,2}(?:,\d{3}){2,})(?:\.0+)?$/.exec(value)?.[1];
  return grouped === undefined ? undefined : { damage: 'grouped', fixed: grouped.replaceAll(',', '') };
}

/** The number with the 0 in front that a spreadsheet takes from whatever it reads as a number; Japan's have nine or ten digits after it. */
export const withEatenZero = (cell: string): string | undefined =>
  /^[1-9]\d{8,9}$/.test(cell.trim()) ? `0${cell.trim()}` : undefined;
