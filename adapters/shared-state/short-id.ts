import { createHash } from 'node:crypto';

/** Eight characters of 64 each. */
const BYTES = 6;

/**
 * A request's id in eight characters, for items that hold many of them. Two of 5,000 requests share one in less than one
 * of 10 million days; then the two count once.
 */
export const shortId = (requestId: string): string =>
  createHash('sha256').update(requestId).digest().subarray(0, BYTES).toString('base64url');
