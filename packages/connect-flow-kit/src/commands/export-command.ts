import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from '../command-line.ts';
import { checkTokens, readContactFlows } from '../files/contact-flow-files.ts';
import { fillTokens, tokenValues } from '../files/contact-flow-tokens.ts';
import { deployedFlows, deployedName, stageNamed } from './deployed-flows.ts';
import type { FlowsCommand } from './flows-command.ts';

const HELP = `npm run flows -- export --stage <stage> [--out <folder>]

Writes every flow of contact-flows/ with the stage's ARNs filled in, as the flow designer imports it and the API takes it.
The flows must be deployed: their ARNs are asked from Amazon Connect.

  --stage <stage>  whose ARNs; "local" is the running npm start
  --out <folder>   where to write; exported-flows/<stage> by default
  --help           this text

Exit code: 0 written, 2 the stage, the instance or a flow cannot be used.
`;

export const exportCommand: FlowsCommand = {
  summary: "write the flows with a stage's ARNs filled in, for the flow designer or the API",
  help: HELP,
  async run(args) {
    const { values } = parseArgs({ args, options: { stage: { type: 'string' }, out: { type: 'string' } } });
    if (values.stage === undefined) throw new UsageError('expected a stage: npm run flows -- export --stage dev');
    const folder = values.out ?? join('exported-flows', values.stage);
    const files = await filledFlows(values.stage);
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

async function filledFlows(stageName: string): Promise<{ name: string; text: string }[]> {
  const stage = stageNamed(stageName);
  const flows = readContactFlows();
  const arns = await deployedFlows(stageName, stage);
  const arnOf = (name: string): string => {
    const deployed = deployedName(stageName, name);
    const arn = arns.get(deployed);
    if (arn === undefined) {
      const what =
        stageName === 'local' ? 'start npm start anew' : `deploy the stage first, npx sls deploy --stage ${stageName}`;
      throw new UsageError(`the instance has no flow ${deployed}: ${what}`);
    }
    return arn;
  };
  const values = tokenValues(flows, stage.file, {
    flow: ({ name }) => arnOf(name),
    queue: (id) => `${arnOf(flows[0]?.name ?? '').replace(/\/contact-flow\/.*$/, '')}/queue/${id}`,
  });
  checkTokens(flows, stageName, values);
  const all = { ...values.texts, ...values.references };
  return flows.map(({ name, content }) => ({
    name,
    text: `${JSON.stringify(JSON.parse(fillTokens(content, all)), null, 2)}\n`,
  }));
}
