import type { Sentence } from '../../domain/outcome-row.ts';
import type { PhoneRules } from '../../domain/phone-number.ts';
import { BYTE_ORDER_MARK } from '../calls/csv.ts';
import { DATAHUB_HEADER, datahubRow } from './datahub-rows.ts';
import type { FileForm } from './file-form.ts';
import { judgeRow } from './judge-row.ts';
import { originalRow, rejectedHeader, rejectedRow } from './rejected-rows.ts';
import { formOfRow } from './row-form.ts';
import { type RowRefusal, sentenceOf } from './row-refusals.ts';
import { SeenUsers } from './seen-users.ts';

/** Counts of the rows below the header, without blank ones. */
export interface Counts {
  rows: number;
  written: number;
  /** The same user with the same number again. */
  repeated: number;
  blank: number;
  rejected: Map<RowRefusal, number>;
}

export interface SortOptions {
  rules: PhoneRules;
  fixExcel: boolean;
  language: keyof Sentence;
}

type FormOfRows = Pick<FileForm, 'columns' | 'header' | 'firstLine' | 'isRejectedFile'>;

/** Takes the rows of a file one by one, header first, and produces the text of both outputs. */
export class RowSorter {
  readonly counts: Counts = { rows: 0, written: 0, repeated: 0, blank: 0, rejected: new Map() };
  /** The line in which the next row begins. */
  nextLine: number;
  readonly #form: FormOfRows;
  readonly #options: SortOptions;
  readonly #users = new SeenUsers();
  #written = DATAHUB_HEADER;
  #rejected = '';

  constructor(form: FormOfRows, options: SortOptions) {
    this.#form = form;
    this.nextLine = form.firstLine;
    this.#options = options;
  }

  take(cells: string[]): void {
    const line = this.nextLine;
    const row = this.#form.isRejectedFile ? originalRow(cells) : cells;
    const form = formOfRow(row, this.#form.header.length);
    this.nextLine += form.lines;
    if (line === this.#form.firstLine) return;
    if (form.isBlank) {
      this.counts.blank += 1;
      return;
    }
    this.counts.rows += 1;
    const refusal = form.refusal ?? this.#write(row);
    if (refusal) this.#reject(line, row, refusal);
  }

  /** Output since the last time it was taken. */
  takeTexts(): { written: string; rejected: string } {
    const texts = { written: this.#written, rejected: this.#rejected };
    this.#written = '';
    this.#rejected = '';
    return texts;
  }

  #write(row: readonly string[]): RowRefusal | undefined {
    const { id: idColumn, phone: phoneColumn } = this.#form.columns;
    const judged = judgeRow(row[idColumn] ?? '', row[phoneColumn] ?? '', this.#options);
    if ('refusal' in judged) return judged.refusal;
    const { id, e164 } = judged;
    switch (this.#users.add(id, e164)) {
      case 'other number':
        return 'other_number';
      case 'same number':
        this.counts.repeated += 1;
        return undefined;
      default:
        this.counts.written += 1;
        this.#written += datahubRow(id, e164);
        return undefined;
    }
  }

  #reject(line: number, row: readonly string[], refusal: RowRefusal): void {
    const { rejected } = this.counts;
    if (rejected.size === 0) this.#rejected += BYTE_ORDER_MARK + rejectedHeader(this.#form.header);
    rejected.set(refusal, (rejected.get(refusal) ?? 0) + 1);
    this.#rejected += rejectedRow(line, sentenceOf(refusal)[this.#options.language], row);
  }
}
