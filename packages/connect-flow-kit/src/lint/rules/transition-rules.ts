import { doc, live } from '../../catalogue/shared.ts';
import type { FlowType } from '../../flow-types.ts';
import { block, next, say } from '../example.ts';
import type { Block } from '../linted-flow.ts';
import type { Complaint, Rule } from '../rule.ts';

const compare = (transitions: object) =>
  block('Is it a chat', 'Compare', { ComparisonValue: '$.Channel' }, transitions);

const missingNext: Rule = {
  id: 'missing-next',
  severity: 'error',
  title: 'A block has no NextAction',
  why: 'Every block that does not end the flow needs one, even if its conditions cover every case.',
  source: live('"Action is missing required property. Path: Actions[N].Transitions.NextAction"'),
  example: {
    failing: {
      blocks: [block('Welcome', 'MessageParticipant', { Text: 'Good morning.' }, { Errors: [] })],
    },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
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
  why: 'Nothing can come after it, and the service refuses a flow that says otherwise.',
  source: live('"Action does not support transitions"'),
  example: {
    failing: { blocks: [block('Stop', 'DisconnectParticipant', {}, next('Hang up'))] },
    fixed: { blocks: [block('Stop', 'DisconnectParticipant')] },
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
  title: 'A block lacks a required error branch',
  why: 'Each type of block has error types that must lead somewhere, and the service refuses a flow that lacks one of them.',
  source: live('"Action is missing required error"'),
  example: {
    failing: { blocks: [compare(next('Apologise', {}, { CHAT: 'Apologise' }))] },
    fixed: { blocks: [compare(next('Apologise', { NoMatchingCondition: 'Apologise' }, { CHAT: 'Apologise' }))] },
  },
  check: ({ blocks, type: flowType }) =>
    blocks.flatMap((one) => {
      const refused = refusedIn(flowType, one);
      const required = (one.form?.errors.required ?? []).filter((type) => !refused.includes(type));
      return absentBranches(one, required);
    }),
};

/** Error types of the block that a flow of this type refuses. */
const refusedIn = (flowType: FlowType | undefined, { form }: Block): readonly string[] =>
  (flowType && form?.errors.refusedIn?.[flowType]) ?? [];

function absentBranches(one: Block, types: readonly string[]): Complaint[] {
  const there = one.transitions.Errors.map(({ ErrorType }) => ErrorType);
  return (one.malformed ? [] : types)
    .filter((type) => !there.includes(type))
    .map((type) => ({
      block: one,
      message: `it has no branch for ${type}`,
      fix: `Add {"NextAction": "…", "ErrorType": "${type}"} to Transitions.Errors.`,
    }));
}

const invoke = (errors: Record<string, string>) =>
  block('Identify', 'InvokeFlowModule', { FlowModuleId: '${IdentifyModule}' }, next('Apologise', errors));

const expectedErrorBranch: Rule = {
  id: 'expected-error-branch',
  severity: 'warning',
  title: 'A block lacks an error branch that the flow designer now writes',
  why: 'Older flows without it are still accepted. A new one without it may be refused, and calls that should take it take another branch. Reported once for each flow.',
  source: live('every new export of a module that is invoked has NoMatchingCondition', 'pulumi'),
  example: {
    failing: { blocks: [invoke({ NoMatchingError: 'Apologise' })] },
    fixed: { blocks: [invoke({ NoMatchingCondition: 'Apologise', NoMatchingError: 'Apologise' })] },
  },
  check: ({ blocks }) => {
    const [first, ...more] = blocks.flatMap((one) => absentBranches(one, one.form?.errors.expected ?? []));
    if (!first) return [];
    return [
      more.length === 0
        ? first
        : { ...first, message: `${first.message} (blocks that lack theirs: ${more.length + 1})` },
    ];
  },
};

const foreignErrorBranch: Rule = {
  id: 'foreign-error-branch',
  severity: 'error',
  title: 'A block has an error branch that its type does not have',
  why: 'The service refuses any error type other than those of the block.',
  source: live('"Invalid Action error"'),
  example: {
    failing: {
      blocks: [
        compare(
          next('Apologise', { NoMatchingCondition: 'Apologise', NoMatchingError: 'Apologise' }, { CHAT: 'Apologise' }),
        ),
      ],
    },
    fixed: { blocks: [compare(next('Apologise', { NoMatchingCondition: 'Apologise' }, { CHAT: 'Apologise' }))] },
  },
  check: ({ blocks, type: flowType }) =>
    blocks.flatMap((one) => {
      if (one.next === 'none' || one.form === undefined || one.form.errors.open) return [];
      const { required, expected = [], optional = [] } = one.form.errors;
      const refused = refusedIn(flowType, one);
      const known = [...required, ...expected, ...optional].filter((type) => !refused.includes(type));
      return one.transitions.Errors.filter(({ ErrorType }) => !known.includes(ErrorType)).map(({ ErrorType }) => ({
        block: one,
        message: `it has a branch for ${ErrorType}, which is not an error of this block${refused.includes(ErrorType) ? ` in a flow of type ${flowType}` : ''}`,
        fix: `Remove it from Transitions.Errors${known.length > 0 ? `; there is only ${known.join(', ')}` : ''}.`,
      }));
    }),
};

const repeatedErrorBranch: Rule = {
  id: 'repeated-error-branch',
  severity: 'warning',
  title: 'Two error branches of a block are for the same error',
  why: 'An error takes one branch, so the other one is never taken.',
  source: doc('flow-language-actions'),
  example: {
    failing: {
      blocks: [
        block(
          'Welcome',
          'MessageParticipant',
          { Text: 'Good morning.' },
          {
            ...next('Hang up'),
            Errors: ['Hang up', 'Apologise'].map((NextAction) => ({ NextAction, ErrorType: 'NoMatchingError' })),
          },
        ),
      ],
    },
    fixed: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const types = one.transitions.Errors.map(({ ErrorType }) => ErrorType);
      const repeated = new Set(types.filter((type, index) => types.indexOf(type) < index));
      return [...repeated].map((type) => ({
        block: one,
        message: `it has ${types.filter((other) => other === type).length} branches for ${type}`,
        fix: 'Keep one of them.',
      }));
    }),
};

export const TRANSITION_RULES: readonly Rule[] = [
  missingNext,
  transitionsAtTheEnd,
  missingErrorBranch,
  foreignErrorBranch,
  expectedErrorBranch,
  repeatedErrorBranch,
];
