import { JAPANESE_CALENDAR, localTime } from '../domain/opening-hours.ts';

/**
 * The index of days: one partition per Japanese calendar day with requests, sorted by inquiry number and time. One index serves both
 * the list of a day and the search for an inquiry number, because CloudFormation adds only one index to a table per deployment.
 */
export const BY_DAY = 'byDay';

/**
 * The index of the calls of a number: by `phone` and `placedAt`, both fields of the record itself, so a request appears in it once
 * it has become a call. DynamoDB also fills in records from before the index existed.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html
 */
export const BY_PHONE = 'byPhone';

/** The attributes of a record that are keys of the index of days. */
export interface IndexKeys {
  /** `2026-11-22` */
  day: string;
  /** `48291532 2026-11-22T03:00:01.000Z`; with a hyphen if a request has no inquiry number. */
  inquiryAt: string;
}

export const indexKeysOf = ({ receivedAt, trackId = '-' }: { receivedAt: string; trackId?: string }): IndexKeys => ({
  day: dayOf(new Date(receivedAt)),
  inquiryAt: `${trackId} ${receivedAt}`,
});

/** Prefix of the keys with an inquiry number. */
export const beginningOf = (inquiryNumber: string): string => `${inquiryNumber} `;

/** Arrival time of a request, from its key. */
export const cameAt = ({ inquiryAt }: Pick<IndexKeys, 'inquiryAt'>): string =>
  inquiryAt.slice(inquiryAt.indexOf(' ') + 1);

const DAY_MS = 24 * 60 * 60_000;
const dayOf = (at: Date): string => localTime(at, JAPANESE_CALENDAR).date;

/**
 * Days whose requests may still have a record, latest first. One more at each end, as clocks differ and TTL deletion is delayed.
 *
 * @param since no day before this moment
 */
export function daysUntil(now: Date, retentionDays: number, since?: Date): string[] {
  const first = since === undefined ? '' : dayOf(since);
  return Array.from({ length: retentionDays + 3 }, (_, index) =>
    dayOf(new Date(now.getTime() + (1 - index) * DAY_MS)),
  ).filter((day) => day >= first);
}
