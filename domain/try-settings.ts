import * as z from 'zod';
import { whole } from './setting-forms.ts';

/** Further calls to customers who did not answer. Only if Amazon Connect says that nobody answered. */
export const retryUnanswered = z
  .strictObject({
    /** Most further calls; 0 for none. */
    times: whole(0, 5).default(0),
    /** How long after the unanswered call. At least `limits.missedPauseSeconds`. */
    afterSeconds: whole(60, 14_400).default(300),
  })
  .prefault({});

/** Customers who wait in the queue may press 1 to be called back; null for no such offer. */
export const offerCallBack = z
  .strictObject({
    /** Offered after this many seconds in the queue, and again after as many. An agent's phone rings for 20. */
    afterSeconds: whole(30, 3600).default(120),
    /** Longest time between the customer's choice and the call; after that an operator must act. */
    callWithinSeconds: whole(300, 28_800).default(3_600),
  })
  .nullable()
  .default(null);
