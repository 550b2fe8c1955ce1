import { describe, expect, it } from 'vitest';
import { BYE, END, equals, errors, flowOf, say, setVoice } from '../src/flow-builder.ts';
import { ofKind, said, walk } from './simulate-support.ts';

describe('every move', () => {
  it('is told', () => {
    expect(ofKind(walk(flowOf(say('a'), say('b'))), 'go')).toEqual([
      { kind: 'go', block: 'block 1', edge: { kind: 'next' }, to: 'block 2' },
      { kind: 'go', block: 'block 2', edge: { kind: 'next' }, to: BYE },
    ]);
  });

  it('is made only when the caller goes on', () => {
    const steps: string[] = [];
    const world = { failAt: (_flow: string, block: string) => void steps.push(block) };
    const lazily = walk(flowOf(say('a'), say('b')), world);
    expect(lazily.length).toBeGreaterThan(0);
    expect(steps).toEqual(['block 1', 'block 2', BYE]);
  });
});

describe('a block that is to fail', () => {
  const flow = flowOf(
    say('a', { Transitions: { Errors: errors({ Other: 'wrong', NoMatchingError: 'sorry' }) } }),
    say('違う', { Identifier: 'wrong' }),
    say('申し訳ございません', { Identifier: 'sorry' }),
  );

  it('does none of its work', () => {
    const steps = walk(flow, { failAt: (_flow, block) => (block === 'block 1' ? 'NoMatchingError' : undefined) });
    expect(said(steps)).toEqual(['申し訳ございません']);
    expect(steps[0]).toMatchObject({
      edge: { kind: 'error', errorType: 'NoMatchingError' },
      because: 'it is made to fail',
    });
  });

  it('takes NoMatchingError where it has no branch of its own, and says which error it was', () => {
    const steps = walk(flow, { failAt: (_flow, block) => (block === 'block 1' ? 'Strange' : undefined) });
    expect(steps[0]).toMatchObject({
      edge: { kind: 'error', errorType: 'NoMatchingError' },
      to: 'sorry',
      because: 'Strange: it is made to fail',
    });
  });

  it('stops the flow where it has no branch at all, whatever NextAction says', () => {
    expect(walk(flowOf({ Type: 'TagContact' }), { failAt: () => 'NoMatchingError' })).toEqual([
      {
        kind: 'hang-up',
        block: 'block 1',
        because: 'block "block 1" has no branch for NoMatchingError: it is made to fail',
        broken: true,
      },
    ]);
  });

  it('is passed over where it is a prompt without any branch for an error', () => {
    const steps = walk(flowOf(say('a'), say('b')), {
      failAt: (_flow, block) => (block === 'block 1' ? 'NoMatchingError' : undefined),
    });
    expect(said(steps)).toEqual(['b']);
    expect(steps[0]).toMatchObject({
      edge: { kind: 'next' },
      because: 'it is made to fail, and there is no branch for an error',
    });
  });

  it('leaves the default voice where it was to set one', () => {
    const steps = walk(flowOf(setVoice('Mizuki')), {
      failAt: (_flow, block) => (block === 'block 1' ? 'NoMatchingError' : undefined),
    });
    expect(steps[0]).toMatchObject({ kind: 'voice', voice: 'Joanna' });
  });
});

describe('a block that is not simulated', () => {
  it.each([
    ['CreateTask', true],
    ['MakeTea', false],
  ])('is named, and passed: %s', (Type, known) => {
    const steps = walk(flowOf({ Type }, say('はい')));
    expect(steps[0]).toEqual({ kind: 'not-simulated', block: 'block 1', type: Type, known });
    expect(said(steps)).toEqual(['はい']);
  });

  it('goes along its first condition where it has no NextAction', () => {
    const flow = flowOf({ Type: 'MakeTea', Transitions: { Conditions: equals({ Green: BYE }) } });
    const [block] = flow.Actions;
    delete block?.Transitions.NextAction;
    expect(walk(flow)).toContainEqual({
      kind: 'go',
      block: 'block 1',
      edge: { kind: 'condition', index: 0 },
      to: BYE,
    });
  });
});

it('a transfer to an agent ends the walk', () => {
  expect(walk(flowOf({ Type: 'TransferContactToAgent' }))).toEqual([{ kind: 'to-agent', block: 'block 1' }]);
});

it('a flow may end without hanging up', () => {
  expect(walk(flowOf(END))).toEqual([{ kind: 'end', block: 'block 1' }]);
});

describe('a flow that is broken', () => {
  const stopped = flowOf(say('はい'));
  delete stopped.Actions[0]?.Transitions.NextAction;

  it.each([
    ['starts nowhere', { ...flowOf(), StartAction: 'gone' }, 'flow "test" has no block "gone"'],
    [
      'leads to no block',
      flowOf(say('はい', { Transitions: { NextAction: 'gone' } })),
      'flow "test" has no block "gone"',
    ],
    ['stops in the middle', stopped, 'block "block 1" leads nowhere'],
    [
      'goes round without a word',
      flowOf({ Type: 'TagContact', Transitions: { NextAction: 'block 1' } }),
      'flow "test" goes round in circles',
    ],
    ['is empty', { Version: '2019-10-30', StartAction: 'a', Actions: [] }, 'flow "test" has no block "a"'],
  ])('drops the call where it %s', (_name, flow, because) => {
    expect(walk(flow).at(-1)).toMatchObject({ kind: 'hang-up', because, broken: true });
  });
});
