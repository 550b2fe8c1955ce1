import { describe, expect, it } from 'vitest';
import { type FlowDocument, readFlow } from '../src/document.ts';
import { importFlow } from '../src/exchange/import-flow.ts';
import { layoutOf } from '../src/exchange/layout.ts';
import { flowText } from '../src/exchange/normalise.ts';
import {
  BYE,
  equals,
  errors,
  flowOf,
  loop,
  say,
  setHook,
  setQueue,
  setVoice,
  type TestBlock,
  TRANSFER,
} from '../src/flow-builder.ts';

const failing = (block: TestBlock): TestBlock => ({
  ...block,
  Transitions: { Errors: errors({ NoMatchingError: 'Apologise' }) },
});

/** Flows as a repository keeps them. */
const FLOWS: Record<string, FlowDocument> = {
  greeting: flowOf(
    setVoice('Kazuha', 'Neural', { Identifier: 'Set voice' }),
    failing(say('${CompanyName}です。', { Identifier: 'Greet' })),
    failing({ ...setHook('CustomerQueue', '${WaitingContactFlow}'), Identifier: 'Set queue flow' }),
    failing({ ...setHook('AgentWhisper', '${WhisperContactFlow}'), Identifier: 'Set agent whisper' }),
    failing({ ...setQueue('${DefaultQueue}'), Identifier: 'Set default queue' }),
    {
      ...TRANSFER,
      Identifier: 'Transfer',
      Transitions: { Errors: errors({ QueueAtCapacity: 'Apologise', NoMatchingError: BYE }) },
    },
    say('申し訳ございません。', { Identifier: 'Apologise' }),
  ),
  waiting: flowOf(
    setVoice('Kazuha', 'Neural', { Identifier: 'Set voice' }),
    say('お待ちください。', { Identifier: 'Announce' }),
    {
      Identifier: 'Ten times',
      Type: 'Loop',
      Parameters: { LoopCount: '10' },
      Transitions: {
        Conditions: equals({ ContinueLooping: 'Wait', DoneLooping: BYE }),
        Errors: errors({ NoMatchingError: BYE }),
      },
    },
    { ...loop([{ Text: 'お待ちください。' }], 30), Identifier: 'Wait' },
    say('もうしばらくお待ちください。', { Identifier: 'Ask for patience', Transitions: { NextAction: 'Ten times' } }),
  ),
};
const NAMES = Object.keys(FLOWS);
const repositoryFlow = (name: string): FlowDocument => structuredClone(FLOWS[name] ?? flowOf());
const textOf = (name: string): string => flowText(repositoryFlow(name));

const INSTANCE = 'arn:aws:connect:ap-northeast-1:123456789012:instance/00000000-0000-4000-8000-000000000001';
const RESOURCES: Record<string, string> = {
  WaitingContactFlow: `${INSTANCE}/contact-flow/00000000-0000-4000-8000-00000000f002`,
  WhisperContactFlow: `${INSTANCE}/contact-flow/00000000-0000-4000-8000-00000000f003`,
  DefaultQueue: `${INSTANCE}/queue/00000000-0000-4000-8000-00000000a001`,
};
const TEXTS = { CompanyName: 'サンプル窓口' };

const tokens = {
  texts: TEXTS,
  tokensOf: (value: string) => [
    // The default queue has a name, too.
    ...(value === RESOURCES.DefaultQueue ? ['SupportQueue'] : []),
    ...Object.keys(RESOURCES).filter((token) => RESOURCES[token] === value),
  ],
};

const uuid = (number: number): string => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;

/** What the flow designer makes of a flow that nobody changed: other identifiers, order, layout and records. */
function asExported(flow: FlowDocument): FlowDocument {
  const identifiers = new Map(flow.Actions.map(({ Identifier }, index) => [Identifier, uuid(index)]));
  let text = JSON.stringify({ ...flow, Metadata: {} });
  for (const [token, value] of Object.entries({ ...RESOURCES, ...TEXTS }))
    text = text.replaceAll(`\${${token}}`, value);
  for (const [name, identifier] of identifiers) text = text.replaceAll(`"${name}"`, `"${identifier}"`);
  const { flow: exported } = readFlow(text);
  return {
    ...exported,
    Metadata: {
      entryPointPosition: { x: 3.2, y: 15 },
      snapToGrid: false,
      Annotations: [],
      ActionMetadata: Object.fromEntries(
        exported.Actions.map(({ Identifier }, y) => [Identifier, { position: { x: 1, y } }]),
      ),
    },
    Actions: exported.Actions.toReversed().map((action) => ({
      ...action,
      Parameters: {
        ...Object.fromEntries(Object.entries(action.Parameters).toReversed()),
        ...(action.Type === 'UpdateContactEventHooks' && {
          EventHooksConfiguration: { AgentWhisper: { DisableExecution: 'false' } },
        }),
      },
      Transitions: { ...action.Transitions, Errors: action.Transitions.Errors.toReversed() },
    })),
  };
}

describe.each(NAMES)('%s', (name) => {
  it('comes back from the flow designer as it was', () => {
    // Act
    const { flow, literals } = importFlow(asExported(repositoryFlow(name)), repositoryFlow(name), tokens);
    // Assess
    expect(flowText(flow)).toBe(textOf(name));
    expect(literals).toEqual([]);
  });
});

describe('a flow that was edited in the designer', () => {
  const edited = (): FlowDocument => asExported(repositoryFlow('greeting'));
  const indexOf = (flow: FlowDocument, name: string) => flow.Actions.findIndex(({ Identifier }) => Identifier === name);
  const actionAt = (flow: FlowDocument, index: number) => {
    const action = flow.Actions[index];
    if (!action) throw new Error(`the flow has no block ${index}`);
    return action;
  };
  /** The designer's block for one of the repository. */
  const exportOf = (flow: FlowDocument, name: string) =>
    actionAt(flow, flow.Actions.length - 1 - indexOf(repositoryFlow('greeting'), name));

  it('shows the changed text and nothing else', () => {
    // Prepare
    const exported = edited();
    exportOf(exported, 'Greet').Parameters = { Text: 'サンプル窓口です。お待たせいたしました。' };
    // Act
    const { flow } = importFlow(exported, repositoryFlow('greeting'), tokens);
    // Assess
    const [before, after] = [textOf('greeting').split('\n'), flowText(flow).split('\n')];
    expect(after.filter((line, index) => line !== before[index])).toEqual([
      '        "Text": "${CompanyName}です。お待たせいたしました。"',
    ]);
  });

  it('gives a new block a readable name, behind the block that leads to it', () => {
    // Prepare
    const exported = edited();
    const greet = exportOf(exported, 'Greet');
    exported.Actions.push({
      Identifier: uuid(99),
      Type: 'MessageParticipant',
      Parameters: { Text: '録音しております。' },
      Transitions: { ...greet.Transitions },
    });
    greet.Transitions = { ...greet.Transitions, NextAction: uuid(99) };
    // Act
    const { flow } = importFlow(exported, repositoryFlow('greeting'), tokens);
    // Assess
    expect(actionAt(flow, indexOf(flow, 'Greet')).Transitions.NextAction).toBe('Play prompt');
    expect(indexOf(flow, 'Play prompt')).toBe(indexOf(flow, 'Greet') + 1);
    expect(flow.Actions).toHaveLength(repositoryFlow('greeting').Actions.length + 1);
  });

  it('leaves an ARN without a token as it is, and names it', () => {
    // Prepare
    const exported = edited();
    const arn = `${INSTANCE}/queue/00000000-0000-4000-8000-00000000beef`;
    exportOf(exported, 'Set default queue').Parameters = { QueueId: arn };
    // Act
    const { flow, literals } = importFlow(exported, repositoryFlow('greeting'), tokens);
    // Assess
    expect(literals).toEqual([{ block: 'Set default queue', parameter: 'QueueId', arn }]);
    expect(actionAt(flow, indexOf(flow, 'Set default queue')).Parameters).toEqual({ QueueId: arn });
  });

  it('keeps a switch of an event flow that somebody turned', () => {
    const exported = edited();
    const off = { AgentWhisper: { DisableExecution: 'true' } };
    exportOf(exported, 'Set agent whisper').Parameters.EventHooksConfiguration = off;
    const { flow } = importFlow(exported, repositoryFlow('greeting'), tokens);
    expect(actionAt(flow, indexOf(flow, 'Set agent whisper')).Parameters.EventHooksConfiguration).toEqual(off);
  });

  it('is told by the names the designer notes, where it is a new flow', () => {
    // Prepare
    const exported = edited();
    const hook = exportOf(exported, 'Set queue flow');
    const layout = exported.Metadata?.ActionMetadata as Record<string, unknown>;
    layout[hook.Identifier] = { parameters: { EventHooks: { CustomerQueue: { displayName: 'waiting' } } } };
    const seen: (string | undefined)[] = [];
    // Act
    importFlow(exported, undefined, {
      texts: {},
      tokensOf(value, name) {
        if (value === RESOURCES.WaitingContactFlow) seen.push(name);
        return [];
      },
    });
    // Assess
    expect(seen).toEqual(['waiting']);
  });
});

describe('the layout', () => {
  it('puts a block behind the longest way to it', () => {
    const block = (Identifier: string, NextAction: string, error?: string): FlowDocument['Actions'][number] => ({
      Identifier,
      Type: 'MessageParticipant',
      Parameters: { Text: 'あ' },
      Transitions: {
        NextAction,
        Errors: error === undefined ? [] : [{ NextAction: error, ErrorType: 'NoMatchingError' }],
        Conditions: [],
      },
    });
    const Actions = [block('S', 'A', 'D'), block('A', 'B'), block('B', 'C'), block('C', 'C'), block('D', 'C')];
    const places = layoutOf({ Version: '2019-10-30', StartAction: 'S', Actions });
    const columns = ['S', 'A', 'B', 'C', 'D'].map((name) => places.get(name)?.x ?? Number.NaN);
    const [s = 0, a = 0] = columns;
    expect(columns.map((x) => (x - s) / (a - s))).toEqual([0, 1, 2, 3, 1]);
  });

  it('leads to the right, save where a flow leads back', () => {
    const flow = repositoryFlow('waiting');
    const x = (name: string) => layoutOf(flow).get(name)?.x ?? Number.NaN;
    expect(x('Set voice')).toBeLessThan(x('Announce'));
    expect(x('Ten times')).toBeLessThan(x('Wait'));
    expect(x('Wait')).toBeLessThan(x('Ask for patience'));
  });

  it.each(NAMES)('puts no two blocks of %s in one place', (name) => {
    const places = [...layoutOf(repositoryFlow(name)).values()].map((place) => JSON.stringify(place));
    expect(new Set(places).size).toBe(places.length);
  });

  it('is found for loops, dangling transitions and 250 blocks in a row', () => {
    const Actions = Array.from({ length: 250 }, (_, index) => ({
      Identifier: `block ${index}`,
      Type: 'MessageParticipant',
      Parameters: {},
      Transitions: {
        NextAction: index === 249 ? 'block 0' : `block ${index + 1}`,
        Errors: [{ ErrorType: 'x', NextAction: 'gone' }],
        Conditions: [],
      },
    }));
    const places = layoutOf({ Version: '2019-10-30', StartAction: 'block 0', Actions });
    expect(places.get('block 249')).toEqual({ x: 220 + 249 * 240, y: 40 });
  });
});

describe('a block that is new', () => {
  const prompt = (Identifier: string, Text: string, NextAction: string) => ({
    Identifier,
    Type: 'MessageParticipant',
    Parameters: { Text },
    Transitions: { NextAction, Errors: [], Conditions: [] },
  });
  const logging = (Identifier: string, NextAction: string) => ({
    Identifier,
    Type: 'UpdateFlowLoggingBehavior',
    Parameters: { FlowLoggingBehavior: 'Enabled' },
    Transitions: { NextAction, Errors: [], Conditions: [] },
  });
  const flow = (...Actions: FlowDocument['Actions']): FlowDocument => ({
    Version: '2019-10-30',
    StartAction: Actions[0]?.Identifier ?? '',
    Actions,
  });
  const identifiers = ({ Actions }: FlowDocument): string[] => Actions.map(({ Identifier }) => Identifier);
  const existing = flow(
    prompt('Greet', 'いらっしゃいませ。', 'News'),
    prompt('News', '本日は営業しております。', 'News'),
  );

  it('comes first where the call starts with it', () => {
    const exported = flow(logging(uuid(1), 'Greet'), ...existing.Actions);
    const imported = importFlow(exported, existing, tokens).flow;
    expect(identifiers(imported)).toEqual(['Set logging behavior', 'Greet', 'News']);
    expect(imported.StartAction).toBe('Set logging behavior');
  });

  it('stands behind the start in a flow that is new itself', () => {
    const exported = {
      ...flow(prompt('News', '本日は営業しております。', 'News'), logging('Log', 'News')),
      StartAction: 'Log',
    };
    expect(identifiers(importFlow(exported, undefined, tokens).flow)).toEqual(['Log', 'News']);
  });

  it('does not take the name of one that is gone, and its own stays short enough', () => {
    const long = 'あ'.repeat(50);
    const before = flow(prompt(long, 'いらっしゃいませ。', 'News'), ...existing.Actions.slice(1));
    const exported = flow(logging(long, 'News'), ...existing.Actions.slice(1));
    expect(identifiers(importFlow(exported, before, tokens).flow)).toEqual([`${'あ'.repeat(48)} 2`, 'News']);
  });
});
