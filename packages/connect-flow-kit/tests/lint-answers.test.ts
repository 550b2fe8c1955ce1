import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks } from './lint-support.ts';

const condition = (Operator: string) => (operand: string) => ({
  NextAction: 'Apologise',
  Condition: { Operator, Operands: [operand] },
});

/** Findings about a block with these operands. */
function found(
  type: string,
  parameters: Record<string, unknown>,
  operator: string,
  operands: readonly string[],
  ...errors: string[]
): string[] {
  const transitions = {
    ...next('Apologise', failTo('Apologise', ...errors)),
    Conditions: operands.map(condition(operator)),
  };
  return lintBlocks([block('Block', type, parameters, transitions)]).map(({ rule, fix }) => `${rule}: ${fix}`);
}

const compare = (ComparisonValue: string, operand: string, operator = 'Equals') =>
  found('Compare', { ComparisonValue }, operator, [operand], 'NoMatchingCondition');

describe('a comparison', () => {
  it.each([
    ['$.Channel', 'Voice', ['other-letter-case: Write VOICE.']],
    ['$.Channel', 'VOICE', []],
    ['$.Channel', 'PHONE', ['impossible-answer: Write VOICE, CHAT, TASK, EMAIL.']],
    ['$.Channel', '$.Attributes.channel', []],
    ['$.Channel', '${Channel}', []],
    ['$.InitiationMethod', 'SOMETHING_NEW', []],
    ['$.InitiationMethod', 'Inbound', ['other-letter-case: Write INBOUND.']],
    ['$.CustomerEndpoint.Type', 'telephone_number', ['other-letter-case: Write TELEPHONE_NUMBER.']],
    ['$.StoredCustomerInput', 'TIMEOUT', ['other-letter-case: Write Timeout.']],
    ['$.StoredCustomerInput', '1', []],
    ['$.constructor', 'name', [expect.stringContaining('unknown-reference')]],
  ])('of %s with %s', (value, operand, expected) => {
    expect(compare(value, operand)).toEqual(expected);
  });

  it('that looks for a part of the text is left alone', () => {
    expect(compare('$.Channel', 'Voice', 'TextContains')).toEqual([]);
  });
});

describe('thresholds of shares', () => {
  const share = (...thresholds: string[]) =>
    found('DistributeByPercentage', {}, 'NumberLessThan', thresholds, 'NoMatchingCondition');

  it.each([
    [['21', '51'], []],
    [['51', '21'], ['thresholds-descend']],
    [
      ['11', '51', '31', '61', '5'],
      ['thresholds-descend', 'thresholds-descend'],
    ],
  ])('%j', (thresholds, expected) => {
    expect(share(...thresholds).map((text) => text.split(':')[0])).toEqual(expected);
  });
});

describe('the age of the oldest contact', () => {
  const age = (operand: string) =>
    found(
      'CheckMetricData',
      { MetricType: 'OldestContactInQueueAgeSeconds' },
      'NumberGreaterThan',
      [operand],
      ...['NoMatchingCondition', 'NoMatchingError'],
    );

  it.each([
    ['300', ['seconds-for-milliseconds: Write milliseconds: 300000 for 300 seconds.']],
    ['300000', []],
    ['0', []],
  ])('above %s', (operand, expected) => {
    expect(age(operand)).toEqual(expected);
  });
});
