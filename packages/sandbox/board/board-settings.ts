import type { StageOverrides } from '../../../resources/load-stage.ts';
import { DRAMA_PREFIXES } from '../drama-numbers.ts';

/**
 * What the board needs beyond settings/local.yml for many requests at once, each of another number. Japan has no numbers that
 * belong to nobody, so Britain's may be called as well, and no other number of Britain.
 */
export const FOR_THE_BOARD = {
  request: { countries: ['JP', 'GB'], allowedPrefixes: ['+81', ...DRAMA_PREFIXES] },
} satisfies StageOverrides;
