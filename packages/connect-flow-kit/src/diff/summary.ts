import type { DiffReport } from './diff-report.ts';
import type { BranchChange, FlowDifference, ParameterChange } from './difference.ts';
import { renamedForReaders } from './render-flow.ts';

/** The report in one paragraph of Markdown: what a reviewer wants to know first. */
export function summaryOf({ flows, settings, calls }: DiffReport): string {
  const differences = flows.flatMap((flow) => (flow.status === 'compared' ? [flow.difference] : []));
  const files = (status: string): number => flows.filter((flow) => flow.status === status).length;
  const values = new Set(settings.flatMap(({ changes }) => changes.map(({ token }) => token)));
  const parts = [
    ...counted(files('unreadable'), 'file cannot be read', 'files cannot be read'),
    ...counted(files('added'), 'flow added', 'flows added'),
    ...counted(files('removed'), 'flow removed', 'flows removed'),
    ...counted(flows.filter(({ moved }) => moved).length, 'file renamed', 'files renamed'),
    ...leftBehindIn(flows),
    ...changesIn(differences),
    ...counted(values.size, 'setting of the stages changed', 'settings of the stages changed'),
  ];
  const renamed = counted(
    differences.flatMap((difference) => renamedForReaders(difference.renamed)).length,
    'block renamed',
    'blocks renamed',
  );
  return [whatOf(parts, renamed), ...scenariosIn(calls)].join(' ');
}

/** How often flows still refer to a file by its former name. */
export const leftBehindIn = (flows: DiffReport['flows']): string[] =>
  counted(
    flows.reduce((sum, { leftBehind = [] }) => sum + leftBehind.length, 0),
    'former name still in use',
    'former names still in use',
  );

function whatOf(parts: string[], renamed: string[]): string {
  if (parts.length > 0) return `${[...parts, ...renamed].join(', ')}.`;
  if (renamed.length > 0) return `${renamed.join()}, and nothing that a call could tell has changed.`;
  return 'Nothing that a call could tell has changed: at most layout, notes, or the order of the blocks in the file.';
}

/** How many changes of which kind, such as `2 prompts changed`; those of names alone are left out. */
export function changesIn(differences: readonly FlowDifference[]): string[] {
  const changes = (one: string, many: string, count: (difference: FlowDifference) => number): string[] =>
    counted(
      differences.reduce((sum, difference) => sum + count(difference), 0),
      one,
      many,
    );
  return [
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
}

/** `2 prompts`, or nothing where there are none. */
export const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

/** How many blocks have a changed parameter of the kind; a block that speaks another text in another way counts once. */
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
  const scenarios = (calls: typeof different): number =>
    new Set(calls.map(({ flow, scenario }) => JSON.stringify([flow, scenario]))).size;
  const ends = scenarios(different.filter(({ before, after }) => before.end !== after.end));
  const [sounding, ending] = [
    scenarios(different),
    ends === 0 ? '' : `, ${ends} of them ${ends === 1 ? 'ends' : 'end'} differently`,
  ];
  return [`**${sounding} of ${compared} scenarios ${sounding === 1 ? 'sounds' : 'sound'} different${ending}.**`];
}
