import { insteadOfBlock, typesMeantBy } from '../../catalogue/guessed-types.ts';
import { doc, live } from '../../catalogue/shared.ts';
import { block, next, say } from '../example.ts';
import type { Rule } from '../rule.ts';

const isInvented = (type: string): boolean => insteadOfBlock(type) !== undefined || typesMeantBy(type).length > 0;

const either = (types: readonly string[]): string =>
  types.length < 2 ? types.join('') : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;

const inventedType: Rule = {
  id: 'no-such-type',
  severity: 'error',
  title: 'A block has a type that the service does not have',
  why: "People and language models use the flow designer's block names, misspell types or guess them; the service refuses all of these.",
  source: live('"Invalid Action type. Type: SetLoggingBehavior"; some twenty such names were tried', 'aicc', 'pulumi'),
  example: {
    failing: { blocks: [block('Welcome', 'PlayPrompt', { Text: 'Good morning.' }, next('Hang up'))] },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ type, spec }) => spec === undefined && isInvented(type))
      .map((one) => ({
        block: one,
        message: `there is no block type ${one.type}`,
        fix: insteadOfBlock(one.type) ?? `Write ${either(typesMeantBy(one.type))}, with the parameters it takes.`,
      })),
};

const unknownType: Rule = {
  id: 'unknown-type',
  severity: 'warning',
  title: 'A block has a type that is not in the catalogue',
  why: 'It may be new or made up. Only its transitions are checked.',
  source: doc('flow-language-actions'),
  example: {
    failing: {
      blocks: [block('Score', 'UpdateContactMood', {}, next('Apologise', { NoMatchingError: 'Apologise' }))],
    },
    fixed: {
      blocks: [
        block(
          'Score',
          'UpdateContactAttributes',
          { Attributes: { mood: 'good' } },
          next('Apologise', { NoMatchingError: 'Apologise' }),
        ),
      ],
    },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ type, spec }) => spec === undefined && !isInvented(type))
      .map((one) => ({
        block: one,
        message: `the type ${one.type} is not in the catalogue`,
        fix: 'Check that it is spelt as the flow designer exports it.',
      })),
};

export const TYPE_NAME_RULES: readonly Rule[] = [inventedType, unknownType];
