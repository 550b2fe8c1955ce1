/** The call log shows this many of the newest requests, before and after a reload; older ones remain reachable by address. */
export const NEWEST_ROWS = 1_000;
