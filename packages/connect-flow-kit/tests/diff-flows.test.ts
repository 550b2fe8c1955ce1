import { describe, expect, it } from 'vitest';
import type { WrittenFlow } from './diff-support.ts';
import {
  blockIn,
  changed,
  check,
  compare,
  flowOf,
  greeting,
  hangUp,
  renamed,
  say,
  told,
  when,
} from './diff-support.ts';

const branchesOf = (flow: WrittenFlow, block: string) => blockIn(flow, block).Transitions;

describe('no difference is', () => {
  it.each<[string, (flow: WrittenFlow) => unknown]>([
    ['nothing at all', () => {}],
    ['another layout', (flow) => Object.assign(flow, { Metadata: { entryPointPosition: { x: 1, y: 2 }, name: 'x' } })],
    ['another order of the blocks in the file', (flow) => flow.Actions.reverse()],
    ['a StartAction that is not the first block', (flow) => flow.Actions.push(...flow.Actions.splice(0, 1))],
    ['Parameters that are missing instead of empty', (flow) => delete blockIn(flow, 'Hang up').Parameters],
    [
      'another order of parameters',
      (flow) =>
        Object.assign(blockIn(flow, 'Set voice'), {
          Parameters: { TextToSpeechEngine: 'Neural', TextToSpeechVoice: 'Kazuha' },
        }),
    ],
    ['another order of errors', (flow) => branchesOf(flow, 'Transfer').Errors?.reverse()],
    [
      'another order of conditions of which one at most holds',
      (flow) => branchesOf(flow, 'Check type').Conditions?.reverse(),
    ],
    [
      'a NextAction that no call takes',
      (flow) => Object.assign(branchesOf(flow, 'Transfer'), { NextAction: 'Apologise' }),
    ],
    [
      'a NextAction that repeats what the error branch says',
      (flow) => Object.assign(branchesOf(flow, 'Check type'), { NextAction: 'Thank member' }),
    ],
  ])('%s', (_, change) => {
    expect(told(compare(greeting(), changed(greeting(), change)))).toEqual([]);
  });

  it('another order of keys deep in a list', () => {
    // Prepare
    const flow = (Parameters: Record<string, unknown>) => flowOf({ ...hangUp(), Type: 'ShowView', Parameters });
    // Act, Assess
    const [one, other] = [{ ViewData: ['x', { a: '1', b: '2' }] }, { ViewData: ['x', { b: '2', a: '1' }] }];
    expect(told(compare(flow(one), flow(other)))).toEqual([]);
    expect(told(compare(flow(one), flow({ ViewData: [{ a: '1', b: '2' }, 'x'] })))).toHaveLength(1);
  });

  it('a number for a text that reads the same', () => {
    // Prepare
    const loop = (LoopCount: unknown) =>
      flowOf({ Identifier: 'Loop', Type: 'Loop', Parameters: { LoopCount }, Transitions: {} });
    // Act, Assess
    expect(told(compare(loop('3'), loop(3)))).toEqual([]);
    expect(told(compare(loop('3'), loop(4)))).toEqual(['Loop: setting LoopCount: 3 → 4']);
  });
});

describe('a change of what a block does', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['prompt', 'Apologise', { Text: 'すみません。' }, 'Apologise: prompt Text: 申し訳ございません。 → すみません。'],
    [
      'voice',
      'Set voice',
      { TextToSpeechVoice: 'Tomoko', TextToSpeechEngine: 'Neural' },
      'Set voice: voice TextToSpeechVoice: Kazuha → Tomoko',
    ],
    [
      'queue',
      'Set queue',
      { QueueId: '$.Attributes.q' },
      'Set queue: queue QueueId: $.Attributes.queue_arn → $.Attributes.q',
    ],
    [
      'compared value',
      'Check type',
      { ComparisonValue: '$.Attributes.kind' },
      'Check type: comparison ComparisonValue: $.Attributes.user_type → $.Attributes.kind',
    ],
    [
      'setting that was not there',
      'Apologise',
      { Text: '申し訳ございません。', SkipWhenDTMFBufferEnabled: 'true' },
      'Apologise: setting SkipWhenDTMFBufferEnabled: undefined → true',
    ],
  ])('is told as that of a %s', (_, block, Parameters, line) => {
    // Prepare
    const after = changed(greeting(), (flow) => Object.assign(blockIn(flow, block), { Parameters }));
    // Act, Assess
    expect(told(compare(greeting(), after))).toEqual([line]);
    expect(
      told(
        compare(
          greeting(),
          renamed(after, (_index, old) => `${old} 2`),
        ),
      ),
    ).toEqual([line.replace(`${block}:`, `${block} 2:`)]);
  });

  it('names the one message of several that changed, and the one that came', () => {
    // Prepare
    const waiting = (...texts: string[]) =>
      flowOf({
        Identifier: 'Wait',
        Type: 'MessageParticipantIteratively',
        Parameters: { Messages: texts.map((Text) => ({ Text })) },
        Transitions: {},
      });
    // Act, Assess
    expect(told(compare(waiting('一', '二'), waiting('一', '三', '四')))).toEqual([
      'Wait: prompt Messages[1].Text: 二 → 三',
      'Wait: prompt Messages[2]: undefined → [object Object]',
    ]);
  });

  it('is told twice where two prompts have exchanged their texts and kept their names', () => {
    const after = changed(greeting(), (flow) => {
      const [member, visitor] = [blockIn(flow, 'Thank member'), blockIn(flow, 'Thank visitor')];
      [member.Parameters, visitor.Parameters] = [visitor.Parameters ?? {}, member.Parameters ?? {}];
    });
    expect(told(compare(greeting(), after)).map((line) => line.slice(0, 20))).toEqual([
      'Thank member: prompt',
      'Thank visitor: promp',
    ]);
  });

  it('is told of flow type and module settings', () => {
    // Prepare
    const flow = (type: string) => ({ ...greeting(), Metadata: { type } });
    const module = (InputParameters: unknown) => ({ ...greeting(), Settings: { InputParameters } });
    // Act, Assess
    expect(told(compare(flow('contactFlow'), flow('customerQueue')))).toEqual(['type CONTACT_FLOW → CUSTOMER_QUEUE']);
    expect(told(compare(module({ a: 1 }), module({ a: 2 })))).toEqual(['settings InputParameters.a']);
    expect(told(compare(greeting(), flow('customerQueue')))).toEqual([]);
  });
});

describe('a change of where a branch leads', () => {
  it('names block, branch, and both targets', () => {
    const after = changed(greeting(), (flow) => {
      for (const error of branchesOf(flow, 'Set queue').Errors ?? []) error.NextAction = 'Apologise for full queue';
    });
    expect(told(compare(greeting(), after))).toEqual([
      'Set queue: NoMatchingError rerouted: Apologise → Apologise for full queue',
    ]);
  });

  it('is two where two branches were swapped, under whatever names', () => {
    // Prepare
    const after = changed(greeting(), (flow) => {
      Object.assign(branchesOf(flow, 'Check type'), {
        Conditions: [when('member', 'Thank visitor'), when('visitor', 'Thank member')],
      });
    });
    const lines = [
      'Check type: member rerouted: Thank member → Thank visitor',
      'Check type: visitor rerouted: Thank visitor → Thank member',
    ];
    // Act, Assess
    expect(told(compare(greeting(), after))).toEqual(lines);
    const inCapitals = renamed(after, (_, old) => old.toUpperCase());
    expect(told(compare(greeting(), inCapitals)).map((line) => line.toLowerCase())).toEqual(
      lines.map((line) => line.toLowerCase()),
    );
  });

  it('is one of the operand where the target stays', () => {
    const after = changed(greeting(), (flow) => {
      Object.assign(branchesOf(flow, 'Check type'), {
        Conditions: [when('member', 'Thank member'), when('guest', 'Thank visitor')],
      });
    });
    expect(told(compare(greeting(), after))).toEqual(['Check type: visitor → guest (Thank visitor)']);
  });

  it('tells of branches that came and went', () => {
    // Prepare
    const more = changed(greeting(), (flow) => {
      branchesOf(flow, 'Check type').Conditions?.push(when('partner', 'Thank member'));
    });
    // Act, Assess
    expect(told(compare(greeting(), more))).toEqual(['Check type: partner added:  → Thank member']);
    expect(told(compare(more, greeting()))).toEqual(['Check type: partner removed: Thank member → ']);
  });

  it.each([
    ['numbers', when('10', 'Many', 'NumberGreaterThan'), when('5', 'Some', 'NumberGreaterThan')],
    ['beginnings', when('A', 'Many', 'TextStartsWith'), when('AB', 'Some', 'Equals')],
  ])('tells of another order where it decides, as with %s', (_, first, second) => {
    // Prepare
    const flow = (conditions: (typeof first)[]) =>
      flowOf(
        check('Check', '$.Attributes.count', conditions, 'Hang up'),
        say('Many', '多い', 'Hang up'),
        say('Some', '少し', 'Hang up'),
        hangUp(),
      );
    // Act, Assess
    expect(told(compare(flow([first, second]), flow([second, first])))).toEqual(['Check: order']);
  });

  it('tells of a start that is another block of the flow', () => {
    const after = changed(greeting(), (flow) => Object.assign(flow, { StartAction: 'Set queue' }));
    expect(told(compare(greeting(), after))).toEqual(['start Set voice → Set queue']);
  });

  it('tells of a branch that leads to no block', () => {
    const after = changed(greeting(), (flow) => Object.assign(branchesOf(flow, 'Set queue'), { NextAction: 'Gone' }));
    expect(told(compare(greeting(), after))).toEqual(['Set queue: next rerouted: Transfer → Gone']);
    expect(told(compare(after, structuredClone(after)))).toEqual([]);
  });
});
