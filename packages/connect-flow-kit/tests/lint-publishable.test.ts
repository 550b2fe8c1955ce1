import { describe, expect, it } from 'vitest';
import { block, next, say } from '../src/lint/example.ts';
import { failTo, lintBlocks, lintText, named, typed } from './lint-support.ts';

const MENU_ERRORS = failTo('Apologise', 'InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError');
const menu = (parameters: object, transitions: object = next('Apologise', MENU_ERRORS)) =>
  block('Ask', 'GetParticipantInput', { StoreInput: 'False', InputTimeLimitSeconds: '5', ...parameters }, transitions);

describe('the structure', () => {
  it.each<[string, string, string[]]>([
    ['50 characters', 'a'.repeat(50), []],
    ['51 characters', 'a'.repeat(51), [`unusable-identifier: ${'a'.repeat(51)}`]],
    ['Japanese and blanks', '担当者を 呼ぶ', []],
    ['a bracket', 'Queue [1]', ['unusable-identifier: Queue [1]']],
    ['the name of a method', 'toString', ['unusable-identifier: toString']],
    ['the prototype', '__proto__', ['unusable-identifier: __proto__']],
  ])('may hold an Identifier of %s or not', (_, id, expected) => {
    expect(named(lintBlocks([say(id, 'Good morning.', 'Hang up')]))).toEqual(expected);
  });

  it('does not call a transition open that leads to a block which could not be read', () => {
    const broken = { Identifier: 'News', Type: 7, Parameters: {}, Transitions: {} };
    const findings = lintBlocks([say('Welcome', 'Good morning.', 'News'), broken]);
    expect(named(findings)).toEqual(['malformed-document: News']);
  });

  it('counts the characters of the content without the blanks of a formatter', () => {
    const flow = {
      Version: '2019-10-30',
      StartAction: 'Hang up',
      Actions: [block('Hang up', 'DisconnectParticipant')],
    };
    const blanks = JSON.stringify(flow).replace(/}$/, `${' '.repeat(256_000)}}`);
    expect(lintText(blanks)).toEqual([]);
  });

  it.each([
    ['a flow with Settings', { Metadata: { type: 'contactFlow' }, Settings: {} }, {}, ['module-settings']],
    ['a module with Settings', { Settings: {} }, {}, []],
    ['a module without Settings', {}, { type: 'MODULE' }, ['module-settings']],
    ['Settings where another type was given', { Settings: {} }, { type: 'CUSTOMER_QUEUE' }, ['module-settings']],
  ] as const)('of %s', (_, document, options, expected) => {
    const blocks = [block('End', 'EndFlowModuleExecution')];
    const found = named(lintBlocks(blocks, document, options)).filter((name) => name === 'module-settings');
    expect(found).toEqual(expected);
  });
});

describe('the transitions', () => {
  it('of a loop of prompts may lack NextAction, those of a decision may not', () => {
    const loop = block('Wait', 'MessageParticipantIteratively', { Messages: [{ Text: 'Please wait.' }] });
    const compare = block(
      'Is it a chat',
      'Compare',
      { ComparisonValue: '$.Channel' },
      {
        Errors: [{ NextAction: 'Hang up', ErrorType: 'NoMatchingCondition' }],
        Conditions: [{ NextAction: 'Hang up', Condition: { Operator: 'Equals', Operands: ['CHAT'] } }],
      },
    );
    expect(lintBlocks([loop])).toEqual([]);
    expect(named(lintBlocks([compare]))).toEqual(['missing-next: Is it a chat']);
  });

  it('name the branch to add', () => {
    const [finding] = lintBlocks([
      menu({}, next('Apologise', failTo('Apologise', 'NoMatchingError', 'NoMatchingCondition'))),
    ]);
    expect(finding).toMatchObject({
      rule: 'missing-error-branch',
      block: 'Ask',
      type: 'GetParticipantInput',
      message: 'it has no branch for InputTimeLimitExceeded',
      fix: 'Add {"NextAction": "…", "ErrorType": "InputTimeLimitExceeded"} to Transitions.Errors.',
    });
  });

  it('are not judged where they could not be read', () => {
    const broken = block(
      'Welcome',
      'InvokeLambdaFunction',
      { LambdaFunctionARN: '${F}', InvocationTimeLimitSeconds: '3' },
      [] as object,
    );
    expect(named(lintBlocks([broken]))).toEqual(['malformed-document: Welcome']);
  });
});

describe('the conditions', () => {
  const compare = (Operator: string, ...Operands: string[]) =>
    lintBlocks([
      block(
        'Check',
        'Compare',
        { ComparisonValue: '$.Channel' },
        {
          ...next('Apologise', failTo('Apologise', 'NoMatchingCondition')),
          Conditions: [{ NextAction: 'Apologise', Condition: { Operator, Operands } }],
        },
      ),
    ]);

  it.each<[string, string[], string[]]>([
    ['Equals', ['VOICE'], []],
    ['KeyExists', ['VOICE'], []],
    ['And', ['VOICE'], ['wrong-operator: Check']],
    ['NumberEquals', ['5'], ['wrong-operator: Check']],
    ['Equals', [], ['wrong-operand: Check']],
    ['Equals', [''], ['wrong-operand: Check']],
    ['Equals', [' '], []],
    ['Equals', ['1', '2'], ['wrong-operand: Check']],
    ['NumberGreaterThan', ['many'], ['dead-condition: Check']],
    ['NumberGreaterThan', ['-1.5'], []],
    ['NumberGreaterThan', ['${Limit}'], []],
    ['NumberGreaterThan', ['$.Attributes.limit'], []],
    ['Equals', ['$.Attributes.type'], []],
  ])('may be %s %j or not', (operator, operands, expected) => {
    expect(named(compare(operator, ...operands))).toEqual(expected);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['one key', { 1: 'Apologise' }, []],
    ['no key at all', {}, []],
    ['two digits', { 10: 'Apologise' }, ['wrong-operand: Ask']],
    ['a word', { one: 'Apologise' }, ['wrong-operand: Ask']],
  ])('of a menu take %s or not', (_, answers, expected) => {
    expect(named(lintBlocks([menu({ Text: 'Press 1.' }, next('Apologise', MENU_ERRORS, answers))]))).toEqual(expected);
  });
});

describe('conditions where none or fewer may be', () => {
  it('are reported once at the end of a flow', () => {
    const stop = block('Stop', 'DisconnectParticipant', {}, { Conditions: next('Stop', {}, { 1: 'Stop' }).Conditions });
    expect(named(lintBlocks([stop]))).toEqual(['transitions-at-the-end: Stop']);
  });

  it('are counted', () => {
    const shares = Array.from({ length: 101 }, (_, index) => ({
      NextAction: 'Apologise',
      Condition: { Operator: 'NumberLessThan', Operands: [String(index + 1)] },
    }));
    const draw = (Conditions: object[]) =>
      lintBlocks([
        block(
          'Draw',
          'DistributeByPercentage',
          {},
          { ...next('Apologise', failTo('Apologise', 'NoMatchingCondition')), Conditions },
        ),
      ]);
    expect(draw(shares.slice(1))).toEqual([]);
    expect(draw(shares)).toMatchObject([{ rule: 'missing-condition', message: 'it has 101 conditions' }]);
    expect(draw([])).toMatchObject([{ rule: 'missing-condition', message: 'it has 0 conditions' }]);
  });
});

describe('the type of a block', () => {
  it.each([
    ['SetLoggingBehavior', 'Write UpdateFlowLoggingBehavior, with the parameters it takes.'],
    ['compare', 'Write Compare, with the parameters it takes.'],
    ['EntryPoint', 'Remove the block, and let StartAction name the one after it.'],
  ])('%s is none, and the right one is named', (type, fix) => {
    expect(lintBlocks([block('Start', type, {}, next('Hang up'))])).toMatchObject([{ rule: 'no-such-type', fix }]);
  });

  it.each([
    ['customerWhisper', 'Hang up', ['not-in-flow-type: Hang up']],
    ['customerHold', 'Hang up', ['not-in-flow-type: Announce', 'not-in-flow-type: Hang up', 'silent-wait']],
    ['customerWhisper', 'Resume', []],
    ['contactFlow', 'Hang up', []],
  ])('fits a flow of type %s that ends with %s or not', (type, end, expected) => {
    const found = named(lintBlocks([say('Announce', 'One moment.', end)], typed(type)));
    expect(found.toSorted()).toEqual(expected);
  });
});
