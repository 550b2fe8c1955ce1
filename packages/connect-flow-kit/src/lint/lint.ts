import type { FlowDocument, ShapeProblem } from '../document.ts';
import type { Finding } from './finding.ts';
import { type LintOptions, lintedFlow } from './linted-flow.ts';
import { RULES } from './rules.ts';

/**
 * Looks for everything that prevents a flow from being published, or that a customer or the company would suffer from.
 *
 * @param flow the document and the parts of it that could not be read, both as `readFlow` returns them
 * @returns findings about the flow as a whole, then those of its blocks in the order of the file
 */
export function lintFlow(
  { flow, problems }: { flow: FlowDocument; problems: readonly ShapeProblem[] },
  options: LintOptions = {},
): Finding[] {
  const linted = lintedFlow(flow, problems, options);
  const place = new Map<string, number>();
  for (const [index, { id }] of linted.blocks.entries()) if (!place.has(id)) place.set(id, index);
  const placeOf = ({ block }: Finding) => (block === undefined ? -1 : (place.get(block) ?? linted.blocks.length));

  return RULES.flatMap(({ id, severity, check }) =>
    check(linted).map(
      ({ block, message, fix }): Finding => ({
        rule: id,
        severity,
        ...(block && { block: block.id }),
        ...(block && block.type !== '' && { type: block.type }),
        message,
        fix,
      }),
    ),
  ).sort((one, other) => placeOf(one) - placeOf(other));
}

/** Each finding as one line for people: file, block, rule, what is wrong, what to do. */
export const lintSentences = (file: string, findings: readonly Finding[]): string[] =>
  findings.map((finding) => `${file}: ${findingSentence(finding)}`);

/** The same without the file. */
export function findingSentence({ rule, block, type, message, fix }: Finding): string {
  const where = block === undefined ? '' : `block "${block}"${type === undefined ? '' : ` (${type})`}: `;
  return `${where}${rule}: ${message}. ${fix}`;
}
