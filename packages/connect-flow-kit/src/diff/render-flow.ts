import { kindName } from '../block-name.ts';
import { isMadeUp, isObject } from '../document.ts';
import { groupBy } from '../group-by.ts';
import { compareTexts, marked, nearChanges, sentencesOf } from './compare-texts.ts';
import type {
  BlockReference,
  BranchChange,
  ChangedBlock,
  FlowDifference,
  LoneBlock,
  ParameterChange,
} from './difference.ts';
import type { BranchName } from './flow-graph.ts';
import { folded } from './fold.ts';
import { code, diffBlock } from './markdown.ts';

/** One flow's changes as paragraphs of Markdown: what is said first, then where the call goes, then the rest. */
export function renderFlow({ type, start, settings, added, removed, changed, renamed }: FlowDifference): string[] {
  const begins = [
    ...(type ? [`The type of the flow was ${type.before} and is ${type.after}.`] : []),
    ...(start ? [`The flow began with ${blockName(start.before)} and begins with ${blockName(start.after)}.`] : []),
  ];
  const parametersAbout = (wanted: (change: ParameterChange) => boolean): string[] =>
    changed.flatMap((block) => block.parameters.filter(wanted).flatMap((change) => renderParameter(block, change)));
  return [
    ...begins,
    ...section('Prompts', parametersAbout(isPrompt)),
    ...section('Branches', changed.flatMap(renderBranches)),
    ...section('Settings', [
      ...settings.flatMap((change) => renderParameter(undefined, change)),
      ...parametersAbout((change) => !isPrompt(change)),
    ]),
    ...section(
      'Added',
      added.flatMap((block) => renderLone(block, '+')),
    ),
    ...section(
      'Removed',
      removed.flatMap((block) => renderLone(block, '-')),
    ),
    ...section('Renamed', renderRenamed(renamed)),
  ];
}

/** If neither name was given by a person, no reader and no scenario knows the block by it. */
export const renamedForReaders = (renamed: FlowDifference['renamed']): FlowDifference['renamed'] =>
  renamed.filter(({ before, after }) => !isMadeUp(before) || !isMadeUp(after));

function renderRenamed(renamed: FlowDifference['renamed']): string[] {
  const lines = renamedForReaders(renamed).map(({ before, after }) => `- ${code(before)} is now called ${code(after)}`);
  if (lines.length === 0) return [];
  const list = lines.join('\n');
  return lines.length > MOST_LISTED ? folded(`${lines.length} blocks`, [list]) : [list];
}

const section = (title: string, paragraphs: string[]): string[] =>
  paragraphs.length === 0 ? [] : [`**${title}**`, ...paragraphs];

const isPrompt = ({ about }: ParameterChange): boolean => about === 'prompt';

function renderParameter(block: BlockReference | undefined, change: ParameterChange): string[] {
  const name = [...(block ? [blockName(block)] : []), code(change.path)].join(', ');
  const [before, after] = [valueText(change.before), valueText(change.after)];
  if (before === undefined || after === undefined) {
    const [lone = '', what, mark] =
      before === undefined ? [after, 'new', '+' as const] : [before, 'gone', '-' as const];
    if (!isPrompt(change) && isShort(lone)) return [`- ${name}, ${what}: ${code(lone)}`];
    return [`- ${name}, ${what}:`, diffBlock(marked(mark, sentencesOf(lone)))];
  }
  if (!isPrompt(change) && isShort(before) && isShort(after)) return [`- ${name}: ${code(before)} → ${code(after)}`];
  return [`- ${name}:`, diffBlock(nearChanges(compareTexts(before, after)))];
}

/** A text as it is, anything else as JSON; undefined if there is none. */
const valueText = (value: unknown): string | undefined => (typeof value === 'string' ? value : JSON.stringify(value));

const isShort = (text: string): boolean => text.length <= 60 && !text.includes('\n');

const renderBranches = (block: ChangedBlock): string[] =>
  block.branches.map((change) => `- ${blockName(block)}, ${renderBranch(change)}`);

function renderBranch(change: BranchChange): string {
  switch (change.kind) {
    case 'rerouted':
      return `${branchName(change.on)}: ${placeName(change.before)} → ${placeName(change.after)}`;
    case 'added':
      return `${branchName(change.on)}, new: → ${placeName(change.after)}`;
    case 'removed':
      return `${branchName(change.on)}, gone: led to ${placeName(change.before)}`;
    case 'condition':
      return `${branchName(change.before)} is now ${branchName(change.after)}: → ${placeName(change.to)}`;
    case 'order':
      return `conditions are tried in another order: ${order(change.before)}; now ${order(change.after)}`;
  }
}

const order = (branches: readonly BranchName[]): string => listed(branches.map(branchName));

function renderLone(block: LoneBlock, mark: '+' | '-'): string[] {
  const from = grouped(block.from.map((arrival) => [placeName(arrival.block), branchName(arrival.on)]));
  const to = grouped(block.branches.map((branch) => [placeName(branch.to), branchName(branch.on)]));
  const [after, leads] = mark === '+' ? ['after', 'leads on:'] : ['was after', 'led on:'];
  const sentence = [
    `- ${blockName(block)}`,
    ...(block.isStart ? [mark === '+' ? ', where the flow begins' : ', where the flow began'] : []),
    ...(from.length > 0 ? [`, ${after} ${listed(from.map(([place, on]) => `${place} (${on})`))}`] : []),
    ...(to.length > 0
      ? [
          `; ${leads} ${listed(
            to.map(([place, on]) => `${on} → ${place}`),
            '; ',
          )}`,
        ]
      : []),
  ].join('');
  const lines = Object.entries(block.parameters).flatMap(([name, value]) => parameterLines(name, value));
  return [sentence, ...(lines.length > 0 ? [diffBlock(marked(mark, lines))] : [])];
}

/** A text for people by itself, anything else with its name. */
function parameterLines(name: string, value: unknown): string[] {
  if (typeof value === 'string' && (name === 'Text' || name === 'SSML')) return sentencesOf(value);
  if (Array.isArray(value) && value.every(isObject)) {
    return value.flatMap((entry) => Object.entries(entry).flatMap(([inner, text]) => parameterLines(inner, text)));
  }
  return [`${name}: ${valueText(value) ?? ''}`];
}

/** Branches that lead to or come from one block, described together. */
const grouped = (ways: [place: string, on: string][]): [place: string, on: string][] =>
  [...groupBy(ways, ([place]) => place)].map(([place, all]) => [place, listed(all.map(([, on]) => on))]);

const MOST_LISTED = 8;

function listed(parts: readonly string[], separator = ', '): string {
  const more = parts.length - MOST_LISTED;
  return [...parts.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])].join(separator);
}

/** Such as: Play prompt `Thank member`; for a block without a name of its own, what it does. */
function blockName(block: BlockReference): string {
  const { identifier, type, name } = block;
  if (type === undefined || name !== undefined) return placeName(block);
  const kind = kindName(type);
  return `${kind === type ? code(kind) : kind} ${code(identifier)}`;
}

/** The block that a branch leads to or comes from. */
const placeName = ({ identifier, type, name }: BlockReference): string =>
  type === undefined ? `${code(identifier)}, which is no block` : code(name ?? identifier);

function branchName(branch: BranchName): string {
  switch (branch.kind) {
    case 'next':
      return 'next';
    case 'error':
      return code(branch.errorType);
    case 'condition':
      return code([branch.operator, ...branch.operands.map((operand) => `"${operand}"`)].join(' '));
  }
}
