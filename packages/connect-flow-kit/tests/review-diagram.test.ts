import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import {
  BYE,
  END,
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
import { diagramOf } from '../src/review/diagram.ts';
import { readingOrderOf } from '../src/review/reading-order.ts';

const compare = (Identifier: string, branches: Record<string, string>, otherwise: string): TestBlock => ({
  Identifier,
  Type: 'Compare',
  Parameters: { ComparisonValue: '$.Attributes.user_type' },
  Transitions: { Conditions: equals(branches), Errors: errors({ NoMatchingCondition: otherwise }) },
});

/** The lines of the diagram without its settings and colours. */
const drawn = (flow: FlowDocument): string[] =>
  diagramOf(flow)
    .split('\n')
    .filter((line) => line.startsWith('  ') && !line.startsWith('  classDef'))
    .map((line) => line.trim());

describe('the reading order', () => {
  const names = (flow: FlowDocument) => {
    const { mainRoad, afterFailure, unreachable } = readingOrderOf(flow);
    return [mainRoad, afterFailure, unreachable].map((blocks) => blocks.map(({ Identifier }) => Identifier));
  };

  it('puts a block after those that lead to it, and branches in the order written', () => {
    const flow = flowOf(
      say('', { Identifier: 'joined', Transitions: { NextAction: BYE } }),
      compare('who', { member: 'first', visitor: 'second' }, 'third'),
      say('', { Identifier: 'third', Transitions: { NextAction: 'joined' } }),
      say('', { Identifier: 'second', Transitions: { NextAction: 'joined' } }),
      say('', { Identifier: 'first', Transitions: { NextAction: 'joined' } }),
    );
    expect(names({ ...flow, StartAction: 'who' })[0]).toEqual(['who', 'first', 'second', 'third', 'joined', BYE]);
  });

  it('keeps apart what only a failure leads to, and what nothing leads to', () => {
    const flow = flowOf(
      setQueue('q'),
      { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: 'full', NoMatchingError: 'sorry' }) } },
      say('', { Identifier: 'full', Transitions: { NextAction: BYE } }),
      say('', { Identifier: 'sorry', Transitions: { NextAction: BYE } }),
      say('', { Identifier: 'lost', Transitions: { NextAction: BYE } }),
    );
    expect(names(flow)).toEqual([['block 1', 'block 2', 'full', BYE], ['sorry'], ['lost']]);
  });

  it('ends where the flow goes in a circle', () => {
    const flow = flowOf(
      say('', { Transitions: { NextAction: 'block 2' } }),
      say('', { Transitions: { NextAction: 'block 1' } }),
    );
    expect(names(flow)).toEqual([['block 1', 'block 2'], [], [BYE]]);
  });
});

const failing = (to: string): Partial<TestBlock> => ({ Transitions: { Errors: errors({ NoMatchingError: to }) } });

describe('the diagram', () => {
  it('shows by its shape what a block is, with a few words of what it does', () => {
    const flow = flowOf(
      setVoice('Kazuha', 'Neural', failing('block 2')),
      setHook('CustomerQueue', '${CallMeQueueContactFlow}'),
      say('いつもKARTEをご利用いただきありがとうございます。'),
      say('$.Attributes.inquiry_typeのお問い合わせですね。お待ちください。'),
      {
        ...loop([{ SSML: '<speak><break time="10s"/></speak>' }, { PromptId: 'p' }], 30),
        Transitions: { Conditions: equals({ MessagesInterrupted: BYE }) },
      },
    );
    expect(drawn(flow)).toEqual([
      'n1["block 1<br/>Kazuha, Neural"]:::actionBlock',
      'n1 --> n2',
      'n2["block 2<br/>CustomerQueue: CallMeQueueContactFlow"]:::actionBlock',
      'n2 --> n3',
      'n3("block 3<br/>「いつもKARTEをご利用いただきありがと…」"):::promptBlock',
      'n3 --> n4',
      'n4("block 4<br/>「#123;inquiry_type#125;のお問い合わ…」"):::promptBlock',
      'n4 --> n5',
      'n5("block 5<br/>silence<br/>and 1 more"):::promptBlock',
      'end1(["bye"]):::endBlock',
      'n5 -->|"interrupted"| end1',
    ]);
  });

  it('names the answers of a decision, and draws one arrow for several with the same target', () => {
    const flow = flowOf(
      compare('who', { member: 'block 2', staff: 'block 2' }, BYE),
      {
        Type: 'CheckMetricData',
        Parameters: { MetricType: 'NumberOfAgentsStaffed' },
        Transitions: {
          Conditions: [{ NextAction: BYE, Condition: { Operator: 'NumberGreaterThan', Operands: ['0'] } }],
          Errors: errors({ NoMatchingCondition: 'menu' }),
        },
      },
      {
        Identifier: 'menu',
        Type: 'GetParticipantInput',
        Parameters: { Text: '1を押してください。', StoreInput: 'False', InputTimeLimitSeconds: '5' },
        Transitions: {
          Conditions: equals({ 1: BYE }),
          Errors: errors({ InputTimeLimitExceeded: 'menu', NoMatchingCondition: 'menu', NoMatchingError: 'menu' }),
        },
      },
    );
    expect(drawn(flow)).toEqual([
      'n1{{"who<br/>user_type"}}:::decisionBlock',
      'n1 -->|"member / staff"| n2',
      'end1(["bye"]):::endBlock',
      'n1 -->|"otherwise"| end1',
      'n2{{"block 2<br/>NumberOfAgentsStaffed"}}:::decisionBlock',
      'end2(["bye"]):::endBlock',
      'n2 -->|"more than 0"| end2',
      'n2 -->|"otherwise"| n3',
      'n3{{"menu<br/>「1を押してください。」"}}:::decisionBlock',
      'end3(["bye"]):::endBlock',
      'n3 -->|"1"| end3',
      'n3 -->|"otherwise"| n3',
    ]);
  });

  it('draws a failure of its own as a dotted arrow, and what only failures lead to in red', () => {
    const flow = flowOf(
      say('a', failing('sorry')),
      { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: BYE, NoMatchingError: 'sorry' }) } },
      say('申し訳', { Identifier: 'sorry', ...failing(BYE) }),
    );
    expect(drawn(flow)).toEqual([
      'n1("block 1<br/>「a」"):::promptBlock',
      'n1 --> n2',
      'n1 -.->|"fails"| n4',
      'n2(["block 2"]):::endBlock',
      'end1(["bye"]):::endBlock',
      'n2 -->|"queue is full"| end1',
      'n2 -.->|"fails"| n4',
      'n4("sorry<br/>「申し訳」"):::failureBlock',
      'end2(["bye"]):::endBlock',
      'n4 --> end2',
    ]);
  });

  it('draws one arrow for the failures of three blocks and more with the same target', () => {
    const flow = flowOf(
      say('a', failing('sorry')),
      say('b', failing('sorry')),
      say('c', failing('sorry')),
      END,
      say('', { Identifier: 'sorry' }),
    );
    const lines = drawn(flow);
    expect(lines.filter((line) => line.includes('-.->'))).toEqual(['failuresn5 -.-> n5']);
    expect(lines).toContain('failuresn5>"any of 3 blocks fails"]:::failureBlock');
  });

  it('shows a target that does not exist, and blocks that nothing leads to', () => {
    const flow = flowOf(say('a', { Transitions: { NextAction: 'nowhere' } }), say('b'));
    expect(drawn(flow)).toEqual([
      'n1("block 1<br/>「a」"):::promptBlock',
      'end1(["nowhere<br/>(no such block)"]):::failureBlock',
      'n1 --> end1',
      'n2("block 2<br/>「b」<br/>(nothing leads here)"):::failureBlock',
      'end2(["bye<br/>(nothing leads here)"]):::failureBlock',
      'n2 --> end2',
    ]);
  });

  it('draws a flow that is nothing but its end', () => {
    expect(drawn(flowOf())).toEqual(['n1(["bye"]):::endBlock']);
  });

  it('keeps its form whatever a block is called', () => {
    const names = ['end', '"]; click n1 "x', '<script>', 'a|b`c', '%%{init}%%', 'two\nlines', '#35;'];
    const flow = flowOf(...names.map((Identifier) => compare(Identifier, { [Identifier]: 'end' }, BYE)));
    for (const line of drawn(flow)) {
      expect(line).toMatch(
        /^(n\d+|end\d+)( -->\|"[^"|`<>{}%]*"\| (n|end)\d+|(\{\{|\(\[)"[^"|`{}%]*"(\}\}|\]\)):::\w+Block)$/,
      );
    }
  });
});
