import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import { BYE, equals, errors, flowOf, say, setQueue, setVoice, type TestBlock, TRANSFER } from '../src/flow-builder.ts';
import { walkFlow } from '../src/simulate/walk-flow.ts';
import { CUSTOMER, findIn, ofKind, QUEUE, said, walk, worldOf } from './simulate-support.ts';

const SORRY = { Errors: errors({ NoMatchingError: BYE }) };

describe('a transfer to a queue', () => {
  it('ends the walk in the queue that was set', () => {
    expect(walk(flowOf(setQueue(QUEUE), TRANSFER, say('ない')))).toEqual([
      { kind: 'target-queue', block: 'block 1', queue: QUEUE },
      { kind: 'go', block: 'block 1', edge: { kind: 'next' }, to: 'block 2' },
      { kind: 'enter-queue', block: 'block 2', queue: QUEUE },
    ]);
  });

  it('uses the queue the call was asked for with', () => {
    const world = worldOf();
    world.contact.targetQueue = QUEUE;
    expect(walk(flowOf(TRANSFER), world)).toEqual([{ kind: 'enter-queue', block: 'block 1', queue: QUEUE }]);
  });

  it.each([
    ['no queue was set', [], {}, 'NoMatchingError', 'no queue was set'],
    [
      'the queue is full',
      [setQueue(QUEUE)],
      { queueHasRoom: () => false },
      'QueueAtCapacity',
      `queue "${QUEUE}" takes no more contacts`,
    ],
  ])('takes a branch where %s', (_name, before, change, errorType, because) => {
    const transfer = { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: BYE, NoMatchingError: BYE }) } };
    expect(ofKind(walk(flowOf(...before, transfer), change), 'go').at(-1)).toMatchObject({
      edge: { kind: 'error', errorType },
      because,
    });
  });

  it('has names for the queue from then on', () => {
    expect(said(walk(flowOf(setQueue(QUEUE), say('$.Queue.Name'))))).toEqual(['support']);
  });

  it('cannot be set to a queue that does not exist', () => {
    const steps = walk(flowOf({ ...setQueue('$.Attributes.queue'), Transitions: SORRY }), {
      attributes: { queue: 'x' },
    });
    expect(ofKind(steps, 'go')).toMatchObject([{ to: BYE, because: 'there is no queue "x"' }]);
  });

  it('may come out of a queue and name the next one', () => {
    const dequeue = { Type: 'DequeueContactAndTransferToQueue', Parameters: { QueueId: QUEUE } };
    expect(walk(flowOf(dequeue))).toEqual([{ kind: 'enter-queue', block: 'block 1', queue: QUEUE }]);
  });

  it('leaves a contact of that queue behind', () => {
    const dequeue = { Type: 'DequeueContactAndTransferToQueue', Parameters: { QueueId: QUEUE } };
    const world = worldOf({ system: { 'Queue.Name': 'first', 'Queue.ARN': 'arn:first' } });
    expect([...walkFlow({ name: 'waiting', document: flowOf(dequeue) }, world)]).toHaveLength(1);
    expect(world.contact.targetQueue).toBe(QUEUE);
    expect(world.contact.system).toMatchObject({ 'Queue.Name': 'support', 'Queue.ARN': `arn:${QUEUE}` });
  });
});

describe('another flow', () => {
  const transfer = (ContactFlowId: string): TestBlock => ({
    Type: 'TransferToFlow',
    Parameters: { ContactFlowId },
    Transitions: SORRY,
  });

  it('goes on with voice and queue, and nothing returns', () => {
    // Prepare
    const findFlow = findIn({ other: flowOf(say('二番目'), TRANSFER) });

    // Act
    const steps = walk(flowOf(setVoice('Mizuki'), setQueue(QUEUE), transfer('other'), say('ない')), { findFlow });

    // Assess
    expect(steps).toContainEqual({ kind: 'enter-flow', block: 'block 3', into: 'other', name: 'other' });
    expect(ofKind(steps, 'say')).toMatchObject([{ text: '二番目', voice: 'Mizuki' }]);
    expect(steps.at(-1)).toMatchObject({ kind: 'enter-queue', queue: QUEUE });
  });

  it('that nobody knows takes the error branch', () => {
    expect(walk(flowOf(transfer('gone')))[0]).toMatchObject({ to: BYE, because: 'no flow is known as "gone"' });
  });

  it('that leads back without end is noticed', () => {
    const round: FlowDocument = flowOf(transfer('round'));
    const steps = walk(round, { findFlow: findIn({ round }) });
    expect(steps.at(-1)).toEqual({
      kind: 'hang-up',
      block: 'block 1',
      because: 'flow "round" goes round in circles',
      broken: true,
    });
  });
});

describe('a module', () => {
  const invoke = (FlowModuleId: string, change: Partial<TestBlock> = {}): TestBlock => ({
    Type: 'InvokeFlowModule',
    Parameters: { FlowModuleId, Input: { who: '$.Attributes.name', deep: { n: 1 } } },
    Transitions: SORRY,
    ...change,
  });
  const back = (Parameters: Record<string, unknown> = {}): TestBlock => ({
    Type: 'EndFlowModuleExecution',
    Parameters,
    Transitions: {},
  });

  it('gets an input, and the flow goes on after it', () => {
    // Prepare
    const findFlow = findIn({ greet: flowOf(say('$.Modules.Input.who様 $.Modules.Input.deep.n'), back()) });

    // Act
    const steps = walk(flowOf(invoke('greet:$LATEST'), say('後')), { findFlow, attributes: { name: '山田' } });

    // Assess
    expect(said(steps)).toEqual(['山田様 1', '後']);
    expect(steps.map(({ kind }) => kind)).toEqual([
      'enter-flow',
      'say',
      'go',
      'leave-module',
      'go',
      'say',
      'go',
      'hang-up',
    ]);
  });

  it.each([
    ['yes', 'はい'],
    ['other', 'いいえ'],
  ])('that returns "%s" decides the branch', (Result, heard) => {
    const findFlow = findIn({ ask: flowOf(back({ Result: '$.Attributes.answer', ResultData: { n: '5' } })) });
    const flow = flowOf(
      invoke('ask', {
        Transitions: { Conditions: equals({ yes: 'yes' }), Errors: errors({ NoMatchingCondition: 'no' }) },
      }),
      say('はい', { Identifier: 'yes', Transitions: { NextAction: BYE } }),
      say('いいえ', { Identifier: 'no' }),
    );
    expect(said(walk(flow, { findFlow, attributes: { answer: Result } }))).toEqual([heard]);
  });

  it('gives data back', () => {
    const findFlow = findIn({ ask: flowOf(back({ Result: 'ok', ResultData: { n: '5' } })) });
    const flow = flowOf(invoke('ask'), say('$.Modules.Result $.Modules.ResultData.n'));
    expect(said(walk(flow, { findFlow }))).toEqual(['ok 5']);
  });

  it('gets data back from a module of its own', () => {
    const findFlow = findIn({
      outer: flowOf(invoke('inner'), say('$.Modules.Input.who $.Modules.Result $.Modules.ResultData.n'), back()),
      inner: flowOf(back({ Result: 'ok', ResultData: { n: '5' } })),
    });
    expect(said(walk(flowOf(invoke('outer')), { findFlow, attributes: { name: '山田' } }))).toEqual(['山田 ok 5']);
  });

  it.each([
    ['has no branch for the result', { Conditions: equals({ yes: BYE }), ...SORRY }, ['後']],
    [
      'has a branch for every other result',
      { Conditions: equals({ yes: BYE }), Errors: errors({ NoMatchingCondition: 'sorry', NoMatchingError: BYE }) },
      ['申し訳ございません'],
    ],
  ])('is followed by what comes next where the flow %s', (_, Transitions, heard) => {
    const findFlow = findIn({ ask: flowOf(back({ Result: 'other' })) });
    const flow = flowOf(
      invoke('ask', { Transitions }),
      say('後', { Transitions: { NextAction: BYE } }),
      say('申し訳ございません', { Identifier: 'sorry' }),
    );
    expect(said(walk(flow, { findFlow }))).toEqual(heard);
  });

  it('may invoke modules, five deep', () => {
    const deep = flowOf(invoke('deep'), back());
    const steps = walk(deep, { findFlow: findIn({ deep }) });
    expect(ofKind(steps, 'enter-flow')).toHaveLength(5);
    expect(ofKind(steps, 'go')[0]).toMatchObject({ to: BYE, because: 'modules may be 5 deep' });
  });

  it('may end the call', () => {
    expect(walk(flowOf(invoke('end'), say('ない')), { findFlow: findIn({ end: flowOf() }) }).at(-1)).toMatchObject({
      kind: 'hang-up',
      because: 'the flow ends the call',
    });
  });

  it('has flow attributes of its own', () => {
    const set = { Type: 'UpdateFlowAttributes', Parameters: { FlowAttributes: { n: { Value: '1' } } } };
    const findFlow = findIn({ inner: flowOf(say('[$.FlowAttributes.n]'), set, back()) });
    expect(said(walk(flowOf(set, invoke('inner'), say('$.FlowAttributes.n')), { findFlow }))).toEqual(['[]', '1']);
  });

  it('is nothing to return from for a flow', () => {
    expect(walk(flowOf(back()))).toEqual([
      {
        kind: 'hang-up',
        block: 'block 1',
        because: '"test" was not invoked as a module: there is nothing to return to',
        broken: true,
      },
    ]);
  });

  it('may be walked by itself', () => {
    expect(walk({ ...flowOf(back()), Settings: {} })).toEqual([{ kind: 'end', block: 'block 1' }]);
  });

  it('that transfers to a flow is not returned to', () => {
    const transfer = { Type: 'TransferToFlow', Parameters: { ContactFlowId: 'flow' } };
    const findFlow = findIn({ module: flowOf(transfer), flow: flowOf(back()) });
    expect(walk(flowOf(invoke('module'), say('ない')), { findFlow }).at(-1)).toMatchObject({
      kind: 'hang-up',
      because: '"flow" was not invoked as a module: there is nothing to return to',
    });
  });
});

describe('another phone', () => {
  const dial = (ContinueFlowExecution: string): TestBlock => ({
    Type: 'TransferParticipantToThirdParty',
    Parameters: { ThirdPartyPhoneNumber: CUSTOMER, ContinueFlowExecution },
  });

  it.each([
    ['False', []],
    ['True', ['お帰りなさい']],
  ])('is called, and with ContinueFlowExecution %s the flow says %j', (go, heard) => {
    const steps = walk(flowOf(dial(go), say('お帰りなさい')));
    expect(steps[0]).toEqual({ kind: 'dial', block: 'block 1' });
    expect(said(steps)).toEqual(heard);
  });
});

it('a callback is made in the queue, and the flow goes on', () => {
  const steps = walk(flowOf(setQueue(QUEUE), { Type: 'CreateCallbackContact' }, say('折り返します')));
  expect(steps).toContainEqual({ kind: 'callback', block: 'block 2', queue: QUEUE });
  expect(said(steps)).toEqual(['折り返します']);
});
