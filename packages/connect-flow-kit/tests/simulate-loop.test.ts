import { describe, expect, it } from 'vitest';
import { BYE, equals, errors, flowOf, say, type TestBlock } from '../src/flow-builder.ts';
import { findIn, ofKind, said, walk } from './simulate-support.ts';

const looped = (Parameters: Record<string, unknown>, word = 'もう一度') =>
  flowOf(
    {
      Type: 'Loop',
      Parameters,
      Transitions: {
        Conditions: equals({ ContinueLooping: 'again', DoneLooping: BYE }),
        Errors: errors({ NoMatchingError: 'failed' }),
      },
    },
    say(word, { Identifier: 'again', Transitions: { NextAction: 'block 1' } }),
    say('失敗', { Identifier: 'failed' }),
  );

describe('a loop', () => {
  it.each([
    ['0', 0],
    ['3', 3],
    ['$.Attributes.rounds', 2],
  ])('of %s goes round %i times', (LoopCount, rounds) => {
    expect(said(walk(looped({ LoopCount }), { attributes: { rounds: '2' } }))).toHaveLength(rounds);
  });

  it('fails where its count is no number', () => {
    expect(said(walk(looped({ LoopCount: '$.Attributes.nothing' })))).toEqual(['失敗']);
  });

  it('counts each block for itself, and starts again when it is done', () => {
    // Prepare: two rounds outside, in each of them two inside.
    const round = (id: string, on: string, done: string): TestBlock => ({
      Identifier: id,
      Type: 'Loop',
      Parameters: { LoopCount: '2' },
      Transitions: { Conditions: equals({ ContinueLooping: on, DoneLooping: done }) },
    });
    const flow = flowOf(
      round('outside', 'inside', BYE),
      round('inside', 'word', 'outside'),
      say('はい', { Identifier: 'word', Transitions: { NextAction: 'inside' } }),
    );

    // Act
    const steps = walk(flow);

    // Assess
    expect(said(steps)).toHaveLength(4);
    expect(ofKind(steps, 'go').flatMap(({ block, because }) => (block === 'outside' ? [because] : []))).toEqual([
      'round 1 of 2',
      'round 2 of 2',
      '2 of 2 rounds are done',
    ]);
  });

  it('keeps counting where the flow is used once more in the call', () => {
    // Prepare: the flow leads to another one and that back to it, until its two rounds are done.
    const counting = flowOf(
      {
        Type: 'Loop',
        Parameters: { LoopCount: '2' },
        Transitions: { Conditions: equals({ ContinueLooping: 'on', DoneLooping: BYE }) },
      },
      { Identifier: 'on', Type: 'TransferToFlow', Parameters: { ContactFlowId: 'back' } },
    );
    const back = flowOf(say('はい'), { Type: 'TransferToFlow', Parameters: { ContactFlowId: 'test' } });

    // Act & Assess
    expect(said(walk(counting, { findFlow: findIn({ back, test: counting }) }))).toEqual(['はい', 'はい']);
  });

  it('with a name tells its round', () => {
    expect(said(walk(looped({ LoopCount: '2', LoopName: 'tries' }, '$.Loop.tries.Index')))).toEqual(['0', '1']);
  });

  it('goes through a list', () => {
    // Prepare
    const flow = looped(
      { LoopName: 'shop', Elements: '$.External.shops' },
      '$.Loop.shop.Index $.Loop.shop.Element.name $.Loop.shop.Elements[1].name',
    );
    const answer = { External: { shops: [{ name: '東' }, { name: '西' }] } };
    const ask: TestBlock = {
      Identifier: 'ask',
      Type: 'InvokeLambdaFunction',
      Parameters: { LambdaFunctionARN: 'shops', ResponseValidation: { ResponseType: 'JSON' } },
      Transitions: { NextAction: 'block 1' },
    };
    const asking = { ...flow, StartAction: 'ask', Actions: [...flowOf(ask).Actions.slice(0, 1), ...flow.Actions] };

    // Act & Assess
    expect(said(walk(asking, { invoke: () => answer.External }))).toEqual(['0 東 西', '1 西 西']);
  });

  it('fails where there is no such list', () => {
    expect(said(walk(looped({ LoopName: 'shop', Elements: '$.External.shops' })))).toEqual(['失敗']);
  });
});
