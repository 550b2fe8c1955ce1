import { say } from '../example.ts';
import type { Rule } from '../rule.ts';

/** Characters without a form of their own: controls but those of lines, halves of a pair, and what turns the order round. */
const UNSEEN = /(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\u202d\u202e]/u;

const unseenCharacter: Rule = {
  id: 'unseen-character',
  severity: 'warning',
  title: 'A text or an Identifier holds a character that nobody sees',
  why: 'A control character, half of a surrogate pair, or one that turns the order of letters round: what is spoken of it is not known, what reads the file may stop at it, and a name with one looks like another name.',
  source: { kind: 'doc', note: 'https://www.rfc-editor.org/rfc/rfc8259#section-8.2' },
  example: {
    failing: { blocks: [say('Welcome', 'Good\u0007 morning.', 'Hang up')] },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) =>
      [{ path: 'Identifier', text: one.id }, ...one.texts].flatMap(({ path, text }) => {
        const [found] = UNSEEN.exec(text) ?? [];
        if (found === undefined) return [];
        const number = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
        return [{ block: one, message: `${path} holds U+${number}`, fix: 'Delete the character.' }];
      }),
    ),
};

export const CHARACTER_RULES: readonly Rule[] = [unseenCharacter];
