import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import { BYE, END, errors, flowOf, loop, say, setHook, setQueue, TRANSFER } from '../src/flow-builder.ts';
import { diffOfTexts } from '../src/scenarios/explain.ts';
import type { Expectation, Scenario } from '../src/scenarios/parse-scenarios.ts';
import { runScenario } from '../src/scenarios/run-scenario.ts';
import { allAsExpected, scenarioReport } from '../src/scenarios/scenario-report.ts';
import type { CallCase } from '../src/simulate/call-case.ts';
import { findIn } from './simulate-support.ts';

const FLOWS: Record<string, FlowDocument> = {
  queue: flowOf(
    loop([{ Text: 'お待ちください。' }, { PromptId: 'music' }, { SSML: '<speak><break time="1s"/></speak>' }]),
  ),
  whisper: flowOf(say('会員です。'), END),
};

const ENTRY = flowOf(
  setHook('CustomerQueue', 'queue'),
  setHook('AgentWhisper', 'whisper'),
  say('はい。', { Identifier: 'Greet', Transitions: { Errors: errors({ NoMatchingError: 'Apologise' }) } }),
  say(' '),
  setQueue('q'),
  { ...TRANSFER, Transitions: { Errors: errors({ NoMatchingError: 'Apologise', QueueAtCapacity: BYE }) } },
  say('申し訳ございません。', { Identifier: 'Apologise' }),
);

const run = (expected: Expectation, call: CallCase = {}, failing?: string) => {
  const scenario: Scenario = {
    name: 'a call',
    cases: [{ name: 'a call', call, ...(failing !== undefined && { failing }) }],
    expected,
  };
  return runScenario(scenario, { name: 'entry', document: ENTRY }, findIn(FLOWS));
};

const mismatches = (expected: Expectation, call: CallCase = {}) => run(expected, call)[0]?.mismatches;

describe('a scenario holds', () => {
  it.each<[string, Expectation, CallCase]>([
    ['where the customer hears all of it, word for word', { hears: ['はい。'], ends: 'agent' }, {}],
    [
      'where the messages of a loop are heard once, recordings by name and silence not at all',
      { hears: ['はい。', 'お待ちください。', '[recording music]'], ends: 'waiting' },
      { agents: 0 },
    ],
    ['where the agent hears all of it', { agentHears: ['会員です。'], ends: 'agent' }, {}],
    ['where the first sentence is the one', { hearsFirst: 'はい。', ends: 'waiting' }, { agents: 0 }],
    [
      'where the last sentence is the one',
      { hearsLast: '申し訳ございません。', ends: 'goodbye' },
      { fail: { Greet: 'NoMatchingError' } },
    ],
    ['where a phrase is heard by the agent only', { hearsNot: ['会員'], ends: 'agent' }, {}],
    [
      'where the failing block is named with its flow',
      { hears: ['申し訳ございません。'], ends: 'goodbye' },
      { fail: { 'entry/Greet': 'NoMatchingError' } },
    ],
    [
      'where a block without error branches fails',
      { agentHears: [], ends: 'agent' },
      { fail: { 'whisper/block 1': 'NoMatchingError' } },
    ],
  ])('%s', (_, expected, call) => {
    expect(mismatches(expected, call)).toEqual([]);
  });
});

describe('a scenario fails', () => {
  it.each<[string, Expectation, CallCase, object]>([
    [
      'where something else is heard',
      { hears: ['いいえ。'], ends: 'agent' },
      {},
      { expectation: 'hears', expected: ['いいえ。'], found: ['はい。'] },
    ],
    [
      'where more is heard',
      { hears: [], ends: 'agent' },
      {},
      { expectation: 'hears', expected: [], found: ['はい。'] },
    ],
    [
      'where the order is another',
      { hears: ['[recording music]', 'はい。', 'お待ちください。'], ends: 'waiting' },
      { agents: 0 },
      { expectation: 'hears' },
    ],
    [
      'where the first sentence is another',
      { hearsFirst: 'は', ends: 'agent' },
      {},
      { expectation: 'hearsFirst', expected: 'は', found: 'はい。' },
    ],
    [
      'where the last sentence is another',
      { hearsLast: 'い。', ends: 'agent' },
      {},
      { expectation: 'hearsLast', expected: 'い。', found: 'はい。' },
    ],
    [
      'where a phrase is heard that must not be',
      { hearsNot: ['ん', 'い'], ends: 'agent' },
      {},
      { expectation: 'hearsNot', expected: ['ん', 'い'], found: ['はい。'] },
    ],
    [
      'where the agent hears something else',
      { agentHears: [], ends: 'agent' },
      {},
      { expectation: 'agentHears', expected: [], found: ['会員です。'] },
    ],
    [
      'where the end is another',
      { hears: ['はい。'], ends: 'goodbye' },
      {},
      { expectation: 'ends', expected: 'goodbye', found: 'agent' },
    ],
    [
      'where the block that was to fail is never reached',
      { hears: ['はい。'], ends: 'agent' },
      { fail: { Apologise: 'NoMatchingError' } },
      { expectation: 'fails', expected: '"Apologise"', found: 'the call never comes to it' },
    ],
    [
      'where the block has no branch for the error',
      { hears: ['申し訳ございません。'], ends: 'goodbye' },
      { fail: { Greet: 'NoMatchingErorr' } },
      { expectation: 'fails', expected: 'a branch of "Greet" for NoMatchingErorr', found: 'NoMatchingError' },
    ],
  ])('%s', (_, expected, call, mismatch) => {
    expect(mismatches(expected, call)).toMatchObject([mismatch]);
  });
});

describe('the report', () => {
  it('has a line for each case, says what differs and why, and names the transitions that were not taken', () => {
    // Prepare
    const results = [
      ...run({ hears: ['はい。'], ends: 'agent' }),
      ...run({ hears: ['はい。', '料金'], hearsLast: '料金', hearsNot: ['い'], ends: 'waiting' }, { queueFull: true }),
    ];
    const coverage = [
      { flow: 'entry', taken: 2, total: 3, missing: [{ block: 'Greet', on: 'NoMatchingError', to: 'Apologise' }] },
      { flow: 'queue', taken: 0, total: 0, missing: [] },
    ];

    // Act and assess
    expect(scenarioReport(results, coverage)).toBe(`entry
  ok      a call
  FAILED  a call
          hears: - is expected but not heard, + is heard but not expected
              はい。
            - 料金
          hearsLast: expected "料金", found "はい。"
          hearsNot: expected none of "い", found "はい。"
          ends: expected "waiting", found "silence"
          the call: The flow hangs up without a prompt.
          the branches it took:
            block 6 → bye: queue "q" takes no more contacts

2 calls, 1 not as expected

Transitions taken
   66 %  entry: 2 of 3
           "Greet" on NoMatchingError → "Apologise"
  100 %  queue: 0 of 0
`);
  });

  it('tells blocks that are named by a UUID by what they do', () => {
    // Prepare
    const id = '00000000-0000-4000-8000-000000000001';
    const sorry = '00000000-0000-4000-8000-000000000002';
    const document = flowOf(
      { ...setQueue('BasicQueue'), Identifier: id, Transitions: { Errors: errors({ NoMatchingError: sorry }) } },
      TRANSFER,
      say('Sorry.', { Identifier: sorry }),
    );
    const scenario = (fail: Record<string, string>): Scenario => ({
      name: 'a call',
      cases: [{ name: 'a call', call: { fail } }],
      expected: { hears: ['Welcome.'], ends: 'agent' },
    });
    const entry = { name: 'entry', document };
    // Act
    const report = scenarioReport(runScenario(scenario({ [id]: 'NoMatchingError' }), entry, findIn(FLOWS)), []);
    // Assess
    expect(report).toContain('  Set working queue BasicQueue → prompt "Sorry.": ');
    expect(report).not.toContain(id);
  });

  it('says of a block that no flow has what became of it, and nothing of the call without its failure', () => {
    // Prepare
    const scenario: Scenario = {
      name: 'a call',
      cases: [{ name: 'a call', call: { fail: { Gone: 'NoMatchingError' } } }],
      expected: { hears: ['料金'], ends: 'waiting' },
    };
    const gone = new Map([['Gone', 'no flow has a block of this name']]);
    // Act
    const [result] = runScenario(scenario, { name: 'entry', document: ENTRY }, findIn(FLOWS), gone);
    // Assess
    expect(result?.mismatches).toEqual([{ expectation: 'fails', expected: '"Gone"', found: gone.get('Gone') }]);
  });

  it('is fine where every case holds and every transition is taken, and only there', () => {
    // Prepare
    const right = run({ hears: ['はい。'], ends: 'agent' });
    const wrong = run({ hears: [], ends: 'agent' });
    const full = { flow: 'entry', taken: 1, total: 1, missing: [] };
    const partial = { ...full, total: 2, missing: [{ block: 'Greet', to: 'bye' }] };

    // Act and assess
    expect(allAsExpected(right, [full])).toBe(true);
    expect(allAsExpected([...right, ...wrong], [full])).toBe(false);
    expect(allAsExpected(right, [full, partial])).toBe(false);
  });

  it.each<[string[], string[], string]>([
    [['a', 'b'], ['a', 'b'], ' a  b'],
    [['a', 'b', 'c'], ['a', 'c'], ' a -b  c'],
    [['a', 'c'], ['a', 'b', 'c'], ' a +b  c'],
    [['a'], ['b'], '-a +b'],
    [[], ['b'], '+b'],
    [['a'], [], '-a'],
    [['x', 'a', 'b'], ['a', 'b', 'x'], '-x  a  b +x'],
  ])('compares %j with %j', (expected, found, diff) => {
    const marks = { both: ' ', expected: '-', found: '+' };
    expect(
      diffOfTexts(expected, found)
        .map(({ side, text }) => `${marks[side]}${text}`)
        .join(' '),
    ).toBe(diff);
  });
});

it('a block to which the designer gave no name is told by what it does', () => {
  // Prepare
  const [greet, never, last] = ['1', '2', '3'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);
  const document = flowOf(
    say('はい。', { Identifier: greet ?? '' }),
    say('いいえ。', { Identifier: last ?? '', Transitions: { NextAction: BYE, Errors: errors({ Other: BYE }) } }),
    { ...setQueue('q'), Identifier: never ?? '', Transitions: {} },
  );
  const fail = { [`entry/${never}`]: 'NoMatchingError', [last ?? '']: 'NoMatchingError' };
  const scenario = {
    name: 'a call',
    cases: [{ name: 'a call', call: { fail } }],
    expected: { ends: 'goodbye' },
  } as const;
  // Act
  const report = scenarioReport(
    runScenario(scenario as unknown as Scenario, { name: 'entry', document }, () => undefined),
    [],
  );
  // Assess
  expect(report).toContain(`fails: expected "entry/${never}" (Set working queue q), found the call never comes to it`);
});
