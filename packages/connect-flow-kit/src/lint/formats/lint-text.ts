import { findingSentence } from '../lint.ts';
import { type LintReport, type PlacedFinding, summary } from './lint-report.ts';

/** A report for people: the findings of each file under its name, and how many there are. */
export function lintText(report: LintReport): string {
  const files = report.files
    .filter(({ findings }) => findings.length > 0)
    .map(({ file, findings }) => [file, ...findings.flatMap((finding) => lines(file, finding)), '', ''].join('\n'));
  return `${files.join('')}${summary(report)}\n`;
}

function lines(file: string, finding: PlacedFinding): string[] {
  const { severity, line, column, url } = finding;
  const place = `at ${file}:${line}:${column}`;
  return [
    `  ${severity.padEnd(7)}  ${onOneLine(findingSentence(finding))}`,
    `           ${url === undefined ? place : `${place}, see ${url}`}`,
  ];
}

const onOneLine = (text: string): string => text.replaceAll('\n', '\\n');
