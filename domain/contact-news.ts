/** What Amazon Connect has told of one contact. Times are epoch milliseconds; one that is missing never came, or was never told. */
export interface ContactNews {
  /** When it began: dialling, or the transfer. */
  startedAt?: number;
  /** When the customer's end was picked up. */
  answeredAt?: number;
  /** When the customer began to wait for an agent. */
  queuedAt?: number;
  /** Where the customer waits, or waited last. */
  queueId?: string;
  /** When an agent took the call. */
  agentAt?: number;
  /** When the contact was over. */
  endedAt?: number;
  /** Why, as Amazon Connect names it. */
  reason?: string;
  /** The contact as which the call goes on. */
  nextId?: string;
  /** What the contact flow said of the end, where it said something. */
  result?: string;
  /** Amazon Connect was asked how it ended, and whether the call goes on: the answers are in here. */
  described?: true;
  /** It is not the customer's call, but a task or an e-mail that somebody made of it, or one who listens in. */
  isOther?: true;
}

/** A field of the news whose value is a moment. */
type Moment = 'startedAt' | 'answeredAt' | 'queuedAt' | 'agentAt' | 'endedAt';

/**
 * News from times as Amazon Connect gives them: texts or dates. A time that never came is missing, unreadable, or stands at
 * the beginning of 1970, as in one of the service's own samples.
 *
 * @param latest what lies after it is not true either
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
