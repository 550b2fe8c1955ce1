import { describe, expect, it } from 'vitest';
import { BYE, errors, flowOf, say, setHook, type TestBlock } from '../src/flow-builder.ts';
import { walkFlow } from '../src/simulate/walk-flow.ts';
import { ofKind, said, walk, worldOf } from './simulate-support.ts';

const setAttributes = (Attributes: unknown, change: Record<string, unknown> = {}): TestBlock => ({
  Type: 'UpdateContactAttributes',
  Parameters: { Attributes, ...change },
  Transitions: { Errors: errors({ NoMatchingError: BYE }) },
});

describe('contact attributes', () => {
  it('are set all at once, references in keys and values resolved', () => {
    // Prepare
    const flow = flowOf(
      setAttributes({ a: '$.Attributes.b', '$.Attributes.b': '2', number: 5, missing: '$.Attributes.nothing' }),
      say('$.Attributes.a $.Attributes.x $.Attributes.number'),
    );

    // Act
    const steps = walk(flow, { attributes: { b: 'x' } });

    // Assess
    expect(steps[0]).toEqual({
      kind: 'attributes',
      block: 'block 1',
      values: { a: 'x', x: '2', number: '5', missing: '' },
    });
    expect(said(steps)).toEqual(['x 2 5']);
  });

  it('keep those that were there, and outlive the flow', () => {
    const world = worldOf({ attributes: { a: '1', b: '1' } });
    for (const _ of walkFlow({ name: 'test', document: flowOf(setAttributes({ b: '2' })) }, world));
    expect(world.contact.attributes).toEqual({ a: '1', b: '2' });
  });

  it('of a related contact are not those of this call', () => {
    const steps = walk(flowOf(setAttributes({ a: '1' }, { TargetContact: 'Related' }), say('[$.Attributes.a]')));
    expect(said(steps)).toEqual(['[]']);
  });

  it('fail where they would be too many', () => {
    const flow = flowOf(setAttributes({ a: 'あ'.repeat(11_000) }), say('ない'));
    expect(said(walk(flow))).toEqual([]);
  });

  it('cannot reach what every object has', () => {
    const flow = flowOf(
      setAttributes(JSON.parse('{"__proto__": "x", "constructor": "y"}')),
      say('$.Attributes.__proto__'),
    );
    expect(said(walk(flow))).toEqual(['x']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

it('flow attributes are there until the flow ends', () => {
  const set: TestBlock = {
    Type: 'UpdateFlowAttributes',
    Parameters: { FlowAttributes: { tries: { Value: '$.Attributes.n' }, wrong: 'x' } },
  };
  const other = flowOf(say('[$.FlowAttributes.tries]'));
  const flow = flowOf(set, say('$.FlowAttributes.tries'), {
    Type: 'TransferToFlow',
    Parameters: { ContactFlowId: 'other' },
  });
  const findFlow = () => ({ name: 'other', document: other });
  expect(said(walk(flow, { attributes: { n: '3' }, findFlow }))).toEqual(['3', '[]']);
});

describe('a Lambda function', () => {
  const ask = (change: Record<string, unknown> = {}): TestBlock => ({
    Type: 'InvokeLambdaFunction',
    Parameters: { LambdaFunctionARN: 'arn:aws:lambda:a:1:function:lookup', InvocationTimeLimitSeconds: '3', ...change },
    Transitions: { Errors: errors({ NoMatchingError: 'failed' }) },
  });
  const flow = (change: Record<string, unknown> = {}) =>
    flowOf(
      ask(change),
      say('$.External.name', { Transitions: { NextAction: BYE } }),
      say('失敗', { Identifier: 'failed' }),
    );

  it('gives its answer to $.External', () => {
    const steps = walk(flow(), { invoke: () => ({ name: '山田', age: 3 }) });
    expect(said(steps)).toEqual(['山田']);
    expect(steps[0]).toMatchObject({ kind: 'ask-function', seconds: 3 });
    expect(steps[1]).toMatchObject({ kind: 'lambda', answered: { name: '山田', age: 3 } });
  });

  it('gives it to $.LambdaInvocation.ResultData, too', () => {
    const named = flowOf(ask(), say('$.LambdaInvocation.ResultData.name'));
    expect(said(walk(named, { invoke: () => ({ name: '山田' }) }))).toEqual(['山田']);
  });

  it('that nobody waits for leaves the answer of another one alone, and the other way round', () => {
    const names = say('$.LambdaInvocation.ResultData.name $.LambdaInvocation.InvocationId');
    const invoke = () => ({ name: '山田' });
    for (const types of [
      ['SYNCHRONOUS', 'ASYNCHRONOUS'],
      ['ASYNCHRONOUS', 'SYNCHRONOUS'],
    ]) {
      const both = flowOf(...types.map((InvocationType) => ask({ InvocationType })), names);
      expect(said(walk(both, { invoke }))).toEqual([expect.stringMatching(/^山田 [\d-]{36}$/)]);
    }
  });

  it('replaces the answer of the one before', () => {
    const answers = [{ name: '山田' }, { city: '東京' }];
    const both = flowOf(ask(), ask(), say('[$.External.name] $.External.city'));
    expect(said(walk(both, { invoke: () => answers.shift() }))).toEqual(['[] 東京']);
  });

  it('may answer with depth where the flow says so', () => {
    const nested = flowOf(ask({ ResponseValidation: { ResponseType: 'JSON' } }), say('$.External.a.b'));
    expect(said(walk(nested, { invoke: () => ({ a: { b: '深い' } }) }))).toEqual(['深い']);
  });

  it.each([
    ['fails', 'error', {}],
    ['answers with depth', { a: { b: 'c' } }, {}],
    ['answers a list', ['a'], {}],
    ['answers a text', 'hello', { ResponseValidation: { ResponseType: 'JSON' } }],
    ['has no name', {}, { LambdaFunctionARN: '$.Attributes.nothing' }],
  ])('that %s takes the error branch', (_name, answer, change) => {
    expect(said(walk(flow(change), { invoke: () => answer }))).toEqual(['失敗']);
  });

  it('that nobody waits for gives no answer', () => {
    const invoke = () => ({ name: '山田' });
    expect(said(walk(flow({ InvocationType: 'ASYNCHRONOUS' }), { invoke }))).toEqual(['']);
  });
});

describe('a hook', () => {
  it('is set for a later moment', () => {
    const [step] = walk(flowOf(setHook('CustomerQueue', '$.Attributes.flow')), { attributes: { flow: 'waiting' } });
    expect(step).toEqual({ kind: 'hook', block: 'block 1', hook: 'CustomerQueue', flow: 'waiting' });
  });

  it.each([
    ['without a flow', { EventHooks: {} }],
    ['with a reference to nothing', { EventHooks: { CustomerQueue: '$.Attributes.nothing' } }],
    ['with something else', { EventHooks: 'waiting' }],
  ])('%s fails', (_name, Parameters) => {
    const flow = flowOf({
      Type: 'UpdateContactEventHooks',
      Parameters,
      Transitions: { Errors: errors({ NoMatchingError: BYE }) },
    });
    expect(walk(flow)[0]).toMatchObject({ kind: 'go', because: 'there is no flow to set' });
  });
});

it('the language of the contact can be asked for', () => {
  const flow = flowOf({ Type: 'UpdateContactData', Parameters: { LanguageCode: 'ja-JP' } }, say('$.LanguageCode'));
  expect(said(walk(flow))).toEqual(['ja-JP']);
});

it.each([
  ['+819012345678', []],
  ['unknown', ['違います']],
])('the callback number "%s" lets hear %j', (number, heard) => {
  const flow = flowOf(
    {
      Type: 'UpdateContactCallbackNumber',
      Parameters: { CallbackNumber: '$.Attributes.number' },
      Transitions: { NextAction: BYE, Errors: errors({ InvalidCallbackNumber: 'invalid' }) },
    },
    say('違います', { Identifier: 'invalid' }),
  );
  expect(said(walk(flow, { attributes: { number } }))).toEqual(heard);
});

it.each([
  'UpdateFlowLoggingBehavior',
  'UpdateContactRecordingBehavior',
  'UpdateContactRecordingAndAnalyticsBehavior',
  'UpdateContactMediaStreamingBehavior',
  'UpdateContactRoutingBehavior',
  'TagContact',
  'UntagContact',
  'CompleteOutboundCall',
])('%s is passed without a trace', (Type) => {
  const steps = walk(flowOf({ Type }, say('はい')));
  expect(ofKind(steps, 'not-simulated')).toEqual([]);
  expect(steps[0]).toEqual({ kind: 'go', block: 'block 1', edge: { kind: 'next' }, to: 'block 2' });
  expect(said(steps)).toEqual(['はい']);
});
