import { compareFlows } from '../src/diff/compare-flows.ts';
import type { FlowDifference } from '../src/diff/difference.ts';
import { readFlow } from '../src/document.ts';

/** A block of a flow file, as far as a test needs to know it. */
export interface Written {
  Identifier: string;
  Type: string;
  Parameters?: Record<string, unknown>;
  Transitions: {
    NextAction?: string;
    Errors?: { NextAction: string; ErrorType: string }[];
    Conditions?: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[];
  };
}

export interface WrittenFlow {
  Version: string;
  StartAction: string;
  Metadata?: unknown;
  Actions: Written[];
}

export const flowOf = (...Actions: Written[]): WrittenFlow => ({
  Version: '2019-10-30',
  StartAction: Actions[0]?.Identifier ?? '',
  Actions,
});

export const say = (Identifier: string, Text: string, NextAction: string, onError = 'Hang up'): Written => ({
  Identifier,
  Type: 'MessageParticipant',
  Parameters: { Text },
  Transitions: { NextAction, Errors: [{ NextAction: onError, ErrorType: 'NoMatchingError' }] },
});

export const when = (operand: string, NextAction: string, Operator = 'Equals') => ({
  NextAction,
  Condition: { Operator, Operands: [operand] },
});

export const check = (
  Identifier: string,
  ComparisonValue: string,
  Conditions: ReturnType<typeof when>[],
  otherwise: string,
): Written => ({
  Identifier,
  Type: 'Compare',
  Parameters: { ComparisonValue },
  Transitions: {
    NextAction: otherwise,
    Conditions,
    Errors: [{ NextAction: otherwise, ErrorType: 'NoMatchingCondition' }],
  },
});

export const hangUp = (Identifier = 'Hang up'): Written => ({
  Identifier,
  Type: 'DisconnectParticipant',
  Parameters: {},
  Transitions: {},
});

/** Greets by user type, sets a queue and says that it will connect. */
export const greeting = (): WrittenFlow =>
  flowOf(
    {
      Identifier: 'Set voice',
      Type: 'UpdateContactTextToSpeechVoice',
      Parameters: { TextToSpeechVoice: 'Kazuha', TextToSpeechEngine: 'Neural' },
      Transitions: {
        NextAction: 'Check type',
        Errors: [{ NextAction: 'Apologise', ErrorType: 'NoMatchingError' }],
      },
    },
    check(
      'Check type',
      '$.Attributes.user_type',
      [when('member', 'Thank member'), when('visitor', 'Thank visitor')],
      'Thank everybody',
    ),
    say('Thank member', 'いつもご利用いただきありがとうございます。', 'Set queue', 'Apologise'),
    say('Thank visitor', 'ご検討いただきありがとうございます。', 'Set queue', 'Apologise'),
    say('Thank everybody', 'お問い合わせいただきありがとうございます。', 'Set queue', 'Apologise'),
    {
      Identifier: 'Set queue',
      Type: 'UpdateContactTargetQueue',
      Parameters: { QueueId: '$.Attributes.queue_arn' },
      Transitions: { NextAction: 'Transfer', Errors: [{ NextAction: 'Apologise', ErrorType: 'NoMatchingError' }] },
    },
    {
      Identifier: 'Transfer',
      Type: 'TransferContactToQueue',
      Parameters: {},
      Transitions: {
        NextAction: 'Hang up',
        Errors: [
          { NextAction: 'Apologise for full queue', ErrorType: 'QueueAtCapacity' },
          { NextAction: 'Apologise', ErrorType: 'NoMatchingError' },
        ],
      },
    },
    say('Apologise for full queue', '大変混み合っております。', 'Hang up'),
    say('Apologise', '申し訳ございません。', 'Hang up'),
    hangUp(),
  );

export const blockIn = ({ Actions }: WrittenFlow, identifier: string): Written => {
  const block = Actions.find(({ Identifier }) => Identifier === identifier);
  if (!block) throw new Error(`no block ${identifier}`);
  return block;
};

/** The same flow after something was done to it. */
export function changed(flow: WrittenFlow, change: (flow: WrittenFlow) => unknown): WrittenFlow {
  const copy = structuredClone(flow);
  change(copy);
  return copy;
}

/** As the flow designer may export a flow: every block under another identifier. */
export function renamed(flow: WrittenFlow, nameOf: (index: number, old: string) => string = uuid): WrittenFlow {
  const names = new Map(flow.Actions.map(({ Identifier }, index) => [Identifier, nameOf(index, Identifier)]));
  const text = JSON.stringify(flow, (key, value) =>
    ['Identifier', 'NextAction', 'StartAction'].includes(key) ? (names.get(value) ?? value) : value,
  );
  return JSON.parse(text);
}

export const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;

export const compare = (before: WrittenFlow, after: WrittenFlow): FlowDifference =>
  compareFlows(readFlow(JSON.stringify(before)).flow, readFlow(JSON.stringify(after)).flow);

/** What a reader is told, in one line each. */
export function told({ type, start, settings, added, removed, changed: blocks }: FlowDifference): string[] {
  return [
    ...(type ? [`type ${type.before} → ${type.after}`] : []),
    ...(start ? [`start ${start.before.identifier} → ${start.after.identifier}`] : []),
    ...settings.map(({ path }) => `settings ${path}`),
    ...added.map(({ identifier }) => `+ ${identifier}`),
    ...removed.map(({ identifier }) => `- ${identifier}`),
    ...blocks.flatMap(({ identifier, parameters, branches }) => [
      ...parameters.map(({ about, path, before, after }) => `${identifier}: ${about} ${path}: ${before} → ${after}`),
      ...branches.map((branch) => {
        if (branch.kind === 'order') return `${identifier}: order`;
        if (branch.kind === 'condition') {
          return `${identifier}: ${name(branch.before)} → ${name(branch.after)} (${branch.to.identifier})`;
        }
        const from = branch.kind === 'added' ? '' : branch.before.identifier;
        const to = branch.kind === 'removed' ? '' : branch.after.identifier;
        return `${identifier}: ${name(branch.on)} ${branch.kind}: ${from} → ${to}`;
      }),
    ]),
  ];
}

const name = (on: { kind: string; errorType?: string; operands?: string[] }): string =>
  on.errorType ?? on.operands?.join() ?? on.kind;
