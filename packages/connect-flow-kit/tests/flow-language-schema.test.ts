import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import jsonLanguage from 'vscode-json-languageservice';
import { readFlow } from '../src/document.ts';
import { flowTypeOf } from '../src/flow-types.ts';
import { block, exampleText, next } from '../src/lint/example.ts';
import { lintFlow } from '../src/lint/lint.ts';
import { RULES } from '../src/lint/rules.ts';
import { flowLanguageSchema } from '../src/schema/flow-language-schema.ts';

const { getLanguageService, TextDocument } = jsonLanguage;
const schema = flowLanguageSchema();
const isValid = new Ajv({ allErrors: true, strict: false }).compile(schema);
const why = () => JSON.stringify(isValid.errors?.slice(0, 3));

/** The error branches of the blocks here; what is one too many is for the linter to tell. */
const ALL_ERRORS = { InputTimeLimitExceeded: 'Resume', NoMatchingCondition: 'Resume', NoMatchingError: 'Resume' };
const LAMBDA = { LambdaFunctionARN: '${LookUpFunction}', InvocationTimeLimitSeconds: '3' };
const withParameters = (Type: string, Parameters: Record<string, unknown>): unknown =>
  JSON.parse(exampleText({ blocks: [block('A', Type, Parameters, next('Resume', ALL_ERRORS))] }));

it('flow-language.schema.json is the schema of the catalogue as it is', async () => {
  await expect(`${JSON.stringify(schema, null, 1)}\n`).toMatchFileSnapshot('../flow-language.schema.json');
});

describe('the schema of the flow language', () => {
  it.each(
    RULES.flatMap(({ id, example }) => [
      [id, 'failing', example.failing] as const,
      [id, 'fixed', example.fixed] as const,
    ]),
  )('refuses nothing but what the linter calls an error: example of %s, %s', (_, __, example) => {
    const text = exampleText(example);
    const read = readFlow(text);
    // A type that is not known is a warning of the linter, and of editors.
    const errors = lintFlow(read, { text, type: flowTypeOf(read.flow) }).filter(
      ({ severity, rule }) => severity === 'error' || rule === 'unknown-type',
    );
    expect(isValid(JSON.parse(text)) || errors.length > 0, why()).toBe(true);
  });

  it.each(['unknown-parameter', 'missing-parameter', 'parameter-combination', 'empty-text'])(
    'refuses the failing example of %s, and takes the fixed one',
    (id) => {
      const example = RULES.find((rule) => rule.id === id)?.example;
      expect(example && isValid(JSON.parse(exampleText(example.failing)))).toBe(false);
      expect(example && isValid(JSON.parse(exampleText(example.fixed))), why()).toBe(true);
    },
  );

  it.each([
    ['a token', 'MessageParticipant', { Text: '${CompanyName}' }],
    ['a token for an id', 'TransferToFlow', { ContactFlowId: '${CallMeContactFlow}' }],
    ['a reference for an id', 'TransferToFlow', { ContactFlowId: '$.Attributes.flow' }],
    ['a reference for a number', 'Loop', { LoopCount: '$.Attributes.times' }],
    ['a token for a number', 'Loop', { LoopCount: '${Times}' }],
    ['a number that is no text', 'Loop', { LoopCount: 3 }],
    ['a word in small letters', 'GetParticipantInput', { Text: 'a', StoreInput: 'false', InputTimeLimitSeconds: '5' }],
    ['a number with a zero before it', 'Loop', { LoopCount: '05' }],
    ['the largest number', 'Loop', { LoopCount: '100' }],
  ])('takes %s, as the linter does', (_, type, parameters) => {
    expect(isValid(withParameters(type, parameters)), why()).toBe(true);
  });

  it.each([
    ['a text for a number', 'Loop', { LoopCount: 'three' }],
    ['a number too large', 'Loop', { LoopCount: 1000 }],
    ['a number too large, as a text', 'Loop', { LoopCount: '101' }],
    ['milliseconds for seconds', 'InvokeLambdaFunction', { ...LAMBDA, InvocationTimeLimitSeconds: '3000' }],
    ['a type that is not known', 'PlayPrompt', { Text: 'a' }],
    ['another word', 'UpdateFlowLoggingBehavior', { FlowLoggingBehavior: 'On' }],
    ['an empty text', 'MessageParticipant', { Text: '' }],
    ['two that exclude each other', 'MessageParticipant', { Text: 'a', SSML: '<speak>a</speak>' }],
    ['no text at all', 'MessageParticipant', {}],
    [
      'what another form of the block takes',
      'GetParticipantInput',
      { Text: 'a', StoreInput: 'False', InputTimeLimitSeconds: '5', InputEncryption: {} },
    ],
  ])('refuses %s', (_, type, parameters) => {
    expect(isValid(withParameters(type, parameters))).toBe(false);
  });

  it.each([
    ['a branch for each of two errors', next('Resume', { QueueAtCapacity: 'Resume', NoMatchingError: 'Resume' }), true],
    ['a branch for one of two errors', next('Resume', { NoMatchingError: 'Resume' }), false],
    ['no branch for an error', next('Resume'), false],
    [
      'no NextAction',
      { Errors: next('Resume', { QueueAtCapacity: 'Resume', NoMatchingError: 'Resume' }).Errors },
      false,
    ],
    ['nothing', {}, false],
  ])('knows the transitions that a block must have: %s', (_, transitions, taken) => {
    const blocks = [block('A', 'TransferContactToQueue', {}, transitions)];
    expect(isValid(JSON.parse(exampleText({ blocks }))), why()).toBe(taken);
  });

  it.each([
    [['1', '9', '10', '99', '259199', '259200', '0007'], true],
    [['0', '259201', '260000', '1000000', '-1', '1.5', ''], false],
  ])('takes the numbers of a range as texts, %j: %s', (numbers, taken) => {
    for (const RetryDelaySeconds of numbers) {
      const callback = { InitialCallDelaySeconds: '5', MaximumConnectionAttempts: '1', RetryDelaySeconds };
      expect(isValid(withParameters('CreateCallbackContact', callback)), RetryDelaySeconds).toBe(taken);
    }
  });

  it.each([
    ['$schema', { $schema: './flow-language.schema.json' }],
    ['a field that is none', { Name: 'call-me' }],
  ])('refuses %s beside the five fields of a flow, as Amazon Connect does', (_, field) => {
    expect(isValid({ ...(withParameters('DisconnectParticipant', {}) as object), ...field })).toBe(false);
  });
});

describe('an editor with the schema', () => {
  const service = getLanguageService({});
  service.configure({ schemas: [{ uri: 'flow.schema.json', fileMatch: ['*.json'], schema }] });

  /** What is proposed at the `|` of a block. */
  async function proposed(blockText: string): Promise<string[]> {
    const text = `{ "Version": "2019-10-30", "StartAction": "A", "Actions": [${blockText}] }`;
    const document = TextDocument.create('file:///flow.json', 'json', 1, text.replace('|', ''));
    const at = document.positionAt(text.indexOf('|'));
    const completions = await service.doComplete(document, at, service.parseJSONDocument(document));
    return completions?.items.map(({ label }) => label) ?? [];
  }

  it('completes the types of blocks', async () => {
    expect(await proposed('{ "Identifier": "A", "Type": | }')).toEqual(
      expect.arrayContaining(['"MessageParticipant"', '"TransferContactToQueue"']),
    );
  });

  it('completes the parameters of a type, whether it stands before them or after', async () => {
    const names = ['Media', 'PromptId', 'SSML', 'SkipWhenDTMFBufferEnabled', 'Text'];
    expect(await proposed('{ "Type": "MessageParticipant", "Parameters": { | } }')).toEqual(
      expect.arrayContaining(names),
    );
    expect(await proposed('{ "Parameters": { | }, "Type": "MessageParticipant" }')).toEqual(
      expect.arrayContaining(names),
    );
    expect(await proposed('{ "Parameters": { | }, "Type": "Loop" }')).toContain('LoopCount');
    expect(await proposed('{ "Parameters": { | }, "Type": "Loop" }')).not.toContain('Text');
  });

  it('completes the parameters of the form that a block has', async () => {
    const menu = await proposed('{ "Type": "GetParticipantInput", "Parameters": { "StoreInput": "False", | } }');
    const stored = await proposed('{ "Type": "GetParticipantInput", "Parameters": { "StoreInput": "True", | } }');
    expect(stored).toContain('InputEncryption');
    expect(menu).not.toContain('InputEncryption');
  });

  it('completes words and error types', async () => {
    expect(
      await proposed('{ "Type": "UpdateFlowLoggingBehavior", "Parameters": { "FlowLoggingBehavior": | } }'),
    ).toEqual(expect.arrayContaining(['"Enabled"', '"Disabled"']));
    const errors = '"Transitions": { "Errors": [{ "ErrorType": | }] }';
    expect(
      await proposed(`{ "Type": "GetParticipantInput", "Parameters": { "StoreInput": "False" }, ${errors} }`),
    ).toContain('"InputTimeLimitExceeded"');
  });

  it('tells what a block is, with the page about it', async () => {
    const text = '{ "Actions": [{ "Identifier": "A", "Type": "MessageParticipant" }] }';
    const document = TextDocument.create('file:///flow.json', 'json', 1, text);
    const at = document.positionAt(text.indexOf('MessageParticipant') + 3);
    const hover = await service.doHover(document, at, service.parseJSONDocument(document));
    expect(JSON.stringify(hover?.contents)).toContain(
      'The block \\"Play prompt\\". [Documentation](https://docs.aws.amazon.com/connect/',
    );
  });
});
