import type { DiffReport } from './diff-report.ts';
import type { BranchChange, FlowDifference, ParameterChange } from './difference.ts';

/** The report in one paragraph of Markdown: what a reviewer wants to know first. */
export function summaryOf({ flows, calls }: DiffReport): string {
  const differences = flows.flatMap((flow) => (flow.status === 'compared' ? [flow.difference] : []));
  const files = (status: string): number => flows.filter((flow) => flow.status === status).length;
  const changes = (one: string, many: string, count: (difference: FlowDifference) => number): string[] =>
    counted(
      differences.reduce((sum, difference) => sum + count(difference), 0),
      one,
      many,
    );

  const parts = [
    ...counted(files('unreadable'), 'file cannot be read', 'files cannot be read'),
    ...counted(files('added'), 'flow added', 'flows added'),
    ...counted(files('removed'), 'flow removed', 'flows removed'),
    ...changes('flow has another type', 'flows have another type', ({ type }) => (type ? 1 : 0)),
    ...changes('prompt changed', 'prompts changed', blocksWith('prompt')),
    ...changes('flow begins with another block', 'flows begin with another block', ({ start }) => (start ? 1 : 0)),
    ...changes('branch rerouted', 'branches rerouted', branchesThat('rerouted')),
    ...changes('branch added', 'branches added', branchesThat('added')),
    ...changes('branch removed', 'branches removed', branchesThat('removed')),
    ...changes('condition changed', 'conditions changed', branchesThat('condition')),
    ...changes('order of conditions changed', 'orders of conditions changed', branchesThat('order')),
    ...changes('voice changed', 'voices changed', blocksWith('voice')),
    ...changes('queue changed', 'queues changed', blocksWith('queue')),
    ...changes('compared value changed', 'compared values changed', blocksWith('comparison')),
    ...changes('named flow changed', 'named flows changed', blocksWith('flow')),
    ...changes('setting changed', 'settings changed', settingsOf),
    ...changes('block added', 'blocks added', ({ added }) => added.length),
    ...changes('block removed', 'blocks removed', ({ removed }) => removed.length),
  ];
  const what =
    parts.length === 0
      ? 'Nothing that a call could tell has changed: at most layout, names of blocks, or their order in the file.'
      : `${parts.join(', ')}.`;
  return [what, ...scenariosIn(calls)].join(' ');
}

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

/** How many blocks have a parameter of the kind changed; a block that says another text by another means is one. */
const blocksWith =
  (about: ParameterChange['about']) =>
  ({ changed }: FlowDifference): number =>
    changed.filter(({ parameters }) => parameters.some((change) => change.about === about)).length;

const branchesThat =
  (kind: BranchChange['kind']) =>
  ({ changed }: FlowDifference): number =>
    changed.flatMap(({ branches }) => branches).filter((change) => change.kind === kind).length;

const settingsOf = ({ settings, changed }: FlowDifference): number =>
  [...settings, ...changed.flatMap(({ parameters }) => parameters)].filter(({ about }) => about === 'setting').length;

function scenariosIn({ compared, different, unusable }: DiffReport['calls']): string[] {
  if (unusable !== undefined) return ['The scenarios cannot be used.'];
  if (compared === 0) return [];
  if (different.length === 0) {
    return [compared === 1 ? 'The scenario sounds as before.' : `All ${compared} scenarios sound as before.`];
  }
  const sound = different.length === 1 ? 'sounds' : 'sound';
  return [`**${different.length} of ${compared} scenarios ${sound} different.**`];
}
