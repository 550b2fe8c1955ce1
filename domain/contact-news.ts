/** What Amazon Connect has reported about a contact. Times are epoch milliseconds; missing ones never happened or were not reported. */
export interface ContactNews {
  /** When it began: dialling, or the transfer. */
  startedAt?: number;
  /** When the customer's phone was answered. */
  answeredAt?: number;
  /** When the customer began to wait for an agent. */
  queuedAt?: number;
  /** Queue in which the customer waits, or last waited. */
  queueId?: string;
  /** When an agent took the call. */
  agentAt?: number;
  /** When the contact was over. */
  endedAt?: number;
  /** Disconnect reason, in Amazon Connect's terms. */
  reason?: string;
  /** The next contact of the call. */
  nextId?: string;
  /** What the contact flow said about the end, if anything. */
  result?: string;
  /** Amazon Connect was asked how it ended and whether the call goes on; the answers are included. */
  described?: true;
  /** Not the customer's call, but a task or an email created from it, or somebody listening in. */
  isOther?: true;
}

/** A field of the news whose value is a moment. */
type Moment = 'startedAt' | 'answeredAt' | 'queuedAt' | 'agentAt' | 'endedAt';

/**
 * News from Amazon Connect's times, which are strings or dates. A time that never happened is missing, unreadable, or at the start of
 * 1970, as in one of the service's own samples.
 *
 * @param latest times after this are ignored, too
 */
export function timesOf(
  times: { [Name in Moment]?: Date | string | undefined },
  latest?: Date,
): Pick<ContactNews, Moment> {
  return Object.fromEntries(
    Object.entries(times).flatMap(([name, time]) => {
      const at = realTime(time);
      return at === undefined || (latest !== undefined && at > latest.getTime()) ? [] : [[name, at]];
    }),
  );
}

const A_DAY_MS = 24 * 60 * 60_000;

function realTime(time: Date | string | undefined): number | undefined {
  const at = time === undefined ? Number.NaN : new Date(time).getTime();
  return at > A_DAY_MS ? at : undefined;
}
