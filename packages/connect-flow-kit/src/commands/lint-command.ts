import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from '../command-line.ts';
import { FLOW_TYPES, flowTypeNamed } from '../flow-types.ts';
import type { Finding } from '../lint/finding.ts';
import { findingSentence } from '../lint/lint.ts';
import type { FlowsCommand } from './flows-command.ts';
import { lintLibrary } from './lint-library.ts';
import type { Project } from './open-project.ts';
import { type LoadedFlow, libraryOf, loadFlow, projectFlows } from './repository.ts';

function help({ command, folders, rulesPage }: Project): string {
  const rules =
    rulesPage === undefined ? '' : `Every rule, with the reason for it and an example, is in ${rulesPage}.\n\n`;
  return `Looks for mistakes in contact flows: for all that keeps one from being published, and for what a customer suffers from.

  ${command} lint [<flow.json> …] [options]

  <flow.json>        flows as the flow designer exports them, or as the API takes them; all of ${folders.flows}/ by default

  --type TYPE        type of the flows that do not tell theirs, one of
                     ${FLOW_TYPES.slice(0, 6).join(', ')},
                     ${FLOW_TYPES.slice(6).join(', ')}
  --attributes a,b   contact attributes that something outside these flows sets
  --json             print one JSON document and nothing else
  --help             this text

${rules}Exit code: 0 no errors (there may be warnings), 1 errors, 2 a file cannot be read as a flow.
`;
}

/** What became of one file. */
interface LintedFile {
  file: string;
  findings: Finding[];
  /** Why it could not be read, a sentence. */
  unusable?: string;
}

export const lint: FlowsCommand = {
  summary: 'finds what keeps a flow from being published, and what its customers would suffer from',
  help,
  run,
};

async function run(args: string[], project: Project): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      type: { type: 'string' },
      attributes: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  });
  const type = values.type === undefined ? undefined : flowTypeNamed(values.type);
  if (values.type !== undefined && type === undefined) {
    throw new UsageError(`--type is ${values.type}: expected one of ${FLOW_TYPES.join(', ')}`);
  }
  const attributes = values.attributes.split(',').filter((name) => name !== '');

  const { flows, unusable } = positionals.length === 0 ? ownFlows(project) : readAll(positionals);
  const linted = lintLibrary(libraryOf(flows), project, { type, attributes });
  const files: LintedFile[] = [...linted.map(({ flow, findings }) => ({ file: flow.path, findings })), ...unusable];
  const count = (severity: Finding['severity']) =>
    files.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];

  if (values.json) print(`${JSON.stringify({ files, errors, warnings }, null, 2)}\n`);
  else report(files, errors, warnings);
  if (unusable.length > 0) return EXIT.unusable;
  return errors > 0 ? EXIT.problems : EXIT.fine;
}

const ownFlows = (project: Project) => ({ flows: projectFlows(project).flows, unusable: [] as LintedFile[] });

/** A file that is none does not keep the others from being looked at. */
function readAll(paths: string[]): { flows: LoadedFlow[]; unusable: LintedFile[] } {
  const flows: LoadedFlow[] = [];
  const unusable: LintedFile[] = [];
  for (const path of paths) {
    try {
      flows.push(loadFlow(path));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      unusable.push({ file: path, findings: [], unusable: error.message });
    }
  }
  return { flows, unusable };
}

function report(files: LintedFile[], errors: number, warnings: number): void {
  for (const { file, findings, unusable } of files) {
    if (unusable !== undefined) complain(unusable);
    if (findings.length === 0) continue;
    const lines = findings.map((finding) => `  ${finding.severity.padEnd(7)}  ${onOneLine(findingSentence(finding))}`);
    print(`${[file, ...lines].join('\n')}\n\n`);
  }
  const read = files.filter(({ unusable }) => unusable === undefined).length;
  const numbers = [numbered(errors, 'error'), numbered(warnings, 'warning')].join(', ');
  print(`${numbers} in ${numbered(read, 'flow')}\n`);
}

const onOneLine = (text: string): string => text.replaceAll('\n', '\\n');

const numbered = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
