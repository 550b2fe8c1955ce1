/** Records that were written before the calls table had an index are not in it. */
export const WHOLE_TABLE_OPTION = { 'whole-table': { type: 'boolean', default: false } } as const;

export const WHOLE_TABLE_HELP =
  '  --whole-table  read the whole table: finds records from before it had an index, too (CHANGELOG.md)';

/** What may be tried where nothing was found. */
export const hintOf = (values: { 'whole-table': boolean }): string =>
  values['whole-table'] ? '' : '; older than the index of the table? Then with --whole-table';
