import type { StageOverrides } from '../../../resources/load-stage.ts';
import { DRAMA_PREFIXES } from '../drama-numbers.ts';

/**
 * What the board needs beyond settings/local.yml. For many requests at once, each of another number: Japan has no numbers that
 * belong to nobody, so Britain's may be called as well, and no other number of Britain. And availability.json, which the sample
 * page reads as its own; so may a page that is developed on this machine. And what may follow a call in vain, to be seen: anyone who
 * does not answer is called once more, and anyone who waits in the queue may press 1 to be called back.
 */
export const FOR_THE_BOARD = {
  request: { countries: ['JP', 'GB'], allowedPrefixes: ['+81', ...DRAMA_PREFIXES] },
  retryUnanswered: { times: 1, afterSeconds: 60 },
  offerCallBack: { afterSeconds: 60, callWithinSeconds: 3600 },
  availability: { origins: ['http://localhost:3000', 'http://localhost:5173', 'http://localhost:8080'] },
} satisfies StageOverrides;
