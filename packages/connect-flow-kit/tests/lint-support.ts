import { readFlow } from '../src/document.ts';
import { flowTypeOf } from '../src/flow-types.ts';
import { exampleText } from '../src/lint/example.ts';
import type { Finding } from '../src/lint/finding.ts';
import { lintFlow } from '../src/lint/lint.ts';
import type { LintOptions } from '../src/lint/linted-flow.ts';

/** Findings about the text of a flow file. */
export function lintText(text: string, options: LintOptions = {}): Finding[] {
  const read = readFlow(text);
  return lintFlow(read, { text, type: flowTypeOf(read.flow), ...options });
}

/**
 * Findings about these blocks; the first is the start. `Apologise`, `Hang up` and `Resume` are there where a block leads
 * to them.
 */
export const lintBlocks = (
  blocks: readonly object[],
  document: Readonly<Record<string, unknown>> = {},
  options: LintOptions = {},
): Finding[] => lintText(exampleText({ blocks, document }), options);

/** `rule` where it is about the flow, `rule: block` where it is about a block. */
export const named = (findings: readonly Finding[]): string[] =>
  findings.map(({ rule, block }) => (block === undefined ? rule : `${rule}: ${block}`));

/** A document of a type, as the flow designer names it. */
export const typed = (type: string) => ({ Metadata: { type } });

/** All error branches of a block lead to the same one. */
export const failTo = (to: string, ...types: string[]): Record<string, string> =>
  Object.fromEntries((types.length > 0 ? types : ['NoMatchingError']).map((type) => [type, to]));
