/** What a spreadsheet, or what writes for one, makes of a number. */
export type Damage = 'apostrophe' | 'formula_text' | 'scientific' | 'scientific_short' | 'decimal' | 'eaten_zero';

/** Without one of these there is no such damage; most cells have none. */
const SIGNS = /['=+.]/;

interface Damaged {
  damage: Damage;
  /** The cell without it, where nothing was lost. */
  mended?: string;
}

/**
 * What a spreadsheet has put around the text of a cell, or made of it:
 *
 * - `'090…`: an apostrophe that keeps a cell text
 * - `="090…"`: a formula to the same end
 * - `8.19E+11`: scientific notation; whole only where it has as many digits as its exponent says
 * - `9012345678.0`: a number that passed through a column of fractions
 */
export function damageOf(cell: string): Damaged | undefined {
  if (!SIGNS.test(cell)) return undefined;
  const text = cell.trim();
  if (text.startsWith("'")) return { damage: 'apostrophe', mended: text.slice(1) };
  const formula = /^="([^"]*)"$/.exec(text)?.[1];
  if (formula !== undefined) return { damage: 'formula_text', mended: formula };
  const [, whole, fraction = '', exponent] = /^(\d)(?:\.(\d+))?E\+(\d+)$/i.exec(text) ?? [];
  if (whole !== undefined) {
    const digits = whole + fraction;
    return digits.length === Number(exponent) + 1
      ? { damage: 'scientific', mended: digits }
      : { damage: 'scientific_short' };
  }
  const integer = /^(\d+)\.0+$/.exec(text)?.[1];
  return integer === undefined ? undefined : { damage: 'decimal', mended: integer };
}

/** The number with the 0 in front that a spreadsheet takes from whatever it reads as a number; Japan's have nine or ten digits after it. */
export const withEatenZero = (cell: string): string | undefined =>
  /^[1-9]\d{8,9}$/.test(cell.trim()) ? `0${cell.trim()}` : undefined;
