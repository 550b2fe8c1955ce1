import { normalisePhone, type PhoneRules } from '../../domain/phone-number.ts';
import type { RowRefusal } from './row-refusals.ts';
import { damageOf, withEatenZero } from './spreadsheet-damage.ts';

interface JudgeOptions {
  rules: PhoneRules;
  /** Undo what a spreadsheet did to numbers and ids, if nothing was lost. */
  fixExcel: boolean;
}

/** A user with their number in E.164, or why the row is rejected. */
type JudgedRow = { id: string; e164: string } | { refusal: RowRefusal };

/**
 * Judges a user id and a number as they are in the file. The id is kept unchanged, as KARTE compares every character.
 */
export function judgeRow(idCell: string, phoneCell: string, options: JudgeOptions): JudgedRow {
  const id = judgeId(idCell, options);
  if (typeof id !== 'string') return id;
  const phone = judgePhone(phoneCell, options);
  return typeof phone === 'string' ? { id, e164: phone } : phone;
}

function judgeId(cell: string, options: JudgeOptions): string | { refusal: RowRefusal } {
  const text = cell.trim();
  if (text === '') return { refusal: 'id_missing' };
  if (text !== cell) return { refusal: 'id_blanks' };
  const found = damageOf(text);
  switch (found?.damage) {
    case 'apostrophe':
    case 'formula_text':
      return options.fixExcel ? judgeId(found.fixed ?? '', options) : { refusal: 'id_wrapped' };
    case 'scientific':
    case 'scientific_short':
      return { refusal: 'id_scientific' };
    default:
      return text;
  }
}

/** It is not a number with a leading 0 either, so no 0 was lost. */
const NO_NUMBER = new Set<string>(['impossible', 'too_few_digits', 'too_many_digits']);

function judgePhone(cell: string, options: JudgeOptions): string | { refusal: RowRefusal } {
  const found = damageOf(cell);
  if (found) {
    if (!options.fixExcel || found.fixed === undefined) return { refusal: found.damage };
    return judgePhone(found.fixed, options);
  }
  const result = normalisePhone(cell, options.rules);
  if (result.ok) return result.e164;
  const withZero = options.rules.countries[0] === 'JP' ? withEatenZero(cell) : undefined;
  if (withZero === undefined) return { refusal: result.reason };
  const fixed = normalisePhone(withZero, options.rules);
  if (!fixed.ok && NO_NUMBER.has(fixed.reason)) return { refusal: result.reason };
  if (!options.fixExcel) return { refusal: 'eaten_zero' };
  return fixed.ok ? fixed.e164 : { refusal: fixed.reason };
}
