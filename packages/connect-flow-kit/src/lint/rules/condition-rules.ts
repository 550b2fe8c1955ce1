import { wordsOf } from '../../catalogue/misspelt.ts';
import { doc, live } from '../../catalogue/shared.ts';
import { block, next } from '../example.ts';
import type { Block } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Complaint, Rule } from '../rule.ts';

const compare = (conditions: readonly { Operator: string; Operands: string[] }[]) =>
  block(
    'Is it a chat',
    'Compare',
    { ComparisonValue: '$.Channel' },
    {
      ...next('Apologise', { NoMatchingCondition: 'Apologise' }),
      Conditions: conditions.map((Condition) => ({ NextAction: 'Apologise', Condition })),
    },
  );
const isChat = { Operator: 'Equals', Operands: ['CHAT'] };

const hours = (answers: Record<string, string>) =>
  block('Are we open', 'CheckHoursOfOperation', {}, next('Apologise', { NoMatchingError: 'Apologise' }, answers));
const open = { True: 'Apologise', False: 'Apologise' };

const conditionsOf = ({ transitions }: Block) => transitions.Conditions.map(({ Condition }) => Condition);

const listed = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

const conditionsNotAllowed: Rule = {
  id: 'conditions-not-allowed',
  severity: 'error',
  title: 'A block has conditions, but its type takes none',
  why: 'Only blocks that decide something have conditions.',
  source: live('"Action does not support conditions"'),
  example: {
    failing: {
      blocks: [
        block(
          'Welcome',
          'MessageParticipant',
          { Text: 'Good morning.' },
          next('Hang up', { NoMatchingError: 'Hang up' }, { CHAT: 'Hang up' }),
        ),
      ],
    },
    fixed: {
      blocks: [
        block(
          'Welcome',
          'MessageParticipant',
          { Text: 'Good morning.' },
          next('Hang up', { NoMatchingError: 'Hang up' }),
        ),
      ],
    },
  },
  check: ({ blocks }) =>
    blocks
      .filter(
        (one) =>
          one.form !== undefined &&
          one.form.conditions === undefined &&
          one.next !== 'none' &&
          one.transitions.Conditions.length > 0,
      )
      .map((one) => ({
        block: one,
        message: 'it has conditions, but a block of this type decides nothing',
        fix: 'Remove Transitions.Conditions; put a Compare before it if something has to be decided.',
      })),
};

const wrongOperator: Rule = {
  id: 'wrong-operator',
  severity: 'error',
  title: 'A condition has an operator that its block does not take',
  why: 'Operators that combine others (And, Or, Not …) are documented but refused; many blocks take Equals only.',
  source: doc('flow-language-actions'),
  example: {
    failing: { blocks: [compare([{ Operator: 'StartsWith', Operands: ['CH'] }])] },
    fixed: { blocks: [compare([{ Operator: 'TextStartsWith', Operands: ['CH'] }])] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const operators = one.form?.conditions?.operators;
      if (!operators) return [];
      return conditionsOf(one)
        .filter(({ Operator }) => !operators.includes(Operator))
        .map(({ Operator }) => ({
          block: one,
          message: `a condition has the operator ${Operator}`,
          fix: `Use ${operatorsInstead(Operator, operators)}.`,
        }));
    }),
};

/** The operators that exist; the one meant when there is only one comes first. */
function operatorsInstead(wrong: string, operators: readonly string[]): string {
  const written = wordsOf(wrong);
  const matching = operators
    .map((operator) => ({ operator, words: wordsOf(operator).filter((word) => !['number', 'text'].includes(word)) }))
    .filter(({ words }) => !written.includes('not') && words.every((word) => written.includes(word)));
  const [meant] = matching.toSorted((one, other) => other.words.length - one.words.length);
  const others = operators.filter((operator) => operator !== meant?.operator);
  if (meant === undefined) return operators.join(', ');
  return others.length === 0 ? meant.operator : `${meant.operator}; there are also ${others.join(', ')}`;
}

const wrongOperand: Rule = {
  id: 'wrong-operand',
  severity: 'error',
  title: 'A condition does not have exactly one operand, or has one that cannot occur',
  why: 'Every operator takes exactly one text that is not empty, and some blocks have a fixed set of results.',
  source: live('a second operand, an empty one, and a foreign result were refused'),
  example: {
    failing: { blocks: [compare([{ Operator: 'Equals', Operands: ['CHAT', 'TASK'] }])] },
    fixed: { blocks: [compare([isChat, { Operator: 'Equals', Operands: ['TASK'] }])] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => conditionsOf(one).flatMap((condition) => operandWrongs(one, condition))),
};

function operandWrongs(one: Block, { Operator, Operands }: { Operator: string; Operands: string[] }): Complaint[] {
  const spec = one.form?.conditions;
  if (!spec) return [];
  const [operand, ...more] = Operands;
  if (operand === undefined || more.length > 0) {
    return [
      {
        block: one,
        message: `the condition ${Operator} has ${Operands.length} operands`,
        fix: 'Give each condition exactly one operand; write one condition for each value.',
      },
    ];
  }
  const expected =
    operand === ''
      ? 'a text that is not empty'
      : spec.operands && !spec.doubtfulOthers && !spec.operands.includes(operand)
        ? listed(spec.operands)
        : spec.operandPattern !== undefined && !new RegExp(spec.operandPattern).test(operand)
          ? (spec.operandExpected ?? `a match of ${spec.operandPattern}`)
          : undefined;
  if (expected === undefined) return [];
  return [{ block: one, message: `a condition has the operand "${operand}"`, fix: `Write ${expected}.` }];
}

const doubtfulOperand: Rule = {
  id: 'doubtful-operand',
  severity: 'warning',
  title: 'A condition asks for a result whose spelling no source gives',
  why: 'The flow designer has branches on this block whose names in the flow language no source gives. If the name is wrong, the service refuses the flow.',
  source: adminGuide('check-hours-of-operation'),
  example: {
    failing: { blocks: [hours({ ...open, Holiday: 'Apologise' })] },
    fixed: { blocks: [hours(open)] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const { operands, doubtfulOthers } = one.form?.conditions ?? {};
      if (!operands || !doubtfulOthers) return [];
      return conditionsOf(one)
        .flatMap(({ Operands: [operand = ''] }) => (operand === '' || operands.includes(operand) ? [] : [operand]))
        .map((operand) => ({
          block: one,
          message: `a condition has the operand "${operand}", which is not among ${listed(operands)}`,
          fix: spelling(operand, operands),
        }));
    }),
};

function spelling(operand: string, operands: readonly string[]): string {
  const meant = operands.find((word) => word.toLowerCase() === operand.toLowerCase());
  return meant === undefined ? 'Check that it is spelt as the flow designer exports it.' : `Write ${meant}.`;
}

const duplicateOperand: Rule = {
  id: 'duplicate-operand',
  severity: 'error',
  title: 'Two conditions of a block ask for the same result',
  why: 'If a block has a fixed set of results, each may appear once.',
  source: doc('flow-language-actions'),
  example: {
    failing: {
      blocks: [
        block(
          'Ask',
          'GetParticipantInput',
          { Text: 'Press 1 for sales.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
          {
            ...next('Apologise', {
              InputTimeLimitExceeded: 'Apologise',
              NoMatchingCondition: 'Apologise',
              NoMatchingError: 'Apologise',
            }),
            Conditions: ['1', '1'].map((key) => ({
              NextAction: 'Apologise',
              Condition: { Operator: 'Equals', Operands: [key] },
            })),
          },
        ),
      ],
    },
    fixed: {
      blocks: [
        block(
          'Ask',
          'GetParticipantInput',
          { Text: 'Press 1 for sales.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
          next(
            'Apologise',
            {
              InputTimeLimitExceeded: 'Apologise',
              NoMatchingCondition: 'Apologise',
              NoMatchingError: 'Apologise',
            },
            { 1: 'Apologise' },
          ),
        ),
      ],
    },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ form }) => form?.conditions?.operands !== undefined || form?.conditions?.operandPattern !== undefined)
      .flatMap((one) =>
        repeated(one).map((condition) => ({
          block: one,
          message: `it has the condition ${condition} twice`,
          fix: 'Remove one of them.',
        })),
      ),
};

const deadCondition: Rule = {
  id: 'dead-condition',
  severity: 'warning',
  title: 'A condition can never be the one that matches',
  why: 'Conditions are tried in order: a later one with the same words never sees what an earlier one has taken. A number operator is never true for a text.',
  source: doc('flow-language-actions'),
  example: {
    failing: { blocks: [compare([isChat, isChat])] },
    fixed: { blocks: [compare([isChat, { Operator: 'Equals', Operands: ['TASK'] }])] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const spec = one.form?.conditions;
      if (!spec || spec.operands !== undefined || spec.operandPattern !== undefined) return [];
      const numbers = conditionsOf(one).filter(
        ({ Operator, Operands: [operand = ''] }) =>
          Operator.startsWith('Number') && operand !== '' && !operand.includes('$') && Number.isNaN(Number(operand)),
      );
      return [
        ...repeated(one).map((condition) => ({
          block: one,
          message: `the condition ${condition} appears twice, and the second one never matches`,
          fix: 'Remove one of them, or correct its operand.',
        })),
        ...numbers.map(({ Operator, Operands }) => ({
          block: one,
          message: `${Operator} "${Operands[0]}" never matches, since that is not a number`,
          fix: 'Write a number, or use Equals.',
        })),
      ];
    }),
};

/** Conditions of the block that duplicate an earlier one. */
function repeated(one: Block): string[] {
  const names = one.ways.filter(({ kind }) => kind === 'condition').map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
}

const missingCondition: Rule = {
  id: 'missing-condition',
  severity: 'error',
  title: 'A block lacks a required condition, or has too many',
  why: 'A block that decides needs one branch for each of its results.',
  source: live('opening hours need True and False, a loop ContinueLooping and DoneLooping, a Compare at least one'),
  example: {
    failing: { blocks: [hours({ True: 'Apologise' })] },
    fixed: { blocks: [hours(open)] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const spec = one.form?.conditions;
      if (!spec || one.malformed) return [];
      const conditions = conditionsOf(one);
      const there = conditions.map(({ Operands }) => Operands[0]);
      const missing = (spec.requiredOperands ?? []).filter((operand) => !there.includes(operand));
      if (missing.length > 0) {
        return [
          {
            block: one,
            message: `it has no condition for ${missing.join(' and ')}`,
            fix: `Add ${missing.map((operand) => `{"NextAction": "…", "Condition": {"Operator": "Equals", "Operands": ["${operand}"]}}`).join(' and ')} to Transitions.Conditions.`,
          },
        ];
      }
      if (conditions.length >= spec.min && conditions.length <= (spec.max ?? conditions.length)) return [];
      const expected = spec.max === undefined ? `at least ${spec.min}` : `${spec.min} to ${spec.max}`;
      return [
        {
          block: one,
          message: `it has ${conditions.length} conditions`,
          fix: `Write ${spec.min === spec.max ? spec.min : expected} in Transitions.Conditions.`,
        },
      ];
    }),
};

export const CONDITION_RULES: readonly Rule[] = [
  conditionsNotAllowed,
  wrongOperator,
  wrongOperand,
  doubtfulOperand,
  duplicateOperand,
  missingCondition,
  deadCondition,
];
