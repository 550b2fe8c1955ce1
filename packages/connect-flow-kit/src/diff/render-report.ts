import type { DiffReport, FileDifference, FormerName, SettingsDifference } from './diff-report.ts';
import { linesShown, type Part, withinLines } from './fold.ts';
import { code } from './markdown.ts';
import { renderCalls } from './render-calls.ts';
import { renamedForReaders, renderFlow } from './render-flow.ts';
import { changesIn, counted, leftBehindIn, summaryOf } from './summary.ts';

/** Nobody reads more in a comment. */
const MOST_LINES = 30;

/**
 * The report as Markdown for a pull request: first what a reviewer wants to know, then where to look. Anything longer than
 * 30 lines is folded. Only paragraphs are separated by an empty line, so the report can be cut after any of them.
 *
 * @param command how the commands are called
 */
export function renderReport(report: DiffReport, command: string): string {
  const head = ['### Contact flows', summaryOf(report)];
  const parts = [
    ...report.flows.flatMap((file) => renderFile(file, command)),
    ...renderSettings(report.settings),
    ...renderCalls(report.calls),
  ];
  // There is no empty line before the first paragraph.
  return `${[...head, ...withinLines(parts, MOST_LINES + 1 - linesShown(head))].join('\n\n')}\n`;
}

function renderFile(file: FileDifference, command: string): Part[] {
  const title = titleOf(file);
  const formerNames = renderFormerNames(file.leftBehind);
  switch (file.status) {
    case 'added': {
      const paragraphs = [`A new flow of ${blocks(file.blocks)}.`, ...formerNames];
      return [{ title, inShort: 'A new flow', paragraphs }];
    }
    case 'removed':
      return [{ title, inShort: 'The flow is gone', paragraphs: [`The flow is gone; it had ${blocks(file.blocks)}.`] }];
    case 'unreadable': {
      const version = file.version === 'after' ? 'new' : 'earlier';
      const sentence = `The ${version} version ${code(file.because)}, so there is nothing to compare.`;
      return [{ title, inShort: `The ${version} version cannot be read`, paragraphs: [sentence] }];
    }
    case 'compared': {
      const { difference, leftOut, earlierPath } = file;
      const paragraphs = [
        ...formerNames,
        ...renderFlow(difference),
        ...(leftOut.after > 0 ? [warning(leftOut.after, command)] : []),
      ];
      if (paragraphs.length === 0 && earlierPath !== undefined) paragraphs.push('The flow itself is as it was.');
      const renamed = counted(renamedForReaders(difference.renamed).length, 'block renamed', 'blocks renamed');
      const inShort =
        [...leftBehindIn([file]), ...changesIn([difference]), ...renamed].join(', ') || 'What could not be compared';
      return paragraphs.length === 0 ? [] : [{ title, inShort, paragraphs }];
    }
  }
}

function renderFormerNames(names: readonly FormerName[] = []): string[] {
  const lines = names.map(
    ({ token, now, path }) =>
      `- It still names ${code(`\${${token}}`)}, whose file is now ${code(path)}: write ${code(`\${${now}}`)}`,
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** Files as git names them: `a/` is the earlier version, `b/` the later one. */
function titleOf({ path, earlierPath = path, status }: FileDifference): string {
  const [before, after] = [code(`a/${withoutRoot(earlierPath)}`), code(`b/${withoutRoot(path)}`)];
  if (status === 'added') return `#### ${after} (new file)`;
  if (status === 'removed') return `#### ${before} (deleted file)`;
  return `#### ${before} => ${after}`;
}

const withoutRoot = (path: string): string => path.replace(/^\/+/, '');

const warning = (count: number, command: string): string =>
  `**${count === 1 ? 'One part' : `${count} parts`} of the new version ${count === 1 ? 'has' : 'have'} not the form of a flow and could not be compared:** \`${command} lint\` names them.`;

const blocks = (count: number): string => (count === 1 ? 'one block' : `${count} blocks`);

function renderSettings(settings: readonly SettingsDifference[]): Part[] {
  if (settings.length === 0) return [];
  const lines = settings.flatMap(({ path, changes }) =>
    changes.map(({ token, before, after }) => {
      const name = `- ${code(path)}, ${code(token)}`;
      if (before === undefined) return `${name}, new: ${code(after ?? '')}`;
      return after === undefined ? `${name}, gone: ${code(before)}` : `${name}: ${code(before)} → ${code(after)}`;
    }),
  );
  const inShort = `${lines.length} changes`;
  return [{ title: '#### Settings of the stages', inShort, paragraphs: [lines.join('\n')] }];
}
