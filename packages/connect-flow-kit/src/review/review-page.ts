import { type BlockNames, blockNamesOf } from '../block-name.ts';
import type { NamedFlow } from '../document.ts';
import type { FlowType } from '../flow-types.ts';
import type { Finding } from '../lint/finding.ts';
import { type FlowCoverage, missedInWords, percentOf } from '../scenarios/coverage.ts';
import type { CaseResult } from '../scenarios/run-scenario.ts';
import { diagramOf } from './diagram.ts';
import { code, markdown } from './escape.ts';
import { failureSection } from './failure-section.ts';
import { noteSection } from './note-section.ts';
import { promptSection } from './prompt-section.ts';
import { scenarioSection } from './scenario-section.ts';

/** Everything that a review page is made from. */
interface ReviewSubject {
  /** How the commands are called. */
  command: string;
  flow: NamedFlow;
  type: FlowType | undefined;
  /** Cases of all scenarios, including those that begin in other flows. */
  results: readonly CaseResult[];
  coverage: FlowCoverage;
  findings: readonly Finding[];
}

/** A Markdown page from which a person can judge a flow without the flow designer. The same input gives the same text. */
export function reviewPage({ command, flow, type, results, coverage, findings }: ReviewSubject): string {
  const description = flow.document.Metadata?.description;
  const parts = [
    `# ${markdown(flow.name)}`,
    `<!-- Written by \`${command} review\`; changes made here are lost. -->`,
    type === undefined ? 'A flow of unknown type.' : `A flow of type ${code(type)}.`,
    ...(typeof description === 'string' ? [markdown(description)] : []),
    '## The way through',
    `\`\`\`mermaid\n${diagramOf(flow.document)}\`\`\``,
    'Blue speaks, yellow decides, red comes only after a failure.',
    ...failureSection(flow.document),
    ...promptSection(flow, results),
    ...noteSection(flow.document),
    '## Findings of the linter',
    findingsInWords(findings, blockNamesOf(flow.document)),
    '## Transitions taken by the scenarios',
    ...coverageInWords(coverage),
    ...scenarioSection(flow, results),
  ];
  return `${parts.join('\n\n')}\n`;
}

function coverageInWords(coverage: FlowCoverage): string[] {
  const { taken, total, missing } = coverage;
  return [
    `${percentOf(coverage)} %: ${taken} of ${total}.`,
    ...(missing.length === 0 ? [] : [missing.map((one) => `- ${markdown(missedInWords(one))}`).join('\n')]),
  ];
}

const findingsInWords = (findings: readonly Finding[], nameOf: BlockNames): string =>
  findings.length === 0
    ? 'None.'
    : findings
        .map(
          ({ rule, severity, block, message, fix }) =>
            `- ${severity} ${code(rule)}${block === undefined ? '' : ` in ${markdown(nameOf(block))}`}: ${markdown(`${message}. ${fix}`)}`,
        )
        .join('\n');
