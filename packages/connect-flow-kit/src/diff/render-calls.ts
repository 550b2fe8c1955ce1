import { groupBy } from '../group-by.ts';
import type { CallDifference, CallsDifference, OutdatedName } from './compare-calls.ts';
import { compareLines, marked, nearChanges } from './compare-texts.ts';
import { folded, type Part } from './fold.ts';
import { code, diffBlock } from './markdown.ts';

const TITLE = '#### What is heard';

/** What is heard differently. Calls that differ in the same way are described once, those that end differently first. */
export function renderCalls({ different, outdated, unusable }: CallsDifference): Part[] {
  if (unusable !== undefined) {
    const paragraphs = [diffBlock(marked('-', unusable.split('\n')))];
    return [{ title: TITLE, inShort: 'The scenarios cannot be used', paragraphs }];
  }
  const groups = [...groupBy(different, differenceOf).values()].toSorted(
    (a, b) => Number(endsDifferently(b)) - Number(endsDifferently(a)) || b.length - a.length,
  );
  const [first, ...others] = groups.map((calls) => renderGroup(calls));
  const more = others.length === 1 ? 'One more difference' : `${others.length} more differences`;
  return [
    ...renderOutdated(outdated),
    ...(first === undefined ? [] : [{ title: TITLE, inShort: 'The most frequent difference', paragraphs: first }]),
    ...(others.length === 0 ? [] : [{ inShort: more, paragraphs: others.flat() }]),
  ];
}

/** Equal for calls about which a reader is told the same: what is said around the change does not count. */
const differenceOf = ({ before, after }: CallDifference): string =>
  JSON.stringify([
    compareLines(before.lines, after.lines).filter(({ mark }) => mark !== ' '),
    before.end !== after.end && [before.end, before.because, after.end, after.because],
  ]);

const endsDifferently = ([call]: CallDifference[]): boolean => call !== undefined && call.before.end !== call.after.end;

function renderGroup(calls: readonly CallDifference[]): string[] {
  const [call] = calls;
  if (call === undefined) return [];
  const { before, after } = call;
  const lines = nearChanges(compareLines(before.lines, after.lines));
  const stages = [...new Set(calls.flatMap(({ stage }) => (stage === undefined ? [] : [code(stage)])))];
  const ends = `The call ended with **${before.end}** (${code(before.because)}), and now with **${after.end}** (${code(after.because)})`;
  const names = [...new Set(calls.map(({ flow, scenario }) => `- ${code(flow)}: ${code(scenario)}`))];
  return [
    ...(stages.length > 0 ? [`With the settings of ${stages.join(', ')}:`] : []),
    ...(before.end === after.end ? [] : [ends]),
    ...(lines.length > 0 ? [diffBlock(lines)] : []),
    ...(names.length === 1 ? names : folded(`In ${names.length} scenarios`, [names.join('\n')])),
  ];
}

/** Scenarios that name what the flows do not have. */
function renderOutdated(outdated: readonly OutdatedName[]): Part[] {
  if (outdated.length === 0) return [];
  const lines = new Set(
    outdated.map(({ path, name, now }) =>
      now === undefined
        ? `- ${code(path)} names ${code(name)}, which is not there any more`
        : `- ${code(path)} names ${code(name)}, which is now called ${code(now)}: write that name`,
    ),
  );
  const title = '#### Scenarios to be corrected';
  return [{ title, inShort: `${lines.size} names`, paragraphs: [[...lines].join('\n')] }];
}
