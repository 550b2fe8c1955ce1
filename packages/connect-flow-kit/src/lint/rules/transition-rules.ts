import { live } from '../../catalogue/shared.ts';
import { block, next, say } from '../example.ts';
import type { Rule } from '../rule.ts';

const compare = (transitions: object) =>
  block('Is it a chat', 'Compare', { ComparisonValue: '$.Channel' }, transitions);

const missingNext: Rule = {
  id: 'missing-next',
  severity: 'error',
  title: 'A block has no NextAction',
  why: 'Every block that does not end the flow needs one, even where its conditions leave no other case.',
  source: live('"Action is missing required property. Path: Actions[N].Transitions.NextAction"'),
  example: {
    failing: {
      blocks: [block('Welcome', 'MessageParticipant', { Text: 'Good morning.' }, { Errors: [] })],
    },
    mended: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks
      .filter(
        ({ spec, next: kind, transitions, malformed }) =>
          spec !== undefined &&
          kind !== 'none' &&
          kind !== 'optional' &&
          !malformed &&
          transitions.NextAction === undefined,
      )
      .map((one) => ({
        block: one,
        message: 'it has no NextAction',
        fix:
          one.next === 'written'
            ? 'Add "NextAction" to Transitions, with the block of the last error branch: it is never taken, and required all the same.'
            : 'Add "NextAction" to Transitions, with the block the call goes on to.',
      })),
};

const transitionsAtTheEnd: Rule = {
  id: 'transitions-at-the-end',
  severity: 'error',
  title: 'A block that ends the flow has transitions',
  why: 'Nothing comes after it, and the service refuses what says otherwise.',
  source: live('"Action does not support transitions"'),
  example: {
    failing: { blocks: [block('Stop', 'DisconnectParticipant', {}, next('Hang up'))] },
    mended: { blocks: [block('Stop', 'DisconnectParticipant')] },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ next: kind, ways }) => kind === 'none' && ways.length > 0)
      .map((one) => ({
        block: one,
        message: `it ends the flow and has ${one.ways.map(({ name }) => name).join(', ')}`,
        fix: 'Write "Transitions": {}.',
      })),
};

const missingErrorBranch: Rule = {
  id: 'missing-error-branch',
  severity: 'error',
  title: 'A block lacks an error branch that it must have',
  why: 'Each type of block has error types that must lead somewhere, and the service refuses the flow without one of them.',
  source: live('"Action is missing required error"'),
  example: {
    failing: { blocks: [compare(next('Apologise', {}, { CHAT: 'Apologise' }))] },
    mended: { blocks: [compare(next('Apologise', { NoMatchingCondition: 'Apologise' }, { CHAT: 'Apologise' }))] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const there = one.transitions.Errors.map(({ ErrorType }) => ErrorType);
      const missing = (one.malformed ? [] : (one.form?.errors.required ?? [])).filter((type) => !there.includes(type));
      return missing.map((type) => ({
        block: one,
        message: `it has no branch for ${type}`,
        fix: `Add {"NextAction": "…", "ErrorType": "${type}"} to Transitions.Errors.`,
      }));
    }),
};

const foreignErrorBranch: Rule = {
  id: 'foreign-error-branch',
  severity: 'error',
  title: 'A block has an error branch that its type does not know',
  why: 'The service refuses any error type but those of the block.',
  source: live('"Invalid Action error"'),
  example: {
    failing: {
      blocks: [
        compare(
          next('Apologise', { NoMatchingCondition: 'Apologise', NoMatchingError: 'Apologise' }, { CHAT: 'Apologise' }),
        ),
      ],
    },
    mended: { blocks: [compare(next('Apologise', { NoMatchingCondition: 'Apologise' }, { CHAT: 'Apologise' }))] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      if (one.next === 'none' || one.form === undefined || one.form.errors.open) return [];
      const { required, optional = [] } = one.form.errors;
      const known = [...required, ...optional];
      return one.transitions.Errors.filter(({ ErrorType }) => !known.includes(ErrorType)).map(({ ErrorType }) => ({
        block: one,
        message: `it has a branch for ${ErrorType}, which is no error of this block`,
        fix: `Remove it from Transitions.Errors${known.length > 0 ? `; there is only ${known.join(', ')}` : ''}.`,
      }));
    }),
};

export const TRANSITION_RULES: readonly Rule[] = [
  missingNext,
  transitionsAtTheEnd,
  missingErrorBranch,
  foreignErrorBranch,
];
