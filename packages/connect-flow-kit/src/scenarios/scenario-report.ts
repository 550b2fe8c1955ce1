import { groupBy } from '../group-by.ts';
import { type FlowCoverage, missedInWords, percentOf } from './coverage.ts';
import { explainFailure } from './explain.ts';
import type { CaseResult } from './run-scenario.ts';

/** Every case holds, and every transition is taken. */
export const allAsExpected = (results: readonly CaseResult[], coverage: readonly FlowCoverage[]): boolean =>
  results.every(({ mismatches }) => mismatches.length === 0) && coverage.every(({ missing }) => missing.length === 0);

/** Results and coverage for people: a line for each case, with details where it fails, and one for each flow. */
export function scenarioReport(results: readonly CaseResult[], coverage: readonly FlowCoverage[]): string {
  const lines: string[] = [];
  for (const [flow, cases] of groupBy(results, (result) => result.flow)) {
    lines.push(flow, ...cases.flatMap(caseLines), '');
  }
  const failed = results.filter(({ mismatches }) => mismatches.length > 0).length;
  lines.push(`${results.length} calls, ${failed === 0 ? 'all as expected' : `${failed} not as expected`}`, '');
  lines.push('Transitions taken', ...coverage.flatMap(coverageLines));
  return `${lines.join('\n')}\n`;
}

const caseLines = (result: CaseResult): string[] =>
  result.mismatches.length === 0
    ? [`  ok      ${result.case.name}`]
    : [`  FAILED  ${result.case.name}`, ...explainFailure(result).map((line) => `          ${line}`)];

function coverageLines(coverage: FlowCoverage): string[] {
  const { flow, taken, total, missing } = coverage;
  const percent = `${percentOf(coverage)} %`.padStart(5);
  return [`  ${percent}  ${flow}: ${taken} of ${total}`, ...missing.map((one) => `           ${missedInWords(one)}`)];
}
