/** Records from before the calls table had an index are missing from the index. */
export const WHOLE_TABLE_OPTION = { 'whole-table': { type: 'boolean', default: false } } as const;

export const WHOLE_TABLE_HELP =
  '  --whole-table  read the whole table, which also finds records from before it had an index (CHANGELOG.md)';

/** What to try if nothing was found. */
export const hintOf = (values: { 'whole-table': boolean }): string =>
  values['whole-table'] ? '' : '; for records older than the index of the table, add --whole-table';
