import * as z from 'zod';
import { whole } from './setting-forms.ts';

/** A customer who did not answer the phone is called once more, or a few times. Only where Amazon Connect says that nobody did. */
export const retryUnanswered = z
  .strictObject({
    /** So many calls more, at most; 0 for none. */
    times: whole(0, 5).default(0),
    /** So long after the call that nobody answered. Not before `limits.missedPauseSeconds`. */
    afterSeconds: whole(60, 14_400).default(300),
  })
  .prefault({});

/** Anyone who waits in the queue may press 1 to be called back; null for no such offer. */
export const offerCallBack = z
  .strictObject({
    /** Offered after so many seconds in the queue, and again after as many. An agent's phone rings for 20. */
    afterSeconds: whole(30, 3600).default(120),
    /** Longest time between the wish and the call; who is not called by then is an operator's matter. */
    callWithinSeconds: whole(300, 28_800).default(3_600),
  })
  .nullable()
  .default(null);
