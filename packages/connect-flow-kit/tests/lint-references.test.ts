import { describe, expect, it } from 'vitest';
import { block, next, say } from '../src/lint/example.ts';
import { failTo, lintBlocks, typed } from './lint-support.ts';

const START = typed('contactFlow');
const of = (rule: string, blocks: object[], document: object = START, options = {}) =>
  lintBlocks(blocks, { ...document }, options).filter((finding) => finding.rule === rule);

const compare = (ComparisonValue: string, operand: string, then: string) =>
  block(
    'Compare',
    'Compare',
    { ComparisonValue },
    next(then, failTo(then, 'NoMatchingCondition'), { [operand]: then }),
  );
const lambda = (id: string, then: string, onError = 'Apologise', InvocationType = 'SYNCHRONOUS') =>
  block(
    id,
    'InvokeLambdaFunction',
    { LambdaFunctionARN: '${LookUp}', InvocationTimeLimitSeconds: '3', InvocationType },
    next(then, failTo(onError)),
  );

describe('a reference to something that does not exist', () => {
  it.each([
    ['$.Agent.ReturnControlEvent.Type', '$.Agent.ReturnControlEvent'],
    ['$.Foo', '$.Foo'],
    ['$.attributes.shop', '$.attributes'],
    ['$.CustomerInput', '$.CustomerInput'],
    ["$['System']['Address']", '$.System'],
    ['$.Queue.Length', '$.Queue.Length'],
  ])('%s', (reference, unknown) => {
    const found = of('unknown-reference', [compare(reference, 'CHAT', 'Apologise')]);
    expect(found.map(({ message }) => message)).toEqual([`it reads ${unknown}, which does not exist`]);
    expect(of('unknown-reference', [say('Say', `Hello ${reference}!`, 'Hang up')])).toHaveLength(1);
  });

  it('is told with those that it may have been meant for', () => {
    const fix = (reference: string) => of('unknown-reference', [say('Say', reference, 'Hang up')])[0]?.fix;
    expect(fix('$.CustomerInput')).toBe('Write $.StoredCustomerInput.');
    expect(fix('$.attributes.shop')).toBe('Write $.Attributes.');
    expect(fix('$.LambdaInvocation.Id')).toBe(
      'Write $.LambdaInvocation.InvocationId or $.LambdaInvocation.ResultData.',
    );
    expect(fix('$.Agents.Name')).toBe('Write $.Agent.');
    expect(fix('$.Foo')).toMatch(/^Write one that Amazon Connect knows/);
  });

  it.each([
    ['Hello $External.name', ['it says $External, which is not a reference without a dot after the $']],
    [
      'Hello $Attributes.a and $Attributes.b',
      ['it says $Attributes, which is not a reference without a dot after the $'],
    ],
    ['Hello $External, $US.5 and $$.Attributes.amount', []],
  ])('may lack its dot: %s', (text, expected) => {
    expect(of('unknown-reference', [say('Say', text, 'Hang up')]).map(({ message }) => message)).toEqual(expected);
  });

  it('is found in what a condition compares with', () => {
    expect(of('unknown-reference', [compare('$.Channel', '$.Kanal', 'Apologise')])).toHaveLength(1);
  });

  it('is reported once in a flow', () => {
    expect(of('unknown-reference', [say('A', '$.Foo.a $.Foo.b', 'B'), say('B', '$.Foo', 'Hang up')])).toHaveLength(1);
  });

  it.each([
    ...[
      '$.DataTables.Shops.town',
      '$.DataTableList.ResultData.dataTableId',
      '$.Loop.Shops.Index',
      '$.Wisdom.SessionArn',
    ],
    ...[
      '$.LambdaInvocation.InvocationId',
      "$.SegmentAttributes['connect:Subtype']",
      '$.Case.title',
      '$.Tags.a',
      '$.50',
    ],
    ...[
      '$.Metrics.Contact.PositionInQueue',
      '$.Capabilities.Agent.Video',
      '$.CustomerEndpoint.DisplayName',
      '$5 and $.',
    ],
  ])('is none of %s', (reference) => {
    expect(of('unknown-reference', [say('Say', reference, 'Hang up')])).toEqual([]);
  });

  it('is passed over in campaigns, which have references of their own', () => {
    expect(of('unknown-reference', [say('Say', '$.Foo', 'Hang up')], typed('journey'))).toEqual([]);
  });
});

describe('a result that nothing left', () => {
  const store = (StoreInput: string, then: string) =>
    block(
      'Ask',
      'GetParticipantInput',
      { Text: 'Your number?', StoreInput, InputTimeLimitSeconds: '5', InputValidation: { CustomValidation: {} } },
      next(then, failTo(then)),
    );
  const plain = (type: string, parameters: object, then = 'Read') =>
    block('Before', type, { ...parameters }, next(then, failTo('Apologise')));
  const read = (reference: string) => say('Read', `It is ${reference}.`, 'Hang up');

  it.each<[string, object[], object[]]>([
    ['$.External.name', [], [lambda('Look up', 'Read')]],
    ['$.External.name', [lambda('Look up', 'Read', 'Apologise', 'ASYNCHRONOUS')], [lambda('Look up', 'Read')]],
    ['$.External.name', [lambda('Look up', 'Apologise', 'Read')], [lambda('Look up', 'Read', 'Read')]],
    ['$.LambdaInvocation.ResultData.name', [], [lambda('Look up', 'Read')]],
    ['$.LambdaInvocation.InvocationId', [], [lambda('Look up', 'Read', 'Apologise', 'ASYNCHRONOUS')]],
    ['$.StoredCustomerInput', [], [store('True', 'Read')]],
    ['$.StoredCustomerInput', [store('False', 'Read')], [store('TRUE', 'Read')]],
    ['$.Metrics.Queue.Size', [], [plain('GetMetricData', {})]],
    ['$.Lex.IntentName', [], [plain('ConnectParticipantWithLexBot', {})]],
    ['$.DataTables.Shops.town', [], [plain('EvaluateDataTableValues', {})]],
    ['$.Modules.ResultData.town', [], [plain('InvokeFlowModule', { FlowModuleId: '${M}' })]],
    ['$.Loop.Shops.Index', [], [plain('Loop', { LoopCount: '2' })]],
    ['$.Views.Action', [], [plain('ShowView', {})]],
    ['$.Customer.FirstName', [], [plain('GetCustomerProfile', {})]],
    ['$.Case.title', [], [plain('CreateCase', {})]],
  ])('%s', (reference, without, before) => {
    expect(of('unset-result', [...without, read(reference)])).toMatchObject([{ block: 'Read' }]);
    expect(of('unset-result', [...before, read(reference)])).toEqual([]);
  });

  it('is one that lies deeper than a function answers', () => {
    const answering = (ResponseType: string) =>
      block(
        'Look up',
        'InvokeLambdaFunction',
        { LambdaFunctionARN: '${LookUp}', InvocationTimeLimitSeconds: '3', ResponseValidation: { ResponseType } },
        next('Read', failTo('Apologise')),
      );
    expect(of('unset-result', [answering('STRING_MAP'), read('$.External.address.town')])).toHaveLength(1);
    expect(of('unset-result', [answering('STRING_MAP'), read('$.External.town')])).toEqual([]);
    expect(of('unset-result', [answering('JSON'), read('$.External.address.town')])).toEqual([]);
    expect(of('unset-result', [lambda('Look up', 'Read'), read('$.External.address.town')])).toEqual([]);
    expect(of('unset-result', [read('$.External.address.town')])).toHaveLength(1);
  });

  it('is reported once, with the number of blocks that read it', () => {
    expect(of('unset-result', [say('A', '$.External.a', 'Read'), read('$.External.b')])).toMatchObject([
      { block: 'A', message: expect.stringMatching(/^it reads \$\.External\.a, but no .* \(blocks that do: 2\)$/) },
    ]);
  });

  it('is read only after it on one of the ways: nothing to report', () => {
    const either = block(
      'Is it a chat',
      'Compare',
      { ComparisonValue: '$.Channel' },
      next('Read', failTo('Read', 'NoMatchingCondition'), { CHAT: 'Look up' }),
    );
    expect(of('unset-result', [either, lambda('Look up', 'Read'), read('$.External.a')])).toEqual([]);
  });

  it.each<[string, object[], object, object]>([
    ['behind a module', [plain('InvokeFlowModule', { FlowModuleId: '${M}' })], START, {}],
    ['behind a block that is not known', [plain('SomethingNew', {})], START, {}],
    ['where the call comes from another flow', [], START, { continuesCall: true }],
    ['in a queue flow', [], typed('customerQueue'), {}],
    ['where the type of the flow is not known', [], {}, {}],
  ])('is not looked for %s', (_, before, document, options) => {
    expect(of('unset-result', [...before, read('$.External.a')], document, options)).toEqual([]);
  });
});

describe('a flow attribute', () => {
  const rule = 'unset-flow-attribute';
  const set = (FlowAttributes: object, then = 'Read') =>
    block('Set', 'UpdateFlowAttributes', { FlowAttributes }, next(then, failTo('Apologise')));
  const read = say('Read', '$.FlowAttributes.shop and $.FlowAttributes.shop', 'Hang up');

  it('is reported once where the flow does not set it, whatever the type of the flow', () => {
    expect(of(rule, [set({ shops: { Value: 'a' } }), read])).toMatchObject([
      { block: 'Read', message: 'it reads $.FlowAttributes.shop, which the flow does not set' },
    ]);
    expect(of(rule, [read], typed('customerQueue'), { continuesCall: true })).toHaveLength(1);
  });

  it.each<[string, object[]]>([
    ['the flow sets it', [set({ shop: { Value: 'a' } }), read]],
    ['the flow sets one by a name that the call brings', [set({ '$.External.key': { Value: 'a' } }), read]],
    ['a tool fills in the name', [set({ '${Key}': { Value: 'a' } }), read]],
    ['a block is not known', [block('New', 'SomethingNew', {}, next('Read')), read]],
  ])('is not reported where %s', (_, blocks) => {
    expect(of(rule, blocks)).toEqual([]);
  });
});
