import type { StageOverrides } from '../../../resources/load-stage.ts';
import { DRAMA_PREFIXES } from '../drama-numbers.ts';

/**
 * What the board needs beyond settings/local.yml. Many requests at once need many numbers: Japan has no numbers reserved for
 * fiction, so Britain's may be called as well, and no other British numbers. availability.json, for the sample page, and for pages
 * under development on this machine. And further calls, to show them: customers who do not answer are called once more, and those
 * who wait in the queue may press 1 to be called back.
 */
export const FOR_THE_BOARD = {
  request: { countries: ['JP', 'GB'], allowedPrefixes: ['+81', ...DRAMA_PREFIXES] },
  retryUnanswered: { times: 1, afterSeconds: 60 },
  offerCallBack: { afterSeconds: 60, callWithinSeconds: 3600 },
  availability: { origins: ['http://localhost:3000', 'http://localhost:5173', 'http://localhost:8080'] },
} satisfies StageOverrides;
