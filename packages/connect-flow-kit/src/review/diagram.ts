import { type BlockNames, blockNamesOf } from '../block-name.ts';
import { type FlowAction, type FlowDocument, isMadeUp } from '../document.ts';
import { type Transition, transitionsOf } from '../scenarios/transitions.ts';
import { type BlockKind, kindOf, shortContentOf } from './block-content.ts';
import { mermaid } from './escape.ts';
import { blocksInOrder, isFailure, type ReadingOrder, readingOrderOf } from './reading-order.ts';

/** From this many blocks on, the failures that lead to the same block are drawn as one arrow. */
const SHARED_FROM = 3;

/** Narrow boxes close together: the width of a diagram decides whether it can be read on a small screen. */
const SETTINGS = '%%{init: {"flowchart": {"nodeSpacing": 16, "rankSpacing": 30, "wrappingWidth": 150}}}%%';

/** Mermaid's brackets around a label. */
const SHAPES: Record<BlockKind | 'failure', readonly [string, string]> = {
  prompt: ['("', '")'],
  decision: ['{{"', '"}}'],
  action: ['["', '"]'],
  end: ['(["', '"])'],
  failure: ['>"', '"]'],
};

/** Readable on a light and on a dark page. `end` alone is a keyword in Mermaid. */
const COLOURS: Record<keyof typeof SHAPES, string> = {
  prompt: 'fill:#dbeafe,stroke:#3b82f6,color:#111827',
  decision: 'fill:#fef3c7,stroke:#d97706,color:#111827',
  action: 'fill:#f3f4f6,stroke:#9ca3af,color:#111827',
  end: 'fill:#e5e7eb,stroke:#4b5563,color:#111827',
  failure: 'fill:#fee2e2,stroke:#dc2626,color:#111827',
};

/**
 * A flow as a Mermaid flowchart that a person can read: the main path from top to bottom, an end drawn once for each block
 * that leads to it, and, if the failures of many blocks lead to the same one, a single arrow in place of them all.
 */
export function diagramOf(flow: FlowDocument): string {
  const order = readingOrderOf(flow);
  const blocks = blocksInOrder(order);
  const canvas = newCanvas(order, blockNamesOf(flow));
  const { shared, single } = failuresOf(blocks);
  return [
    SETTINGS,
    'flowchart TB',
    ...blocks.flatMap((action) => canvas.draw(action, single)),
    ...[...shared].flatMap(([target, sources]) => canvas.drawFailures(target, sources)),
    ...Object.entries(COLOURS).map(([kind, colours]) => `  classDef ${kind}Block ${colours}`),
    '',
  ].join('\n');
}

/** For each block that failures lead to, the blocks they come from: as one arrow (`shared`), or individually (`single`). */
function failuresOf(blocks: readonly FlowAction[]): { shared: Map<string, string[]>; single: Map<string, string[]> } {
  const all = new Map<string, string[]>();
  for (const action of blocks) {
    const transitions = transitionsOf(action);
    const ways = new Set(transitions.filter((transition) => !isFailure(transition)).map(({ to }) => to));
    for (const { to } of transitions.filter(isFailure)) {
      // A failure that leads where the block leads anyway is not a branch of its own.
      if (!ways.has(to)) all.set(to, [...(all.get(to) ?? []), action.Identifier]);
    }
  }
  const entries = [...all];
  return {
    shared: new Map(entries.filter(([, sources]) => sources.length >= SHARED_FROM)),
    single: new Map(entries.filter(([, sources]) => sources.length < SHARED_FROM)),
  };
}

function newCanvas(order: ReadingOrder, nameOf: BlockNames) {
  const blocks = blocksInOrder(order);
  const ids = new Map(blocks.map(({ Identifier }, index) => [Identifier, `n${index + 1}`]));
  const ends = new Map(
    blocks.filter((action) => transitionsOf(action).length === 0).map((action) => [action.Identifier, action]),
  );
  const targets = new Set(blocks.flatMap((action) => transitionsOf(action).map(({ to }) => to)));
  let copies = 0;

  const node = (id: string, shape: keyof typeof SHAPES, colour: keyof typeof COLOURS, lines: string[]): string => {
    const [open, close] = SHAPES[shape];
    return `  ${id}${open}${lines.map(mermaid).join('<br/>')}${close}:::${colour}Block`;
  };
  const nodeOf = (id: string, action: FlowAction): string => {
    const kind = kindOf(action);
    const { Identifier } = action;
    const lines = isMadeUp(Identifier) ? [nameOf(Identifier)] : [Identifier, ...shortContentOf(action)];
    if (order.unreachable.includes(action)) return node(id, kind, 'failure', [...lines, '(nothing leads here)']);
    return node(id, kind, order.afterFailure.includes(action) ? 'failure' : kind, lines);
  };

  /** An arrow and the end it leads to, which is drawn anew each time: arrows from everywhere to one end would be a tangle. */
  const arrow = (from: string, to: string, line: '-->' | '-.->', label: string): string[] => {
    const text = label === '' ? '' : `|"${mermaid(label)}"|`;
    const known = ends.has(to) ? undefined : ids.get(to);
    if (known !== undefined) return [`  ${from} ${line}${text} ${known}`];
    const id = `end${++copies}`;
    const end = ends.get(to);
    const drawn = end ? nodeOf(id, end) : node(id, 'end', 'failure', [to, '(no such block)']);
    return [drawn, `  ${from} ${line}${text} ${id}`];
  };

  return {
    /** A block with the arrows that leave it. An end is drawn by the arrows that lead to it, if there are any. */
    draw(action: FlowAction, failures: ReadonlyMap<string, readonly string[]>): string[] {
      const { Identifier } = action;
      const id = ids.get(Identifier) ?? '';
      if (ends.has(Identifier)) return targets.has(Identifier) ? [] : [nodeOf(id, action)];
      return [
        nodeOf(id, action),
        ...waysOf(action).flatMap(({ to, label }) => arrow(id, to, '-->', label)),
        ...[...failures].flatMap(([to, sources]) =>
          sources.includes(Identifier) ? arrow(id, to, '-.->', 'fails') : [],
        ),
      ];
    },
    drawFailures(target: string, sources: readonly string[]): string[] {
      const id = `failures${ids.get(target) ?? ''}`;
      const lines = [`any of ${sources.length} blocks fails`];
      return [node(id, 'failure', 'failure', lines), ...arrow(id, target, '-.->', '')];
    },
  };
}

/** Where a block leads as long as it does not fail; several conditions with the same target are one branch. */
function waysOf(action: FlowAction): { to: string; label: string }[] {
  const ways = new Map<string, string[]>();
  for (const transition of transitionsOf(action).filter((one) => !isFailure(one))) {
    ways.set(transition.to, [...(ways.get(transition.to) ?? []), labelOf(transition, action)]);
  }
  return [...ways].map(([to, labels]) => ({ to, label: labels.includes(OTHERWISE) ? OTHERWISE : labels.join(' / ') }));
}

const OTHERWISE = 'otherwise';

/** Results of a block in plain words: error types that are not errors, operators, operands. */
const WORDS: Readonly<Record<string, string>> = {
  NoMatchingCondition: OTHERWISE,
  InputTimeLimitExceeded: 'nothing in time',
  QueueAtCapacity: 'queue is full',
  CallFailed: 'call failed',
  ConnectionTimeLimitExceeded: 'nobody answers',
  InvalidPhoneNumber: 'no telephone number',
  ContinueLooping: 'again',
  DoneLooping: 'often enough',
  MessagesInterrupted: 'interrupted',
  NumberGreaterThan: 'more than',
  NumberGreaterOrEqualTo: 'at least',
  NumberLessThan: 'less than',
  NumberLessOrEqualTo: 'at most',
  TextStartsWith: 'starts with',
  TextEndsWith: 'ends with',
  TextContains: 'contains',
};

const inWords = (name: string): string => (Object.hasOwn(WORDS, name) ? (WORDS[name] ?? name) : name);

function labelOf({ edge }: Transition, { Transitions: { Conditions } }: FlowAction): string {
  if (edge.kind === 'next') return '';
  if (edge.kind === 'error') return inWords(edge.errorType);
  const { Operator = '', Operands = [] } = Conditions[edge.index]?.Condition ?? {};
  const operands = Operands.map(inWords).join(', ');
  return Operator === 'Equals' ? operands : `${inWords(Operator)} ${operands}`;
}
