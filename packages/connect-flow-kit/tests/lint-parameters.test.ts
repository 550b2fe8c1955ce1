import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks } from './lint-support.ts';

/** What is wrong with the parameters of one block. */
function wrongs(type: string, parameters: Record<string, unknown>, ...errors: string[]): string[] {
  const transitions = next('Apologise', failTo('Apologise', ...errors));
  return lintBlocks([block('Block', type, parameters, transitions)])
    .filter(({ block: id, severity }) => id === 'Block' && severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const lambda = (parameters: Record<string, unknown>) =>
  wrongs('InvokeLambdaFunction', { LambdaFunctionARN: '${LookUp}', InvocationTimeLimitSeconds: '3', ...parameters });

describe('a number', () => {
  it.each<[unknown, string[]]>([
    ['8', []],
    [8, []],
    ['${Seconds}', []],
    ['9', ['wrong-value: InvocationTimeLimitSeconds is "9"']],
    ['2.5', ['wrong-value: InvocationTimeLimitSeconds is "2.5"']],
    [' 3', ['wrong-value: InvocationTimeLimitSeconds is " 3"']],
    [true, ['wrong-value: InvocationTimeLimitSeconds is true']],
    [null, ['wrong-value: InvocationTimeLimitSeconds is null']],
    [['3'], ['wrong-value: InvocationTimeLimitSeconds is ["3"]']],
    ['$.Attributes.seconds', ['wrong-value: InvocationTimeLimitSeconds is "$.Attributes.seconds"']],
    ['', ['empty-text: InvocationTimeLimitSeconds is empty']],
  ])('may be %j or not', (value, expected) => {
    expect(lambda({ InvocationTimeLimitSeconds: value })).toEqual(expected);
  });

  it('may be a reference where the service takes one', () => {
    const input = { InputTimeLimitSeconds: '$.Attributes.seconds', StoreInput: 'False' };
    const menuErrors = ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'];
    expect(wrongs('GetParticipantInput', input, ...menuErrors)).toEqual([]);
  });
});

describe('a value to compare', () => {
  it.each<[unknown, boolean]>([
    ['$.Attributes.user_type', true],
    ["$['Attributes']['user type']", true],
    ["$.Attributes.['user type']", true],
    ['$.StoredCustomerInput', true],
    ['$.Lex.Slots.会社', true],
    ['$.External', false],
    ["$['External']", false],
    ['member', false],
    ['$.Attributes.a$.Attributes.b', false],
    ['is $.Attributes.a', false],
  ])('may be %j: %s', (ComparisonValue, fine) => {
    const found = wrongs('Compare', { ComparisonValue }, 'NoMatchingCondition').filter((text) =>
      text.startsWith('wrong-value'),
    );
    expect(found).toEqual(fine ? [] : [`wrong-value: ComparisonValue is ${JSON.stringify(ComparisonValue)}`]);
  });
});

describe('words, lists and objects', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['a word of the list', { InvocationType: 'ASYNCHRONOUS' }, []],
    ['another word', { InvocationType: 'ASYNC' }, ['wrong-value: InvocationType is "ASYNC"']],
    [
      'a word deeper down',
      { ResponseValidation: { ResponseType: 'JSON_OBJECT' } },
      ['wrong-value: ResponseValidation.ResponseType is "JSON_OBJECT"'],
    ],
    ['a text for an object', { ResponseValidation: 'JSON' }, ['wrong-value: ResponseValidation is "JSON"']],
    [
      'an unknown key deeper down',
      { ResponseValidation: { Type: 'JSON' } },
      ['unknown-parameter: there is no parameter ResponseValidation.Type'],
    ],
    [
      'an empty text deeper down',
      { LambdaInvocationAttributes: { shop: '' } },
      ['empty-text: LambdaInvocationAttributes.shop is empty'],
    ],
    ['a blank', { LambdaInvocationAttributes: { shop: ' ' } }, []],
    [
      'the key of an object of JavaScript',
      { constructor: 'x' },
      ['unknown-parameter: there is no parameter constructor'],
    ],
  ])('take %s or not', (_, parameters, expected) => {
    expect(lambda(parameters)).toEqual(expected);
  });

  it('are looked into in every item of a list', () => {
    const Messages = [{ Text: 'Please wait.' }, { Text: 'a', PromptId: 'b' }, {}];
    expect(wrongs('MessageParticipantIteratively', { Messages })).toEqual([
      'parameter-combination: Messages[1] has Text and PromptId, which exclude each other',
      'parameter-combination: Messages[2] has none of Text, SSML, PromptId, Media',
    ]);
    expect(wrongs('MessageParticipantIteratively', { Messages: [] })).toEqual(['wrong-value: Messages is []']);
  });

  it('tell the right name of a parameter that differs in its letters', () => {
    const [finding] = lintBlocks([
      block(
        'Welcome',
        'MessageParticipant',
        { Text: 'Good morning.', promptId: 'x' },
        next('Hang up', failTo('Hang up')),
      ),
    ]);
    expect(finding).toMatchObject({ rule: 'unknown-parameter', fix: 'Write PromptId.' });
  });
});

describe('a resource', () => {
  it.each<[string, string[]]>([
    ['arn:aws:connect:ap-northeast-1:000000000000:instance/a/queue/b', ['literal-arn']],
    ['00000000-0000-4000-8000-000000000001', []],
    ['00000000-0000-4000-8000-000000000001:$LATEST', []],
    ['${Module}', []],
    ['$.Attributes.module', []],
    ['<MODULE_ARN>', []],
    ['%ModuleArn%', []],
    ['Look up the customer', ['resource-by-name']],
  ])('may be %s or not', (FlowModuleId, expected) => {
    const invoke = block(
      'Block',
      'InvokeFlowModule',
      { FlowModuleId },
      next('Apologise', failTo('Apologise', 'NoMatchingCondition', 'NoMatchingError')),
    );
    expect(lintBlocks([invoke]).map(({ rule }) => rule)).toEqual(expected);
  });
});

describe('a word in other letters', () => {
  it.each([
    ['false', []],
    ['FALSE', []],
    ['no', ['wrong-value: SkipWhenDTMFBufferEnabled is "no"']],
    [false, ['wrong-value: SkipWhenDTMFBufferEnabled is false']],
  ])('may be %j or not', (SkipWhenDTMFBufferEnabled, expected) => {
    expect(wrongs('MessageParticipant', { Text: 'Good morning.', SkipWhenDTMFBufferEnabled })).toEqual(expected);
  });
});

describe('the form of a block', () => {
  const store = { StoreInput: 'True', InputTimeLimitSeconds: '5' };

  it.each<[string, Record<string, unknown>, string[], string[]]>([
    [
      'stored input',
      { ...store, InputValidation: { CustomValidation: { MaximumLength: '4' } } },
      ['NoMatchingError'],
      [],
    ],
    ['stored input without a validation', store, ['NoMatchingError'], ['missing-parameter: it has no InputValidation']],
    [
      'stored input with both validations',
      { ...store, InputValidation: { CustomValidation: {}, PhoneNumberValidation: { NumberFormat: 'E164' } } },
      ['NoMatchingError', 'InvalidPhoneNumber'],
      [
        'parameter-combination: InputValidation has CustomValidation and PhoneNumberValidation, which exclude each other',
      ],
    ],
    [
      'stored input with the error branches of a menu',
      { ...store, InputValidation: { CustomValidation: { MaximumLength: '4' } } },
      ['NoMatchingError', 'InputTimeLimitExceeded'],
      ['foreign-error-branch: it has a branch for InputTimeLimitExceeded, which is not an error of this block'],
    ],
    [
      'a menu with a validation',
      { StoreInput: 'False', InputTimeLimitSeconds: '5', InputValidation: {} },
      ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'],
      ['unknown-parameter: there is no parameter InputValidation'],
    ],
  ])('of %s decides what it takes', (_, parameters, errors, expected) => {
    expect(wrongs('GetParticipantInput', parameters, ...errors)).toEqual(expected);
  });
});
