import { live } from '../../catalogue/shared.ts';
import { block, next } from '../example.ts';
import type { Block } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import { isFilledInLater, isReference } from '../parameter-problems.ts';
import type { Complaint, Rule } from '../rule.ts';

/** The service publishes all of these, and some of their branches are never taken. */

const equals = (ComparisonValue: string, operand: string) =>
  block(
    'Is it a call',
    'Compare',
    { ComparisonValue },
    next('Apologise', { NoMatchingCondition: 'Apologise' }, { [operand]: 'Apologise' }),
  );

/** What a reference can be, where that is a few words; each is written just so. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  '$.Channel': ['VOICE', 'CHAT', 'TASK', 'EMAIL'],
  '$.InitiationMethod': [
    ...['INBOUND', 'OUTBOUND', 'TRANSFER', 'CALLBACK', 'API', 'QUEUE_TRANSFER', 'DISCONNECT', 'MONITOR'],
    ...['EXTERNAL_OUTBOUND', 'WEBRTC_API', 'AGENT_REPLY', 'FLOW', 'CAMPAIGN_PREVIEW'],
  ],
  '$.CustomerEndpoint.Type': ['TELEPHONE_NUMBER', 'VOIP', 'CONTACT_FLOW', 'EMAIL_ADDRESS'],
  '$.SystemEndpoint.Type': ['TELEPHONE_NUMBER', 'VOIP', 'CONTACT_FLOW', 'EMAIL_ADDRESS'],
  '$.Lex.SentimentResponse.Label': ['POSITIVE', 'NEGATIVE', 'MIXED', 'NEUTRAL'],
  '$.StoredCustomerInput': ['Timeout'],
};

const otherLetterCase: Rule = {
  id: 'other-letter-case',
  severity: 'warning',
  title: 'A value is compared in a letter case that it never has',
  why: 'Comparisons are case-sensitive: $.Channel is VOICE and never Voice, so the branch is never taken.',
  source: adminGuide('check-contact-attributes'),
  example: {
    failing: { blocks: [equals('$.Channel', 'Voice')] },
    fixed: { blocks: [equals('$.Channel', 'VOICE')] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const value = one.type === 'Compare' ? one.parameters.ComparisonValue : undefined;
      const words = typeof value === 'string' && Object.hasOwn(WORDS, value) ? (WORDS[value] ?? []) : [];
      return equalOperands(one).flatMap((operand): Complaint[] => {
        const meant = words.find((word) => word.toLowerCase() === operand.toLowerCase());
        if (meant === undefined || meant === operand) return [];
        return [{ block: one, message: `${value} is never "${operand}"`, fix: `Write ${meant}.` }];
      });
    }),
};

/** Whose words are all there are; the others may become more. */
const ONLY = ['$.Channel', '$.Lex.SentimentResponse.Label'];

const impossibleAnswer: Rule = {
  id: 'impossible-answer',
  severity: 'warning',
  title: 'A value is compared with a word that it can never be',
  why: 'The documentation lists every word that the value can be, and this is not one of them: the branch is never taken.',
  source: adminGuide('connect-attrib-list'),
  example: {
    failing: { blocks: [equals('$.Channel', 'PHONE')] },
    fixed: { blocks: [equals('$.Channel', 'VOICE')] },
  },
  check: ({ blocks }) =>
    blocks.flatMap((one) => {
      const value = one.type === 'Compare' ? one.parameters.ComparisonValue : undefined;
      const words = ONLY.flatMap((name) => (name === value ? (WORDS[name] ?? []) : []));
      if (words.length === 0) return [];
      return equalOperands(one)
        .filter((operand) => operand.trim() !== '' && !isFilledInLater(operand) && !isReference(operand))
        .filter((operand) => !words.includes(operand.toUpperCase()))
        .map((operand) => ({
          block: one,
          message: `${value} is never "${operand}"`,
          fix: `Write ${words.join(', ')}.`,
        }));
    }),
};

/** Texts that a block compares for being equal; a condition of several operands is refused anyway. */
const equalOperands = ({ transitions }: Block): string[] =>
  transitions.Conditions.flatMap(({ Condition: { Operator, Operands } }) =>
    Operator === 'Equals' && Operands.length === 1 ? Operands : [],
  );

const share = (...thresholds: string[]) =>
  block(
    'Draw',
    'DistributeByPercentage',
    {},
    {
      ...next('Apologise', { NoMatchingCondition: 'Apologise' }),
      Conditions: thresholds.map((threshold) => ({
        NextAction: 'Apologise',
        Condition: { Operator: 'NumberLessThan', Operands: [threshold] },
      })),
    },
  );

const thresholdsDescend: Rule = {
  id: 'thresholds-descend',
  severity: 'warning',
  title: 'A share of the calls is never drawn',
  why: 'The thresholds are cumulative, and the first one above the drawn number wins: one that is not above those before it is never reached.',
  source: live('3, 6 and 8 per cent are exported as 4, 10 and 18', 'flowAsCode'),
  example: {
    failing: { blocks: [share('51', '21')] },
    fixed: { blocks: [share('21', '51')] },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ type }) => type === 'DistributeByPercentage')
      .flatMap((one) => {
        const thresholds = one.transitions.Conditions.map(({ Condition }) => Number(Condition.Operands[0]));
        return thresholds.flatMap((threshold, index): Complaint[] => {
          const before = thresholds.slice(0, index).find((earlier) => earlier > threshold);
          if (before === undefined) return [];
          return [
            {
              block: one,
              message: `the threshold ${threshold} comes after ${before}, so its branch is never taken`,
              fix: 'Write the thresholds in ascending order, each with its own share added, plus one.',
            },
          ];
        });
      }),
};

const age = (operand: string) =>
  block(
    'Is it a long wait',
    'CheckMetricData',
    { MetricType: 'OldestContactInQueueAgeSeconds' },
    {
      ...next('Apologise', { NoMatchingCondition: 'Apologise', NoMatchingError: 'Apologise' }),
      Conditions: [{ NextAction: 'Apologise', Condition: { Operator: 'NumberGreaterThan', Operands: [operand] } }],
    },
  );

/** Nobody asks whether a customer has waited for less than this. */
const SHORTEST_WAIT_MS = 10_000;

const secondsForMilliseconds: Rule = {
  id: 'seconds-for-milliseconds',
  severity: 'warning',
  title: 'A wait is given in seconds where the service counts milliseconds',
  why: 'Despite its name, OldestContactInQueueAgeSeconds is compared in milliseconds: "300" is a third of a second, which nearly every waiting customer has already waited.',
  source: live('300 seconds are exported as 300000', 'flowAsCode'),
  example: { failing: { blocks: [age('300')] }, fixed: { blocks: [age('300000')] } },
  check: ({ blocks }) =>
    blocks
      .filter(({ parameters }) => parameters.MetricType === 'OldestContactInQueueAgeSeconds')
      .flatMap((one) =>
        one.transitions.Conditions.flatMap(({ Condition: { Operands } }) => Operands)
          .filter((operand) => Number(operand) > 0 && Number(operand) < SHORTEST_WAIT_MS)
          .map((operand) => ({
            block: one,
            message: `it compares the longest wait with "${operand}", which is ${Number(operand) / 1000} seconds`,
            fix: `Write milliseconds: ${Number(operand) * 1000} for ${operand} seconds.`,
          })),
      ),
};

export const ANSWER_RULES: readonly Rule[] = [
  otherLetterCase,
  impossibleAnswer,
  thresholdsDescend,
  secondsForMilliseconds,
];
