import { describe, expect, it } from 'vitest';
import { blocksOverTime } from '../src/diff/blocks-over-time.ts';
import { compareCalls } from '../src/diff/compare-calls.ts';
import { readFlow } from '../src/document.ts';
import { parseScenarios } from '../src/scenarios/parse-scenarios.ts';
import { blockIn, changed, greeting, renamed, type WrittenFlow } from './diff-support.ts';

const SCENARIOS = `
flow: greet
defaults:
  attributes: { user_type: member, queue_arn: 00000000-0000-4000-8000-00000000c001 }
scenarios:
  - name: a member reaches an agent
    hearsFirst: x
    ends: agent
  - name: a visitor reaches an agent
    attributes: { user_type: visitor }
    hearsFirst: x
    ends: agent
  - name: a queue that cannot be set
    fail: { Set queue: NoMatchingError }
    hearsFirst: x
    ends: goodbye
`;

const named = (flow: WrittenFlow, name = 'greet') => ({ name, document: readFlow(JSON.stringify(flow)).flow });

const finding = (flow: WrittenFlow, name = 'greet') => {
  const found = named(flow, name);
  return (reference: string) => (reference === name ? found : undefined);
};

const calls = (before: WrittenFlow, after: WrittenFlow, renamed: [string, string][] = [], scenarios = SCENARIOS) =>
  compareCalls(
    [parseScenarios(scenarios, 'greet.yml')],
    finding(before),
    finding(after),
    blocksOverTime(
      renamed.map(([earlier, later]) => ({ flow: 'greet', before: earlier, after: later })),
      [named(after)],
    ),
  );

describe('the calls of the scenarios', () => {
  it('sound alike where nothing changed', () => {
    expect(calls(greeting(), greeting())).toEqual({ compared: 3, different: [], outdated: [] });
  });

  it('are shown where another text is heard, and only those', () => {
    // Prepare
    const after = changed(greeting(), (flow) => {
      blockIn(flow, 'Thank visitor').Parameters = { Text: 'こんにちは。' };
    });
    // Act
    const { compared, different } = calls(greeting(), after);
    // Assess
    expect(compared).toBe(3);
    expect(different.map(({ flow, scenario }) => [flow, scenario])).toEqual([['greet', 'a visitor reaches an agent']]);
    expect(different[0]?.before.lines).toContain('「ご検討いただきありがとうございます。」');
    expect(different[0]?.after.lines).toContain('「こんにちは。」');
    expect(different[0]?.after.end).toBe('agent');
  });

  it('are shown where they end differently, with both ends', () => {
    // Prepare
    const after = changed(greeting(), (flow) =>
      Object.assign(blockIn(flow, 'Set voice').Transitions, { NextAction: 'Apologise' }),
    );
    // Act
    const [member] = calls(greeting(), after).different;
    // Assess
    expect([member?.before.end, member?.after.end]).toEqual(['agent', 'goodbye']);
    expect(member?.after.because).toBe('The flow speaks and hangs up.');
  });

  it('are shown where the same is heard and the call is dropped instead of ended', () => {
    // Prepare
    const after = changed(greeting(), (flow) =>
      Object.assign(blockIn(flow, 'Apologise').Transitions, { NextAction: 'Gone' }),
    );
    // Act
    const { different } = calls(greeting(), after);
    // Assess
    expect(different.map(({ before, after: now }) => [before.end, now.end])).toEqual([['goodbye', 'silence']]);
    expect(different[0]?.before.lines).toEqual(different[0]?.after.lines);
  });

  it('are shown where another voice speaks, and where another queue is joined', () => {
    // Prepare
    const voice = changed(greeting(), (flow) => {
      blockIn(flow, 'Set voice').Parameters = { TextToSpeechVoice: 'Tomoko', TextToSpeechEngine: 'Neural' };
    });
    const queue = changed(greeting(), (flow) => {
      blockIn(flow, 'Set queue').Parameters = { QueueId: '00000000-0000-4000-8000-00000000c002' };
    });
    // Act, Assess
    expect(calls(greeting(), voice).different[0]?.after.lines).toContain('(The voice is Tomoko, Neural.)');
    expect(calls(greeting(), queue).different[0]?.after.lines).toContain(
      '(The contact joins queue 00000000-0000-4000-8000-00000000c002.)',
    );
  });

  it.each([
    ['Set queue', SCENARIOS],
    ['greet/Set queue', SCENARIOS.replace('Set queue: NoM', '"greet/Set queue": NoM')],
  ])('let a renamed block fail in both versions, whichever name the scenario has: %s', (name, scenarios) => {
    // Prepare
    const other = renamed(greeting(), (_, old) => (old === 'Set queue' ? 'Other name' : old));
    // Act, Assess
    expect(calls(other, greeting(), [], scenarios).different.map(({ scenario }) => scenario)).toEqual([
      'a queue that cannot be set',
    ]);
    const corrected = calls(other, greeting(), [['Other name', 'Set queue']], scenarios);
    expect(corrected).toEqual({ compared: 3, different: [], outdated: [] });
    expect(calls(greeting(), other, [['Set queue', 'Other name']], scenarios)).toEqual({
      compared: 3,
      different: [],
      outdated: [{ path: 'greet.yml', name, now: name.replace('Set queue', 'Other name') }],
    });
  });

  it('tell of a block that is gone', () => {
    const without = renamed(greeting(), (_, old) => (old === 'Set queue' ? 'Another block' : old));
    expect(calls(greeting(), without).outdated).toEqual([{ path: 'greet.yml', name: 'Set queue' }]);
  });

  it('are left out where one version has no such flow', () => {
    const { compared } = compareCalls(
      [parseScenarios(SCENARIOS, 'greet.yml')],
      finding(greeting(), 'other'),
      finding(greeting()),
      blocksOverTime([], [named(greeting())]),
    );
    expect(compared).toBe(0);
  });
});
