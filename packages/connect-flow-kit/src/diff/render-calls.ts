import { groupBy } from '../group-by.ts';
import type { CallDifference, CallsDifference } from './compare-calls.ts';
import { compareLines, marked } from './compare-texts.ts';
import { code, type DiffLine, diffBlock } from './markdown.ts';

const TITLE = '#### What is heard';

/** Lines that are the same, shown before and after those that are not. */
const CONTEXT = 2;

/** What is heard differently, as paragraphs of Markdown. Calls that differ in the same way are told of once. */
export function renderCalls({ different, unusable }: CallsDifference): string[] {
  if (unusable !== undefined) return [TITLE, diffBlock(marked('-', unusable.split('\n')))];
  if (different.length === 0) return [];
  const groups = groupBy(different, (call) => renderCall(call).join('\n\n'));
  return [
    TITLE,
    ...[...groups].flatMap(([text, calls]) => [
      calls.map(({ flow, scenario }) => `- ${code(flow)}: ${code(scenario)}`).join('\n'),
      text,
    ]),
  ];
}

function renderCall({ before, after }: CallDifference): string[] {
  const lines = nearChanges(compareLines(before.lines, after.lines));
  const ends =
    before.end === after.end
      ? []
      : [
          `The call ended with **${before.end}** (${code(before.because)}), and now with **${after.end}** (${code(after.because)})`,
        ];
  return [...ends, ...(lines.length > 0 ? [diffBlock(lines)] : [])];
}

/** The lines that changed and a few around them. */
function nearChanges(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Set(
    lines.flatMap(({ mark }, at) =>
      mark === ' ' ? [] : Array.from({ length: 2 * CONTEXT + 1 }, (_, step) => at - CONTEXT + step),
    ),
  );
  return lines.flatMap((line, at): DiffLine[] => {
    if (near.has(at)) return [line];
    return near.has(at - 1) || (at === 0 && near.size > 0) ? [{ mark: ' ', text: '…' }] : [];
  });
}
