import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from '../command-line.ts';
import { fillTokens } from '../files/contact-flow-tokens.ts';
import type { FlowsCommand } from './flows-command.ts';
import type { Project } from './open-project.ts';
import { stageTokens } from './stage-tokens.ts';
import { writeTo } from './written-file.ts';

function help({ command, folders, stages }: Project): string {
  return `${command} export --stage <stage> [--out <folder>]

Writes every flow of ${folders.flows}/ with the stage's ARNs filled in, as the flow designer imports it and the API accepts it.
The flows must be deployed: their ARNs are read from Amazon Connect. Says which sentences still name a company other than the stage's.

  --stage <stage>  whose ARNs${stages?.note === undefined ? '' : `; ${stages.note}`}
  --out <folder>   where to write; ${folders.exported}/<stage> by default
  --help           this text

Exit code: 0 written, 2 the stage, the instance or a flow cannot be used.
`;
}

export const exportCommand: FlowsCommand = {
  summary: "writes the flows with a stage's ARNs filled in, for the flow designer or the API",
  help,
  async run(args, project) {
    const { values } = parseArgs({ args, options: { stage: { type: 'string' }, out: { type: 'string' } } });
    if (values.stage === undefined) throw new UsageError(`expected a stage: ${project.command} export --stage dev`);
    const folder = values.out ?? join(project.folders.exported, values.stage);
    const { flows, values: tokens } = await stageTokens(values.stage, project);
    for (const { name, content } of flows) {
      const path = join(folder, `${name}.json`);
      writeTo(path, `${JSON.stringify(JSON.parse(fillTokens(content, tokens)), null, 2)}\n`);
      print(`${path}\n`);
    }
    return EXIT.fine;
  },
};
