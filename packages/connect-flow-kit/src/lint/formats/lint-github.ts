import { findingSentence } from '../lint.ts';
import { type LintedFile, type LintReport, type PlacedFinding, summary } from './lint-report.ts';

/**
 * A report that GitHub Actions shows next to the lines of a pull request: one workflow command for each finding. GitHub
 * shows ten of a kind for each step, and all of them in the step's log.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const lintGithub = (report: LintReport): string =>
  [...report.files.flatMap(annotations), summary(report), ''].join('\n');

const annotations = ({ file, findings, unusable }: LintedFile): string[] => [
  ...(unusable === undefined ? [] : [command('error', { file: slashed(file), title: 'unusable' }, unusable)]),
  ...findings.map((finding) => annotation(slashed(file), finding)),
];

function annotation(file: string, finding: PlacedFinding): string {
  const { rule, severity, line, column, url } = finding;
  const sentence = findingSentence(finding);
  return command(
    severity,
    { file, line, col: column, title: rule },
    url === undefined ? sentence : `${sentence} See ${url}`,
  );
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapedValue(String(value))}`);
  return `::${name} ${given.join(',')}::${escaped(message)}`;
}

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedValue = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const slashed = (path: string): string => path.replaceAll('\\', '/');
