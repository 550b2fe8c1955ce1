import type { DiffReport, FileDifference } from './diff-report.ts';
import { code } from './markdown.ts';
import { renderCalls } from './render-calls.ts';
import { renderFlow } from './render-flow.ts';
import { summaryOf } from './summary.ts';

/**
 * The report as Markdown for a pull request: first what a reviewer wants to know, then where to look. Paragraphs are
 * separated by an empty line and nothing else is, so that it can be cut after any of them.
 *
 * @param command how people call the commands
 */
export function renderReport(report: DiffReport, command: string): string {
  const paragraphs = [
    '### Contact flows',
    summaryOf(report),
    ...report.flows.flatMap((file) => renderFile(file, command)),
    ...renderCalls(report.calls),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function renderFile(file: FileDifference, command: string): string[] {
  const title = `#### ${code(file.path)}`;
  switch (file.status) {
    case 'added':
      return [title, `A new flow of ${blocks(file.blocks)}.`];
    case 'removed':
      return [title, `The flow is gone; it had ${blocks(file.blocks)}.`];
    case 'unreadable':
      return [
        title,
        `The ${file.version === 'after' ? 'new' : 'earlier'} version ${code(file.because)}, so there is nothing to compare.`,
      ];
    case 'compared': {
      const { difference, leftOut } = file;
      const paragraphs = [...renderFlow(difference), ...(leftOut.after > 0 ? [warning(leftOut.after, command)] : [])];
      return paragraphs.length === 0 ? [] : [title, ...paragraphs];
    }
  }
}

const warning = (count: number, command: string): string =>
  `**${count === 1 ? 'One part' : `${count} parts`} of the new version ${count === 1 ? 'has' : 'have'} not the form of a flow and could not be compared:** \`${command} lint\` names them.`;

const blocks = (count: number): string => (count === 1 ? 'one block' : `${count} blocks`);
