import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { complain, EXIT, oneOf, print, UsageError, wholeNumber } from '../command-line.ts';
import { LINT_FILE } from '../config.ts';
import type { LintFile } from '../files/lint-file.ts';
import { FLOW_TYPES, flowTypeNamed } from '../flow-types.ts';
import type { Finding } from '../lint/finding.ts';
import { type LintedFile, type LintReport, lintReport, type PlacedFinding } from '../lint/formats/lint-report.ts';
import { lintText } from '../lint/formats/lint-text.ts';
import { RULE_NOTES, ruleLink } from '../lint/rule-links.ts';
import { unusedSilences } from '../lint/silences.ts';
import type { FlowsCommand } from './flows-command.ts';
import { type FlowFiles, flowFiles } from './lint-files.ts';
import { lintFileOf, lintLibrary, nameInLintFile } from './lint-library.ts';
import type { Project } from './open-project.ts';
import { type LoadedFlow, libraryOf, projectFlows } from './repository.ts';
import { unknownTokensOf } from './unknown-tokens-of.ts';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

function help({ command, folders, rulesPage }: Project): string {
  const rules =
    rulesPage === undefined ? '' : `Every rule, with the reason for it and an example, is in ${rulesPage}.\n\n`;
  return `Looks for mistakes in contact flows: everything that prevents a flow from being published, or that customers would suffer from.

  ${command} lint [<flow.json> …] [options]

  <flow.json>        flows as the flow designer exports them, or as the API accepts them: files, folders, quoted patterns
                     ('flows/**/*.json'), or - for standard input; all of ${folders.flows}/ by default

  --type TYPE        type of the flows that do not state theirs, one of
                     ${FLOW_TYPES.slice(0, 6).join(', ')},
                     ${FLOW_TYPES.slice(6).join(', ')}
  --attributes a,b   contact attributes that something outside these flows sets
  --format FORMAT    text (default); json, one document for programs; github, which GitHub shows next to the lines of a
                     pull request; sarif (2.1.0), for code scanning
  --json             the same as --format json
  --max-warnings N   exit code 1 if there are more warnings than this
  --stdin-filename NAME
                     the name of the flow on standard input
  --help             this text

A finding that you live with is silenced by an entry in ${folders.flows}/${LINT_FILE}, or in the ${LINT_FILE} next to the
flows that are given:

  - file: my-flow.json           # relative to ${LINT_FILE}
    block: Hold                  # left out if the finding names no block
    rule: silent-wait
    reason: The telephone system plays music there.

${rules}Exit code: 0 no errors (there may be warnings), 1 errors or too many warnings, 2 a file or an option cannot be used.
`;
}

export const lint: FlowsCommand = {
  summary: 'finds what prevents a flow from being published, or would cause its customers trouble',
  help,
  run,
};

async function run(args: string[], project: Project): Promise<number> {
  const { named, type, attributes, format, maxWarnings, stdinName } = optionsOf(args);
  const files: FlowFiles =
    named.length === 0 ? { flows: projectFlows(project).flows, unusable: [] } : await flowFiles(named, stdinName);
  const lintFiles = await lintFilesFor(files.flows, named, project);
  const unknownTokens = await unknownTokensOf(files.flows, project);
  const linted = lintLibrary(libraryOf(files.flows), project, { type, attributes, lintFiles, unknownTokens });
  const rulesPage = pageFor(format, project);
  const report = lintReport(
    [
      ...(await Promise.all(linted.map((one) => placed(one, rulesPage)))),
      ...files.unusable.map((one) => ({ ...one, findings: [], silenced: [] })),
    ],
    lintFiles.flatMap((lintFile) => aboutSilences(lintFile, lintFiles, linted, project, rulesPage)),
  );

  for (const { unusable } of files.unusable) complain(unusable);
  print(await inFormat(format, report, rulesPage));
  if (files.unusable.length > 0) return EXIT.unusable;
  if (report.warnings > maxWarnings) {
    complain(`there are more warnings (${report.warnings}) than --max-warnings allows (${maxWarnings})`);
    return EXIT.problems;
  }
  return report.errors > 0 ? EXIT.problems : EXIT.fine;
}

/** The page of rules to link to. A reader of a report on GitHub has no installed packages, and so no local page. */
const pageFor = (format: Format, { rulesPage }: Project): string | undefined =>
  (format === 'github' || format === 'sarif') && rulesPage?.split('/').includes('node_modules') ? undefined : rulesPage;

function optionsOf(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      type: { type: 'string' },
      attributes: { type: 'string', default: '' },
      format: { type: 'string' },
      json: { type: 'boolean', default: false },
      'max-warnings': { type: 'string' },
      'stdin-filename': { type: 'string', default: '<stdin>' },
    },
  });
  const type = values.type === undefined ? undefined : flowTypeNamed(values.type);
  if (values.type !== undefined && type === undefined) {
    throw new UsageError(`--type is ${values.type}: expected one of ${FLOW_TYPES.join(', ')}`);
  }
  const format = oneOf('--format', values.format ?? (values.json ? 'json' : 'text'), FORMATS);
  if (values.json && format !== 'json') throw new UsageError(`--json and --format ${format} exclude each other`);
  const most = values['max-warnings'];
  return {
    named: positionals,
    type,
    attributes: values.attributes.split(',').filter((name) => name !== ''),
    format,
    maxWarnings: most === undefined ? Number.POSITIVE_INFINITY : wholeNumber('--max-warnings', most, 0, 1_000_000),
    stdinName: values['stdin-filename'],
  };
}

/** The project's `lint.yml`, and those next to the named flows; any that is not the project's is reported. */
async function lintFilesFor(flows: readonly LoadedFlow[], named: readonly string[], project: Project) {
  const { root, folders } = project;
  const beside = new Map(
    [folders.flows, ...named, ...flows.map(({ path }) => dirname(path))].map((folder) => [
      resolve(root, folder),
      folder,
    ]),
  );
  const there = [...beside].filter(([folder]) => existsSync(join(folder, LINT_FILE)));
  if (there.length === 0) return [];
  // Imported lazily: few projects have the file, and reading it takes a library.
  const { readLintFile } = await import('../files/lint-file.ts');
  return there.flatMap(([folder, asNamed]) => {
    const read = readLintFile(root, asNamed);
    if (read && folder !== join(root, folders.flows)) complain(`findings are silenced as ${read.path} says`);
    return read ?? [];
  });
}

type Linted = ReturnType<typeof lintLibrary>;

/** What to say about entries of a `lint.yml` that silence nothing. */
function aboutSilences(
  lintFile: LintFile,
  lintFiles: readonly LintFile[],
  linted: Linted,
  project: Project,
  rulesPage: string | undefined,
): LintedFile[] {
  const own = linted.filter(({ flow }) => lintFileOf(flow, lintFiles, project) === lintFile);
  const unused = unusedSilences(lintFile.silences, {
    findings: new Map(
      own.map(({ flow, findings, silenced }) => [nameInLintFile(flow, lintFile, project), [...findings, ...silenced]]),
    ),
    exists: (file) => existsSync(join(lintFile.folder, file)),
    rules: RULE_NOTES.map(({ id }) => id),
  });
  const findings = unused.map((finding) => ({
    ...withLink(finding, rulesPage),
    line: finding.line,
    column: 1,
  }));
  return findings.length === 0 ? [] : [{ file: lintFile.path, findings, silenced: [] }];
}

/** The findings of a flow with the places of their blocks. */
async function placed(
  { flow, findings, silenced }: Linted[number],
  rulesPage: string | undefined,
): Promise<LintedFile> {
  if (findings.length + silenced.length === 0) return { file: flow.path, findings: [], silenced: [] };
  // Imported lazily: a flow without findings needs none of it.
  const { blockPositions } = await import('../lint/block-positions.ts');
  const positions = blockPositions(flow.text);
  const withPlace = (finding: Finding): PlacedFinding => ({
    ...withLink(finding, rulesPage),
    ...(positions.get(finding.block ?? '') ?? { line: 1, column: 1 }),
  });
  return { file: flow.path, findings: findings.map(withPlace), silenced: silenced.map(withPlace) };
}

function withLink(finding: Finding, rulesPage: string | undefined): Finding & { url?: string } {
  const url = ruleLink(finding.rule, rulesPage);
  return url === undefined ? finding : { ...finding, url };
}

async function inFormat(format: Format, report: LintReport, rulesPage: string | undefined): Promise<string> {
  switch (format) {
    case 'text':
      return lintText(report);
    case 'json': {
      const { files, errors, warnings, silenced } = report;
      return `${JSON.stringify({ files, errors, warnings, silenced }, null, 2)}\n`;
    }
    case 'github':
      return (await import('../lint/formats/lint-github.ts')).lintGithub(report);
    case 'sarif': {
      const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
      return (await import('../lint/formats/lint-sarif.ts')).lintSarif(report, version, rulesPage);
    }
  }
}
