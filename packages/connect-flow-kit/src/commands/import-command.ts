import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from '../command-line.ts';
import type { FlowStage } from '../config.ts';
import { type ImportedFlow, importFlow } from '../exchange/import-flow.ts';
import { flowText } from '../exchange/normalise.ts';
import type { ResourceTokens } from '../exchange/tokenise.ts';
import { flowToken, queueToken } from '../files/contact-flow-tokens.ts';
import { FLOW_TYPES, flowTypeOf } from '../flow-types.ts';
import { deployedFlows } from './deployed-flows.ts';
import type { FlowsCommand } from './flows-command.ts';
import { deployedStage, type Project } from './open-project.ts';
import { type LoadedFlow, loadFlow, projectFlows } from './repository.ts';

function help({ command, folders }: Project): string {
  return `${command} import <export.json> --stage <stage> [--as <flow>]

Takes back a flow that was edited in the flow designer and exported there: its ARNs become \${…} tokens again, its blocks keep
the names they have in the repository, notes stay, and its layout is regenerated, so that a pull request shows what was changed
and nothing else. A text keeps the tokens that it had. Says what was left out and what was lost. Writes ${folders.flows}/<flow>.json.

  --stage <stage>  the stage whose instance it was exported from
  --as <flow>      which flow it is, or what to call a new one; by default the name in the export
  --help           this text

Exit code: 0 imported, 1 imported, but it names something without a token or does not state its type, 2 the input cannot be used.
`;
}

export const importCommand: FlowsCommand = {
  summary: 'takes back a flow that was edited in the flow designer',
  help,
  async run(args, project) {
    const { values, positionals } = parseArgs({
      args,
      options: { stage: { type: 'string' }, as: { type: 'string' } },
      allowPositionals: true,
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0 || values.stage === undefined) {
      throw new UsageError(`expected one export and its stage: ${project.command} import <export.json> --stage dev`);
    }
    const exported = loadFlow(path);
    const broken = exported.problems[0];
    if (broken) throw new UsageError(`${path}: ${broken.path}: ${broken.message}`);
    if (exported.type === 'MODULE') {
      throw new UsageError(`${path} is a flow module (it has Settings): this project deploys flows only`);
    }
    const stage = await deployedStage(project, values.stage);
    const name = values.as ?? nameOf(exported, stage);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
      throw new UsageError(
        `"${name}" is not a valid flow name: give one of small letters, digits and hyphens with --as`,
      );
    }
    const { flow, literals, leftOut, lost } = await withTokens(exported, name, values.stage, stage, project);
    const target = `${project.folders.flows}/${name}.json`;
    writeFileSync(join(project.root, target), flowText({ ...flow, Metadata: { ...flow.Metadata, name } }));
    print(`${target}: ${flow.Actions.length} blocks. See what changed: git diff ${target}\n`);
    for (const sentence of [...leftOut, ...lost]) complain(`${target}: ${sentence}.`);
    const typeMissing = flowTypeOf(flow) === undefined;
    if (typeMissing) {
      const types = FLOW_TYPES.filter((type) => type !== 'MODULE').join(', ');
      complain(`${target}: the export does not say what type of flow it is: write one of ${types} into Metadata.type.`);
    }
    for (const { block, parameter, arn } of literals) {
      complain(
        `${target}: block "${block}": ${parameter} is ${arn}, for which there is no token: ` +
          `give it a name under ${stage.valuesAt.setting} of every stage, and import again.`,
      );
    }
    return literals.length === 0 && !typeMissing ? EXIT.fine : EXIT.problems;
  },
};

/** The name that the export gives itself, without the prefix that deployment added. */
function nameOf({ document, name }: LoadedFlow, stage: FlowStage): string {
  const said = typeof document.Metadata?.name === 'string' ? document.Metadata.name : name;
  const prefix = stage.deployedName('');
  return said.startsWith(prefix) ? said.slice(prefix.length) : said;
}

async function withTokens(
  exported: LoadedFlow,
  name: string,
  stageName: string,
  stage: FlowStage,
  project: Project,
): Promise<ImportedFlow> {
  const { flows } = projectFlows(project);
  const existing = flows.find((flow) => flow.name === name)?.document;
  const names = flows.map((flow) => flow.name);
  const first = importFlow(exported.document, existing, tokensOf(stage, names, new Map()));
  if (!first.literals.some(({ arn }) => arn.includes('/contact-flow/'))) return first;
  // The export does not say which flows it names, but the instance does.
  try {
    const deployed = await deployedFlows(stageName, stage);
    return importFlow(exported.document, existing, tokensOf(stage, names, deployed));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`${error.message}.`);
    return first;
  }
}

/** @param deployed flows of the instance: name → ARN */
function tokensOf(stage: FlowStage, flows: string[], deployed: ReadonlyMap<string, string>): ResourceTokens {
  const { queues, defaultQueue, flowValues, functions = {} } = stage;
  return {
    texts: flowValues,
    tokensOf(value, name) {
      const id = value.slice(value.lastIndexOf('/') + 1);
      const isThis = (known: string | undefined): boolean =>
        known !== undefined && (known === value || known === id || known.endsWith(`/${value}`));
      return [
        ...flows
          .filter((flow) => name === stage.deployedName(flow) || isThis(deployed.get(stage.deployedName(flow))))
          .map(flowToken),
        ...Object.entries(queues)
          .filter(([, queueId]) => isThis(queueId))
          .map(([queue]) => queueToken(queue)),
        ...(isThis(queues[defaultQueue]) ? ['DefaultQueue'] : []),
        ...Object.keys(flowValues).filter((token) => isThis(flowValues[token])),
        ...Object.keys(functions).filter((token) => value.endsWith(`:function:${functions[token]}`)),
      ];
    },
  };
}
