import { describe, expect, it } from 'vitest';
import { block, next, say } from '../src/lint/example.ts';
import { failTo, lintBlocks, named, typed } from './lint-support.ts';

const set = (Attributes: Record<string, string>, then: string, id = 'Set') =>
  block(id, 'UpdateContactAttributes', { Attributes }, next(then, failTo('Apologise')));
const rules = (blocks: object[], document = {}, options = {}): string[] =>
  lintBlocks(blocks, document, options).map(({ rule }) => rule);

describe('markup', () => {
  const speak = (parameters: object) => block('Greet', 'MessageParticipant', { ...parameters }, next('Hang up'));

  it.each<[string, object, string[]]>([
    ['an answer of a function', { SSML: '<speak>$.External.name</speak>' }, ['foreign-text-in-markup']],
    ['a prompt that a function answers with', { SSML: '<speak>$.External.prompt</speak>' }, []],
    ['such a prompt, deeper in the answer', { SSML: '<speak>$.External.prompts.welcome</speak>' }, []],
    [
      'such a prompt with a text around it',
      { SSML: '<speak>Hello, $.External.prompt</speak>' },
      ['foreign-text-in-markup'],
    ],
    [
      'an attribute, in a text that is markup',
      { Text: ' <speak>$.Attributes.name</speak>' },
      ['foreign-text-in-markup'],
    ],
    ['what was typed', { SSML: '<speak>$.StoredCustomerInput</speak>' }, ['foreign-text-in-markup']],
    ['the name of the queue', { SSML: '<speak>$.Queue.Name</speak>' }, []],
    ['the number of the caller', { SSML: '<speak>$.CustomerEndpoint.Address</speak>' }, []],
    ['no reference', { SSML: '<speak>Hello</speak>' }, []],
    ['plain text', { Text: 'Hello $.External.name' }, []],
  ])('that holds %s', (_, parameters, expected) => {
    expect(rules([speak(parameters)])).toEqual(expected);
  });

  it('may hold an attribute that the flow itself sets to a text, and no other', () => {
    const greet = speak({ SSML: '<speak>$.Attributes.shop</speak>' });
    expect(rules([set({ shop: 'Kobe' }, 'Greet'), greet])).toEqual([]);
    expect(rules([set({ shop: '$.External.shop' }, 'Greet'), greet])).toEqual(['foreign-text-in-markup']);
  });

  it.each<[string, string, string[]]>([
    ['an answer of a function', '$.External.prompt', []],
    ['the same in its other name', ' $.LambdaInvocation.ResultData.prompt ', []],
    ['an attribute that may come from anywhere', '$.Attributes.prompt', ['foreign-text-in-markup']],
    ['what the customer typed', '$.StoredCustomerInput', ['foreign-text-in-markup']],
    ['an answer with something after it', '$.External.prompt$.Attributes.x', ['foreign-text-in-markup']],
  ])('may be %s as a whole: %s', (_, SSML, expected) => {
    expect(rules([speak({ SSML })])).toEqual(expected);
  });

  it('may be an attribute in tags of its own that the flow sets to such an answer, where its name says that it is a prompt', () => {
    const greet = (name: string) => speak({ SSML: `<speak>\n$.Attributes.${name}\n</speak>` });
    expect(rules([set({ GoodbyePrompt: '$.External.bye' }, 'Greet'), greet('GoodbyePrompt')])).toEqual([]);
    expect(rules([set({ name: '$.External.name' }, 'Greet'), greet('name')])).toEqual(['foreign-text-in-markup']);
    expect(rules([greet('GoodbyePrompt')])).toEqual(['foreign-text-in-markup']);
  });

  it('may be an attribute as a whole that the flow sets to such an answer', () => {
    const greet = speak({ SSML: '$.Attributes.prompt' });
    expect(rules([set({ prompt: '$.External.prompt' }, 'Greet'), greet])).toEqual([]);
    expect(rules([set({ prompt: 'Hi $.External.name' }, 'Greet'), greet])).toEqual(['foreign-text-in-markup']);
  });

  it.each<[object, string[]]>([
    [{ SSML: '<speak>Hello<break time="1s"></speak>' }, ['error broken-markup']],
    [{ Text: '<speak>Smith & Sons</speak>' }, ['error broken-markup']],
    [{ Text: 'Smith & Sons <3' }, []],
    [{ SSML: '<speak><break time="20s"/></speak>' }, ['warning doubtful-markup']],
    [{ SSML: 'Hello' }, ['warning doubtful-markup']],
    [{ SSML: '<speak><bold>Hello</bold></speak>' }, ['warning doubtful-markup']],
    [{ Text: 'Hello <break time="1s"/> there' }, ['warning doubtful-markup']],
    [{ Text: 'Hello <p>there</p>' }, []],
    [{ SSML: '${Greeting}' }, []],
  ])('%j: %j', (parameters, expected) => {
    expect(lintBlocks([speak(parameters)]).map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(expected);
  });

  it('is looked for in every message of a loop', () => {
    const Messages = [{ Text: 'Please wait.' }, { SSML: '<speak>$.External.name</speak>' }];
    expect(lintBlocks([block('Wait', 'MessageParticipantIteratively', { Messages })])).toMatchObject([
      { rule: 'foreign-text-in-markup', message: 'Messages[1].SSML is markup and contains $.External.name' },
    ]);
  });
});

describe('a number that is dialled', () => {
  it.each([
    ['+815000000000', []],
    ['$.Queue.OutboundCallerId.Address', []],
    ['$.SystemEndpoint.Address', []],
    ['$.Attributes.number', ['foreign-number-dialled']],
    ['$.External.number', ['foreign-number-dialled']],
    ['$.CustomerEndpoint.Address', ['foreign-number-dialled']],
    ["$['Attributes']['number']", ['foreign-number-dialled']],
  ])('%s', (ThirdPartyPhoneNumber, expected) => {
    const dial = { ThirdPartyPhoneNumber, ThirdPartyConnectionTimeLimitSeconds: '30', ContinueFlowExecution: 'False' };
    const blocks = [block('Dial', 'TransferParticipantToThirdParty', dial, next('Hang up', failTo('Apologise')))];
    expect(rules(blocks)).toEqual(expected);
  });
});

describe('an attribute that is read', () => {
  const greet = say('Greet', 'This is $.Attributes.shop of $.Attributes.town.', 'Hang up');
  const start = typed('contactFlow');

  it('is reported where nothing sets it, once for each', () => {
    const again = say('Again', 'This is $.Attributes.shop.', 'Greet');
    expect(lintBlocks([again, greet], start)).toMatchObject([
      { rule: 'unset-attribute', block: 'Again', message: 'it reads $.Attributes.shop, which nothing sets' },
      { rule: 'unset-attribute', block: 'Greet', message: 'it reads $.Attributes.town, which nothing sets' },
    ]);
  });

  it.each<[string, object[], object, object]>([
    ['the flow sets it', [set({ shop: 'Kobe', town: 'Kobe' }, 'Greet'), greet], start, {}],
    ['something outside sets it', [greet], start, { attributes: ['shop', 'town'] }],
    [
      'the flow sets attributes by a name that the call brings',
      [set({ '$.External.name': 'Kobe' }, 'Greet'), greet],
      start,
      {},
    ],
    [
      'a module may set it',
      [block('Look up', 'InvokeFlowModule', { FlowModuleId: '${LookUp}' }, next('Greet', failTo('Apologise'))), greet],
      start,
      {},
    ],
    ['the call comes from another flow', [greet], start, { continuesCall: true }],
    ['the flow is none that a call starts with', [greet], typed('customerWhisper'), {}],
    ['the type of the flow is not known', [greet], {}, {}],
  ])('is nothing to report where %s', (_, blocks, document, options) => {
    expect(rules(blocks, document, options).filter((rule) => rule === 'unset-attribute')).toEqual([]);
  });

  it('is reported in a queue flow, too, where it is known what is set outside', () => {
    const wait = block('Wait', 'MessageParticipantIteratively', { Messages: [{ Text: '$.Attributes.town' }] });
    expect(rules([wait], typed('customerQueue'), { attributes: ['shop'] })).toEqual(['unset-attribute']);
  });
});

describe('an attribute that is set', () => {
  it.each<[Record<string, string>, boolean]>([
    [{ caller: '$.CustomerEndpoint.Address' }, true],
    [{ typed: '$.StoredCustomerInput' }, true],
    [{ phoneNumber: '$.External.number' }, true],
    [{ customer_email: '$.External.a' }, true],
    [{ 'E-MAIL': '$.External.a' }, true],
    [{ card: '$.Lex.Slots.card' }, true],
    [{ hasEmail: 'true' }, false],
    [{ dialedPhoneNumber: '$.SystemEndpoint.Address' }, false],
    [{ phone: '$.Queue.OutboundCallerId.Address' }, false],
    [{ phone: '$.SystemEndpoint.Address or $.Attributes.phone' }, true],
    [{ voiceMailPrompt: '$.External.prompt', 'voice-mail': '$.External.prompt' }, false],
    [{ pinned: '$.External.pinned' }, false],
    [{ telegram: '$.External.telegram' }, false],
    [{ request: '$.ContactId' }, false],
  ])('%j holds personal data: %s', (attributes, personal) => {
    expect(rules([set(attributes, 'Apologise')])).toEqual(personal ? ['personal-data-in-attributes'] : []);
  });

  it('may hold what the customer typed where it is encrypted on every way', () => {
    const validation = { CustomValidation: { MaximumLength: '16' } };
    const ask = (id: string, encrypted: boolean) =>
      block(
        id,
        'GetParticipantInput',
        {
          Text: 'Please key in your card number.',
          StoreInput: 'True',
          InputTimeLimitSeconds: '5',
          InputValidation: validation,
          ...(encrypted && { InputEncryption: { EncryptionKeyId: 'key', Key: 'pem' } }),
        },
        next('Set', failTo('Apologise')),
      );
    const keep = set({ cardNumber: '$.StoredCustomerInput' }, 'Apologise');
    const either = block(
      'Is it a chat',
      'Compare',
      { ComparisonValue: '$.Channel' },
      next('Plain', failTo('Plain', 'NoMatchingCondition'), { CHAT: 'Ask' }),
    );
    const first = { ...ask('First', false), Transitions: next('Ask', failTo('Apologise')) };
    expect(rules([ask('Ask', true), keep])).toEqual([]);
    expect(rules([first, ask('Ask', true), keep])).toEqual([]);
    expect(rules([either, ask('Ask', true), ask('Plain', false), keep])).toEqual(['personal-data-in-attributes']);
  });
});

it('an ARN is reported once for a flow, tokens are not', () => {
  const lambda = (id: string, LambdaFunctionARN: string, then: string) =>
    block(
      id,
      'InvokeLambdaFunction',
      { LambdaFunctionARN, InvocationTimeLimitSeconds: '3' },
      next(then, failTo('Apologise')),
    );
  const arn = 'arn:aws:lambda:ap-northeast-1:000000000000:function:look-up';
  const inStage = 'arn:aws:lambda:${Region}:000000000000:function:look-up';
  const blocks = [
    lambda('0', inStage, 'A'),
    lambda('A', '${LookUp}', 'B'),
    lambda('B', arn, 'C'),
    lambda('C', arn, 'Apologise'),
  ];
  expect(named(lintBlocks(blocks))).toEqual(['literal-arn: B']);
  expect(lintBlocks(blocks)[0]?.message).toBe('it identifies a resource by ARN (blocks that do: 2)');
});

it('an ARN is not reported in an export as the console wrote it', () => {
  const arn = 'arn:aws:lambda:ap-northeast-1:000000000000:function:look-up';
  const id = '00000000-0000-4000-8000-000000000000';
  const ask = (Identifier: string, LambdaFunctionARN: string) =>
    block(
      Identifier,
      'InvokeLambdaFunction',
      { LambdaFunctionARN, InvocationTimeLimitSeconds: '3' },
      next('Apologise', failTo('Apologise')),
    );
  const exported = { Metadata: { entryPointPosition: { x: 40, y: 40 }, hash: 'a' } };
  expect(rules([ask('Look up', arn)])).toEqual(['literal-arn']);
  expect(rules([ask('Look up', arn)], exported)).toEqual([]);
  expect(rules([ask(id, arn)])).toEqual([]);
  // Somebody has begun to write tokens.
  const say = block('Say', 'MessageParticipant', { Text: '${Greeting}' }, next('Look up'));
  expect(rules([say, ask('Look up', arn)], exported)).toEqual(['literal-arn']);
});

describe('a recording of S3', () => {
  const Media = { Uri: 'https://example.com/a.wav', SourceType: 'S3', MediaType: 'Audio' };
  const play = block('Play', 'MessageParticipant', { Media }, next('Resume', failTo('Resume')));
  const loop = block('Wait', 'MessageParticipantIteratively', { Messages: [{ Media }] });

  it.each([
    ['customerQueue', play, ['s3-prompt-not-here']],
    ['agentWhisper', play, ['s3-prompt-not-here']],
    ['customerWhisper', play, ['s3-prompt-not-here']],
    ['outboundWhisper', play, ['s3-prompt-not-here']],
    ['agentTransfer', play, []],
    ['contactFlow', play, []],
    ['customerQueue', loop, []],
  ])('in a flow of type %s', (type, one, expected) => {
    const found = lintBlocks([one], { Metadata: { type } }).map(({ rule }) => rule);
    expect(found.filter((rule) => rule === 's3-prompt-not-here')).toEqual(expected);
  });
});

describe('a prompt', () => {
  it.each([
    ['3,000 characters', 'あ'.repeat(3_000), 0],
    ['3,001 characters', 'あ'.repeat(3_001), 1],
    ['3,000 characters and markup of as many', `<speak>${'あ'.repeat(2_987)}${'<p/>'.repeat(749)}</speak>`, 0],
    ['3,001 characters with a reference, which may be empty', `${'あ'.repeat(2_987)}$.Attributes.x`, 0],
    ['6,001 characters with its markup', `<speak>${'<p/>'.repeat(1_497)}</speak>123`, 1],
  ])('of %s', (_, SSML, findings) => {
    const found = lintBlocks([block('Long', 'MessageParticipant', { SSML }, next('Hang up'))]);
    expect(found.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(
      Array.from({ length: findings }, () => 'too-long-prompt'),
    );
  });
});

describe('a voice', () => {
  const setVoice = (parameters: object) =>
    lintBlocks([
      block('Set voice', 'UpdateContactTextToSpeechVoice', { ...parameters }, next('Apologise', failTo('Apologise'))),
    ]);

  it.each([
    [{ TextToSpeechVoice: 'Kazuha' }, true],
    [{ TextToSpeechVoice: 'Takumi', TextToSpeechEngine: 'Generative' }, true],
    [{ TextToSpeechVoice: 'Takumi', TextToSpeechEngine: 'neural' }, false],
    [{ TextToSpeechVoice: 'Kazuha', TextToSpeechEngine: '${Engine}' }, false],
    [{ TextToSpeechVoice: 'Hanako', TextToSpeechEngine: 'Neural' }, false],
  ])('of %j is an error: %s', (parameters, wrong) => {
    const errors = setVoice(parameters).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(wrong ? ['impossible-voice'] : []);
  });

  it.each([
    ['Hanako', ['unknown-voice']],
    ['takumi', ['unknown-voice']],
    ['Takumi', []],
    ['$.Attributes.voice', []],
    ['${Voice}', []],
  ])('%s is known: %j', (TextToSpeechVoice, expected) => {
    expect(setVoice({ TextToSpeechVoice }).map(({ rule }) => rule)).toEqual(expected);
  });
});

describe('a secret that is typed', () => {
  const log = (id: string, FlowLoggingBehavior: string, then: string) =>
    block(id, 'UpdateFlowLoggingBehavior', { FlowLoggingBehavior }, next(then));
  const ask = (Text: string, more = {}) =>
    block(
      'Ask',
      'GetParticipantInput',
      {
        Text,
        StoreInput: 'True',
        InputTimeLimitSeconds: '10',
        InputValidation: { CustomValidation: { MaximumLength: '16' } },
        ...more,
      },
      next('Apologise', failTo('Apologise')),
    );
  const logged = (...blocks: object[]) => rules(blocks).filter((rule) => rule === 'secret-is-logged');
  const secret = 'カード番号を入力してください。';

  it.each([secret, 'Enter your credit card number.', 'Your PIN, please.'])('is not to be logged: %s', (text) => {
    expect(logged(log('Log', 'Enabled', 'Ask'), ask(text))).toHaveLength(1);
  });

  it('is safe where nothing is logged, where it is encrypted, and where it is none', () => {
    const encrypted = { InputEncryption: { EncryptionKeyId: 'key', Key: 'x' } };
    expect(logged(ask(secret))).toEqual([]);
    expect(logged(log('Log', 'Enabled', 'Hush'), log('Hush', 'Disabled', 'Ask'), ask(secret))).toEqual([]);
    expect(logged(log('Log', 'Enabled', 'Ask'), ask(secret, encrypted))).toEqual([]);
    expect(logged(log('Log', 'Enabled', 'Ask'), ask('Press the number of your order.'))).toEqual([]);
  });
});
