import { maskPhone } from '../../../domain/masking.ts';
import type { Violation } from './invariants.ts';
import { storyOf, type Trace, type TraceEntry } from './trace.ts';

/** A table for the terminal; columns of numbers are right-aligned. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const isNumeric = head.map((_, column) => rows.every((cells) => !/^[A-Za-z]/.test(cells[column] ?? '')));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return `${[line(head), ...rows.map(line)].join('\n')}\n`;
}

/** The same for a page. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** What happened around a violation: the entries of the requests it concerns, one line each. */
export function renderStory(trace: Trace, { invariant, requestIds, says, at }: Violation): string {
  const story = storyOf(trace, requestIds);
  const start = trace[0]?.at ?? 0;
  const rows = story.map((entry) => [
    `${((entry.at - start) / 1_000).toFixed(3)} s`,
    'requestId' in entry ? (entry.requestId ?? '') : '',
    entry.kind,
    detailsOf(entry),
  ]);
  const title = `${invariant}: ${requestIds.at(-1) ?? ''} ${says}, at ${((at - start) / 1_000).toFixed(3)} s`;
  return `${title}\n\n${textTable(['time', 'request', 'what', 'details'], rows)}`;
}

/** Everything else in an entry. */
function detailsOf(entry: TraceEntry): string {
  const { at: _, kind: __, ...rest } = entry;
  return Object.entries(rest)
    .filter(([name]) => name !== 'requestId')
    .map(([name, value]) => `${name} ${detail(name, value)}`)
    .join(', ');
}

const MOMENTS: ReadonlySet<string> = new Set(['turnAt', 'until', 'asOf', 'deadlineAt']);

function detail(name: string, value: unknown): string {
  if (MOMENTS.has(name)) return new Date(Number(value)).toISOString();
  if (name === 'phone') return maskPhone(String(value));
  if (name === 'executionId') return String(value).slice(-8);
  return String(value);
}
