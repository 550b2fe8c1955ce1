/** The call log holds so many requests, the newest, before and after a reload; an older one keeps its own address. */
export const NEWEST_ROWS = 1_000;
