import { describe, expect, it } from 'vitest';
import { compareFlows } from '../src/diff/compare-flows.ts';
import { readFlow } from '../src/document.ts';
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
  uuid,
  type Written,
  type WrittenFlow,
  when,
} from './diff-support.ts';

/** Lets every way that led to a block lead to another one. */
const redirect = (flow: WrittenFlow, from: string, to: string): void => {
  for (const { Identifier, Transitions } of flow.Actions) {
    if (Identifier === to) continue;
    if (Transitions.NextAction === from) Transitions.NextAction = to;
    for (const branch of [...(Transitions.Errors ?? []), ...(Transitions.Conditions ?? [])]) {
      if (branch.NextAction === from) branch.NextAction = to;
    }
  }
};

const without = (flow: WrittenFlow, identifier: string): void => {
  flow.Actions = flow.Actions.filter((block) => block.Identifier !== identifier);
};

/** Prompts one after the other, then the end. */
const chain = (texts: readonly string[]): WrittenFlow =>
  flowOf(...texts.map((text, index) => say(`${index + 1}`, text, `${index + 2}`, 'End')), {
    ...hangUp(`${texts.length + 1}`),
  });

describe('blocks with other names', () => {
  it('are no difference', () => {
    const difference = compare(greeting(), renamed(greeting()));
    expect(told(difference)).toEqual([]);
    expect(difference.renamed).toHaveLength(greeting().Actions.length);
    expect(difference.renamed[0]).toEqual({ before: 'Set voice', after: uuid(0) });
  });

  it('are no difference where names were exchanged', () => {
    const exchanged = renamed(greeting(), (_, old) =>
      old === 'Thank member' ? 'Thank visitor' : old === 'Thank visitor' ? 'Thank member' : old,
    );
    expect(told(compare(greeting(), exchanged))).toEqual([]);
  });

  it('are no difference where every block does the same', () => {
    // Prepare
    const blocks = [1, 2, 3, 4, 5, 6, 7].map((at) => ({
      ...say(`${at}`, 'お待ちください。', ''),
      Transitions: { NextAction: `${(at % 7) + 1}` },
    }));
    const loop = { ...flowOf(...blocks), StartAction: '3' };
    const inOtherOrder = changed(renamed(loop), (flow) => flow.Actions.reverse());
    // Act, Assess
    expect(told(compare(loop, renamed(loop)))).toEqual([]);
    expect(told(compare(loop, inOtherOrder))).toEqual([]);
  });

  it('and one other text are one changed prompt', () => {
    const after = renamed(
      changed(greeting(), (flow) => {
        blockIn(flow, 'Thank visitor').Parameters = { Text: '興味をお持ちいただき感謝いたします。' };
      }),
    );
    expect(told(compare(greeting(), after))).toEqual([
      `${uuid(3)}: prompt Text: ご検討いただきありがとうございます。 → 興味をお持ちいただき感謝いたします。`,
    ]);
  });

  it('and a text that was fixed in another place of the flow are one block that changed and moved', () => {
    // Prepare
    const order = (first: string, second: string, fixed: string) =>
      flowOf(
        say('Start', 'お電話ありがとうございます。', first, 'Hang up'),
        check('Check', '$.Attributes.vip', [when('true', second)], 'Hang up'),
        say(
          'Record',
          `${fixed}を録音しております。ご了承ください。`,
          first === 'Record' ? 'Check' : 'Hang up',
          'Start',
        ),
        hangUp(),
      );
    // Act
    const difference = compare(order('Record', 'Hang up', 'この通話'), renamed(order('Check', 'Record', '通話')));
    // Assess
    expect([difference.added, difference.removed]).toEqual([[], []]);
    expect(told(difference)).toContain(
      `${uuid(2)}: prompt Text: この通話を録音しております。ご了承ください。 → 通話を録音しております。ご了承ください。`,
    );
  });

  it('and a prompt in between are one added block, though all numbers moved', () => {
    // Prepare
    const texts = ['一番目です。', '二番目です。', '三番目です。', '四番目です。', '五番目です。'];
    // Act
    const difference = compare(chain(texts), chain(texts.toSpliced(2, 0, 'お知らせがございます。')));
    // Assess
    expect(told(difference)).toEqual(['+ 3']);
    expect(difference.added).toMatchObject([
      { parameters: { Text: 'お知らせがございます。' }, from: [{ block: { identifier: '2' } }] },
    ]);
  });

  it('and a removed block are one removed block, though all numbers moved', () => {
    const texts = ['一番目です。', '二番目です。', '三番目です。', '四番目です。'];
    expect(told(compare(chain(texts), chain(texts.toSpliced(1, 1))))).toEqual(['- 2']);
  });
});

describe.each([
  ['under the same names', (flow: WrittenFlow) => flow],
  ['under other names', (flow: WrittenFlow) => renamed(flow, (_, old) => `${old}*`)],
])('%s', (_, exported) => {
  const lines = (change: (flow: WrittenFlow) => unknown, before = greeting()): string[] =>
    told(compare(before, exported(changed(before, change)))).map((line) => line.replaceAll('*', ''));

  it('a prompt put in between is an addition and nothing else', () => {
    expect(
      lines((flow) => {
        redirect(flow, 'Check type', 'Announce recording');
        flow.Actions.push(say('Announce recording', '通話を録音いたします。', 'Check type', 'Apologise'));
      }),
    ).toEqual(['+ Announce recording']);
  });

  it('a prompt put before the first block is an addition and nothing else', () => {
    expect(
      lines((flow) => {
        flow.StartAction = 'Announce recording';
        flow.Actions.unshift(say('Announce recording', '通話を録音いたします。', 'Set voice', 'Apologise'));
      }),
    ).toEqual(['+ Announce recording']);
  });

  it('a check with a prompt of its own put in between is two additions and nothing else', () => {
    expect(
      lines((flow) => {
        redirect(flow, 'Set queue', 'Is it late');
        flow.Actions.push(
          check('Is it late', '$.Attributes.late', [when('true', 'Say that it is late')], 'Set queue'),
          say('Say that it is late', '遅い時間に失礼いたします。', 'Set queue', 'Apologise'),
        );
      }),
    ).toEqual(['+ Is it late', '+ Say that it is late']);
  });

  it('a removed block is a removal and nothing else', () => {
    expect(
      lines((flow) => {
        redirect(flow, 'Set queue', 'Transfer');
        without(flow, 'Set queue');
      }),
    ).toEqual(['- Set queue']);
  });

  it('one block in place of another of its kind that says something else is a change', () => {
    expect(
      lines((flow) => {
        blockIn(flow, 'Apologise').Parameters = { Text: 'システムの都合により終了いたします。' };
      }),
    ).toEqual(['Apologise: prompt Text: 申し訳ございません。 → システムの都合により終了いたします。']);
  });

  it('a block of another kind in place of one is a removal and an addition', () => {
    const replace = (flow: WrittenFlow) => {
      const { Transitions } = blockIn(flow, 'Set queue');
      without(flow, 'Set queue');
      redirect(flow, 'Set queue', 'Set priority');
      flow.Actions.push({
        Identifier: 'Set priority',
        Type: 'UpdateContactRoutingBehavior',
        Parameters: { QueuePriority: '1' },
        Transitions: { ...Transitions, Errors: [] },
      });
    };
    expect(lines(replace)).toEqual(['+ Set priority', '- Set queue']);
  });

  it('of two equal blocks the one that changed is told', () => {
    // Prepare
    const twice = flowOf(
      check('Check', '$.Attributes.vip', [when('true', 'First')], 'Second'),
      say('First', 'お待ちください。', 'Then', 'Sorry'),
      say('Second', 'お待ちください。', 'Bye', 'Sorry'),
      say('Then', '担当者が参ります。', 'Bye', 'Sorry'),
      say('Bye', '失礼いたします。', 'Hang up'),
      say('Sorry', '申し訳ございません。', 'Hang up'),
      hangUp(),
    );
    // Act, Assess
    expect(
      lines((flow) => {
        blockIn(flow, 'Second').Parameters = { Text: '少々お待ちください。' };
      }, twice),
    ).toEqual(['Second: prompt Text: お待ちください。 → 少々お待ちください。']);
    expect(
      lines((flow) => {
        redirect(flow, 'First', 'Then');
        without(flow, 'First');
      }, twice),
    ).toEqual(['- First']);
  });
});

describe('flows that have nothing in common', () => {
  const other = flowOf(
    {
      Identifier: 'A',
      Type: 'CheckHoursOfOperation',
      Parameters: {},
      Transitions: { Conditions: [when('True', 'B')] },
    },
    say('B', '本日は休業日です。', 'C', 'C'),
    { Identifier: 'C', Type: 'EndFlowExecution', Parameters: {}, Transitions: {} },
  );

  it('are one removed and the other added', () => {
    expect(told(compare(greeting(), other))).toEqual([
      ...other.Actions.map(({ Identifier }) => `+ ${Identifier}`),
      ...greeting().Actions.map(({ Identifier }) => `- ${Identifier}`),
    ]);
  });

  it('are the same the other way round', () => {
    const difference = compare(other, greeting());
    expect([difference.added.length, difference.removed.length]).toEqual([10, 3]);
  });
});

describe('flows that are not as they should be', () => {
  it.each<[string, WrittenFlow]>([
    ['no blocks', flowOf()],
    ['a start that is no block', { ...flowOf(hangUp()), StartAction: 'nowhere' }],
    ['two blocks of one name', flowOf(say('A', '一', 'A'), say('A', '二', 'A'))],
    ['a block that leads to itself', flowOf(say('A', '一', 'A', 'A'))],
    [
      'a type nobody knows',
      flowOf({ Identifier: 'A', Type: '__proto__', Parameters: {}, Transitions: { NextAction: 'A' } }),
    ],
    [
      'parameters named like what every object has',
      flowOf({ ...hangUp(), Parameters: JSON.parse('{"__proto__": {"a": 1}, "constructor": "x", "toString": null}') }),
    ],
    ['the same branch twice', flowOf(check('A', '$.x', [when('1', 'A'), when('1', 'B')], 'B'), hangUp('B'))],
    ['a list where a text is expected', flowOf({ ...say('A', '', 'A'), Parameters: { Text: [['x'], null, 1] } })],
  ])('are compared with themselves and with others: %s', (_, flow) => {
    expect(told(compare(flow, structuredClone(flow)))).toEqual([]);
    expect(compare(flow, greeting()).added.length).toBeGreaterThan(7);
    expect(compare(greeting(), flow).removed.length).toBeGreaterThan(7);
  });

  it('are compared though their parameters are nested deeper than a program can follow', () => {
    // Prepare
    const deep = (value: string) => {
      const nested = `${'{"a":'.repeat(50_000)}${value}${'}'.repeat(50_000)}`;
      const { flow } = readFlow('{"Version":"2019-10-30","StartAction":"A","Actions":[]}');
      const Parameters = JSON.parse(`{"b":${value},"c":${nested}}`);
      return {
        ...flow,
        Actions: [{ Identifier: 'A', Type: 'Wait', Parameters, Transitions: { Errors: [], Conditions: [] } }],
      };
    };
    // Act, Assess
    expect(told(compareFlows(deep('1'), deep('1')))).toEqual([]);
    expect(told(compareFlows(deep('1'), deep('2')))).toEqual(['A: setting b: 1 → 2']);
  });
});

describe('flows as large as they may be', () => {
  /** 248 prompts with a check after every third, each of them different. */
  const large = (): WrittenFlow => {
    const blocks: Written[] = Array.from({ length: 248 }, (_, index) =>
      index % 3 === 2
        ? check(`Block ${index}`, `$.Attributes.a${index}`, [when('1', `Block ${index - 1}`)], `Block ${index + 1}`)
        : say(`Block ${index}`, `${index}番目のご案内です。`, `Block ${index + 1}`, 'Apologise'),
    );
    return flowOf(...blocks, say('Block 248', '申し訳ございません。', 'End', 'End'), hangUp('End'));
  };

  it('are matched under other names with one change each', () => {
    // Prepare
    const after = changed(large(), (flow) => {
      blockIn(flow, 'Block 100').Parameters = { Text: 'まったく別のお知らせ。' };
      blockIn(flow, 'Block 200').Transitions.Conditions = [when('2', 'Block 199')];
    });
    // Act
    const difference = compare(large(), renamed(after));
    // Assess
    expect(told(difference)).toEqual([
      `${uuid(100)}: prompt Text: 100番目のご案内です。 → まったく別のお知らせ。`,
      `${uuid(200)}: 1 → 2 (${uuid(199)})`,
    ]);
  });

  it('are told apart where all texts are others', () => {
    const after = renamed(
      changed(large(), (flow) => {
        for (const block of flow.Actions) {
          if (block.Type === 'MessageParticipant') block.Parameters = { Text: `お知らせ${block.Identifier}` };
        }
      }),
    );
    const difference = compare(large(), after);
    expect(difference.changed.length).toBeGreaterThan(160);
  });
});
