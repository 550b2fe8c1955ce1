import { JAPANESE_CALENDAR, localTime } from '../domain/opening-hours.ts';

/**
 * The index of days: one partition per Japanese calendar day on which requests came, in it the inquiry number and
 * the time of each. It serves the list of a day and the search for an inquiry number, because CloudFormation adds one index
 * to a table in one deployment.
 */
export const BY_DAY = 'byDay';

/**
 * The index of the calls of a number: by `phone` and `placedAt`, both of the record itself, so that a request is in it once it
 * has become a call. A record that was written before the index was made is in it, too: DynamoDB fills it.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html
 */
export const BY_PHONE = 'byPhone';

/** The keys of the index of days, as attributes of a record. */
export interface IndexKeys {
  /** `2026-11-22` */
  day: string;
  /** `48291532 2026-11-22T03:00:01.000Z`; a hyphen where a request has no inquiry number. */
  inquiryAt: string;
}

export const indexKeysOf = ({ receivedAt, trackId = '-' }: { receivedAt: string; trackId?: string }): IndexKeys => ({
  day: dayOf(new Date(receivedAt)),
  inquiryAt: `${trackId} ${receivedAt}`,
});

/** How the keys of those with an inquiry number begin. */
export const beginningOf = (inquiryNumber: string): string => `${inquiryNumber} `;

/** When a request came, from its key. */
export const cameAt = ({ inquiryAt }: Pick<IndexKeys, 'inquiryAt'>): string =>
  inquiryAt.slice(inquiryAt.indexOf(' ') + 1);

const DAY_MS = 24 * 60 * 60_000;
const dayOf = (at: Date): string => localTime(at, JAPANESE_CALENDAR).date;

/**
 * Days whose requests may still have a record, the latest first. One more at each end: clocks differ, and TTL takes its time.
 *
 * @param since no day before this moment
 */
export function daysUntil(now: Date, retentionDays: number, since?: Date): string[] {
  const first = since === undefined ? '' : dayOf(since);
  return Array.from({ length: retentionDays + 3 }, (_, index) =>
    dayOf(new Date(now.getTime() + (1 - index) * DAY_MS)),
  ).filter((day) => day >= first);
}
