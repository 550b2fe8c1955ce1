import { createHash } from 'node:crypto';

/** Eight characters from an alphabet of 64. */
const BYTES = 6;

/**
 * A request's id in eight characters, for items that hold many of them. With 5,000 requests a day, two share one on less than one day
 * in 10 million; then they count once.
 */
export const shortId = (requestId: string): string =>
  createHash('sha256').update(requestId).digest().subarray(0, BYTES).toString('base64url');
