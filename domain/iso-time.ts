const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Parses an ISO 8601 time. Undefined if it is invalid or has no offset, as it would then depend on the machine's zone. A day that the
 * month does not have is invalid, too, although JavaScript would continue into the next month.
 *
 * @example momentOf('2026-11-30T10:00:00+09:00') // 2026-11-30T01:00:00.000Z
 */
export function momentOf(text: string): Date | undefined {
  if (!ISO_TIME.test(text)) return undefined;
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
