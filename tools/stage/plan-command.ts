import { parseArgs } from 'node:util';
import { complain, EXIT, print } from 'connect-flow-kit/command-line';
import type { StageFile } from '../../domain/stage-file.ts';
import { SERVICE } from '../../resources/load-stage.ts';
import { stageWarnings } from '../../resources/stage-summary.ts';
import { wrapped } from '../../resources/wrapped.ts';
import { costsInWords } from './costs-in-words.ts';
import { stageOfAws } from './deployed-stage.ts';
import { packagedResources, type Resources, resourcesIn } from './packaged-template.ts';
import { keptOnRemoval, linesOf } from './resources-in-words.ts';
import { type StageCommand, stageNamed } from './stage-command.ts';

export const plan: StageCommand = {
  summary: 'describes what a deployment creates, what it costs, and what a removal leaves; without AWS',
  help: `Packages the stage as a deployment does and describes what its template makes,
what that costs per month and per call, and what stays when it is removed. AWS
is not asked, so no credentials are needed, and what is already deployed is not
known.

  npm run stage -- plan <name> [--package DIR]

  --package DIR   of what was packaged there before (npx sls package --stage
                  <name> --package DIR)
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { package: { type: 'string' } },
      allowPositionals: true,
    });
    const name = stageNamed(positionals);
    const { file } = stageOfAws(name);
    if (values.package === undefined && process.stderr.isTTY) complain('Packaging …');
    const resources = values.package === undefined ? await packagedResources(name) : resourcesIn(values.package);
    print(`${planInWords(name, resources, file)}\n`);
    for (const warning of stageWarnings(name, file)) complain(`Warning: ${warning}`);
    return EXIT.fine;
  },
};

/** CloudFormation rolls a failed deployment back, and cannot delete protected tables. */
const PROTECTED =
  "Is this the stage's first deployment? Set protectTables: false for it, and protect the tables with the second. A failed first deployment cannot remove protected tables, and the next one needs their names: docs/operations.md.";

/** The whole plan of a stage. */
export function planInWords(name: string, resources: Resources, file: StageFile): string {
  const prefix = `${SERVICE}-${name}`;
  const groups = Map.groupBy(linesOf(resources, prefix), ({ group }) => group);
  const kept = keptOnRemoval(resources, prefix);
  return [
    ...wrapped(
      `A deployment of the stage ${name} creates in ${file.region}, with most names beginning with ${prefix}:`,
    ),
    ...[...groups].flatMap(([group, lines]) => [
      '',
      group,
      ...lines.flatMap(({ text, names }) => [`  ${text}`, ...names.flatMap((one) => wrapped(one, '    ', 6))]),
    ]),
    '',
    'Kept when the stack is removed',
    ...kept.flatMap((line) => wrapped(line, '  ', 4)),
    ...(file.protectTables ? ['', ...wrapped(PROTECTED)] : []),
    '',
    ...costsInWords(resources, file),
  ].join('\n');
}
