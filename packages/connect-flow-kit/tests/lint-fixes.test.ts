import { expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks } from './lint-support.ts';

/** What is advised about a block, all in one text. */
const advice = (...blocks: object[]): string =>
  lintBlocks(blocks)
    .map(({ message, fix }) => `${message}. ${fix}`)
    .join('\n');

const decide = (Type: string, parameters: object, Operator: string, Operand: string) =>
  block(
    'A',
    Type,
    { ...parameters },
    {
      ...next('Apologise', failTo('Apologise', 'NoMatchingCondition')),
      Conditions: [{ NextAction: 'Apologise', Condition: { Operator, Operands: [Operand] } }],
    },
  );

it.each([
  ['GreaterThan', 'Use NumberGreaterThan; there are also Equals'],
  ['GreaterThanOrEqualTo', 'Use NumberGreaterOrEqualTo; '],
  ['StartsWith', 'Use TextStartsWith; '],
  ['NumberEquals', 'Use Equals; '],
  ['NotEquals', 'Use Equals, TextStartsWith'],
])('the operator %s is answered with the one that is meant', (operator, fix) => {
  expect(advice(decide('Compare', { ComparisonValue: '$.Attributes.age' }, operator, '18'))).toContain(fix);
});

it.each([
  ['a result in other letters', decide('CheckHoursOfOperation', {}, 'Equals', 'true'), 'Write True.'],
  ['a share above all', decide('DistributeByPercentage', {}, 'NumberLessThan', '150'), 'Write a number from 1 to 101'],
  [
    'a long asynchronous call of a function',
    block(
      'A',
      'InvokeLambdaFunction',
      {
        LambdaFunctionARN: '${Function}',
        InvocationTimeLimitSeconds: '60',
        InvocationType: 'ASYNCHRONOUS',
      },
      next('Apologise', failTo('Apologise')),
    ),
    'but one source allows 8 at most, another 60',
  ],
  [
    'an attribute that is true',
    block('A', 'UpdateContactAttributes', { Attributes: { member: true } }, next('Apologise', failTo('Apologise'))),
    'Attributes.member is true. Write a text, as a text in quotes.',
  ],
  [
    'a Loop that begins anew',
    block('A', 'Loop', { LoopCount: '3' }, next('A', {}, { ContinueLooping: 'A', DoneLooping: 'A' })),
    'Let every branch of the Loop "A" but ContinueLooping lead out of the circle.',
  ],
])('%s is answered with what to write', (_, one, sentence) => {
  expect(advice(one)).toContain(sentence);
});
