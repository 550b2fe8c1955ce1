import { say } from '../example.ts';
import type { Rule } from '../rule.ts';

/** Invisible characters: control characters except line breaks and tabs, lone surrogates, and bidirectional overrides. */
const UNSEEN = /(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\u202d\u202e]/u;

const unseenCharacter: Rule = {
  id: 'unseen-character',
  severity: 'warning',
  title: 'A text or an Identifier contains an invisible character',
  why: 'It is a control character, a lone surrogate or a bidirectional override: how it is spoken is unknown, tools that read the file may stop at it, and a name that contains one looks like another name.',
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
        return [{ block: one, message: `${path} contains U+${number}`, fix: 'Delete the character.' }];
      }),
    ),
};

export const CHARACTER_RULES: readonly Rule[] = [unseenCharacter];
