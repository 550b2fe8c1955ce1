import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from '../command-line.ts';
import { checkTokens, readContactFlows } from '../files/contact-flow-files.ts';
import { fillTokens, tokenValues } from '../files/contact-flow-tokens.ts';
import { foreignNameSentences } from '../files/foreign-names.ts';
import { deployedFlows } from './deployed-flows.ts';
import type { FlowsCommand } from './flows-command.ts';
import { type Project, stageNamed } from './open-project.ts';

function help({ command, folders, stages }: Project): string {
  return `${command} export --stage <stage> [--out <folder>]

Writes every flow of ${folders.flows}/ with the stage's ARNs filled in, as the flow designer imports it and the API takes it.
The flows must be deployed: their ARNs are asked from Amazon Connect. Says which sentences still name another firm than the stage's.

  --stage <stage>  whose ARNs${stages?.note === undefined ? '' : `; ${stages.note}`}
  --out <folder>   where to write; ${folders.exported}/<stage> by default
  --help           this text

Exit code: 0 written, 2 the stage, the instance or a flow cannot be used.
`;
}

export const exportCommand: FlowsCommand = {
  summary: "write the flows with a stage's ARNs filled in, for the flow designer or the API",
  help,
  async run(args, project) {
    const { values } = parseArgs({ args, options: { stage: { type: 'string' }, out: { type: 'string' } } });
    if (values.stage === undefined) throw new UsageError(`expected a stage: ${project.command} export --stage dev`);
    const folder = values.out ?? join(project.folders.exported, values.stage);
    const files = await filledFlows(values.stage, project);
    for (const { name, text } of files) {
      const path = join(folder, `${name}.json`);
      write(path, text);
      print(`${path}\n`);
    }
    return EXIT.fine;
  },
};

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new UsageError(`${path} cannot be written: give another folder with --out`, { cause });
  }
}

async function filledFlows(stageName: string, project: Project): Promise<{ name: string; text: string }[]> {
  const stage = await stageNamed(project, stageName);
  const flows = readContactFlows(project.root, project.folders.flows);
  const arns = await deployedFlows(stageName, stage);
  const arnOf = (name: string): string => {
    const deployed = stage.deployedName(name);
    const arn = arns.get(deployed);
    if (arn === undefined) {
      throw new UsageError(`the instance has no flow ${deployed}: ${stage.ifNotDeployed}`);
    }
    return arn;
  };
  const values = tokenValues(flows, stage, {
    flow: ({ name }) => arnOf(name),
    queue: (id) => `${arnOf(flows[0]?.name ?? '').replace(/\/contact-flow\/.*$/, '')}/queue/${id}`,
  });
  checkTokens(flows, values, stage.valuesAt);
  for (const sentence of foreignNameSentences(flows, stage)) complain(sentence);
  const all = { ...values.texts, ...values.references };
  return flows.map(({ name, content }) => ({
    name,
    text: `${JSON.stringify(JSON.parse(fillTokens(content, all)), null, 2)}\n`,
  }));
}
