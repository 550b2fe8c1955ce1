/**
 * How boto3 retries a request by default: in its retry mode "legacy". Read from botocore 1.43
 * (`retryhandler.py` and `data/_retry.json`; Amazon Connect has no policy of its own there).
 *
 * @see https://docs.aws.amazon.com/boto3/latest/guide/retries.html
 */
export const BOTO3 = {
  /** Including the first one. */
  attempts: 5,
  /** A response that has not come by then is a ReadTimeoutError, which is also retried. */
  readTimeoutMs: 60_000,

  /** TooManyRequestsException and LimitExceededException are included because of their status, not their name. */
  repeats: (status: number): boolean => [429, 500, 502, 503, 504, 509].includes(status),

  /**
   * The longest pause before the next attempt; the pause is drawn between zero and that. There is no upper bound, but
   * the fourth is the last.
   *
   * @param attempt the one that failed, from 1
   */
  longestPauseMs: (attempt: number): number => 1_000 * 2 ** (attempt - 1),
} as const;
