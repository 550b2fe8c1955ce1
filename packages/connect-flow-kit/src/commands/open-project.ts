import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../command-line.ts';
import { FLOW_FOLDER, type FlowFolders, type FlowKitConfig, type FlowStage, type FlowStages } from '../config.ts';

/** A folder with flows, and what its config says, defaults filled in. */
export interface Project {
  /** Its root folder, absolute. */
  root: string;
  command: string;
  folders: FlowFolders;
  attributes: readonly string[];
  rulesPage: string | undefined;
  stages: FlowStages | undefined;
}

/** The config by the name used in advice. It may also be JavaScript. */
export const CONFIG_FILE = 'connect-flow-kit.config.ts';
const CONFIG_FILES = [CONFIG_FILE, 'connect-flow-kit.config.mjs', 'connect-flow-kit.config.js'];

/** The page of rules that comes with the built package. */
const RULES_PAGE = join(import.meta.dirname, '../rules.md');

/** Reads the config in a project's root folder. Throws `UsageError` if it cannot be loaded. */
export async function openProject(root: string): Promise<Project> {
  const { command, folders = {}, attributes = [], rulesPage, stages } = await configIn(root);
  const flows = folders.flows ?? FLOW_FOLDER;
  return {
    root,
    command: command ?? commandIn(root),
    folders: {
      flows,
      scenarios: `${flows}/scenarios`,
      review: `${flows}/review`,
      exported: 'exported-flows',
      ...folders,
    },
    attributes: [...attributes],
    rulesPage: rulesPage ?? (existsSync(RULES_PAGE) ? relative(root, RULES_PAGE).replaceAll(sep, '/') : undefined),
    stages,
  };
}

/** How the commands are called in a project that does not say otherwise. */
function commandIn(root: string): string {
  const file = relative(root, join(import.meta.dirname, '../../bin/connect-flow-kit.cjs'));
  return file.split(sep).includes('node_modules') ? 'npx connect-flow-kit' : `node ${file}`;
}

async function configIn(root: string): Promise<FlowKitConfig> {
  const [file, another] = CONFIG_FILES.filter((name) => existsSync(join(root, name)));
  if (file === undefined) return {};
  if (another !== undefined) throw new UsageError(`there are ${file} and ${another}: keep one of them`);
  if (file === CONFIG_FILE && !process.features.typescript) {
    const { node } = process.versions;
    throw new UsageError(
      `${file} needs Node 22.18 or newer, and this is ${node}: write it in JavaScript, as ${CONFIG_FILES[1]}`,
    );
  }
  try {
    const { default: config }: { default?: unknown } = await import(
      /* @vite-ignore */ pathToFileURL(join(root, file)).href
    );
    if (typeof config === 'object' && config !== null) return config;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UsageError(`${file} cannot be loaded: ${why}`, { cause });
  }
  throw new UsageError(`${file} exports no config: write export default { … }`);
}

/** A stage as a command names it. A name without a stage is the user's mistake. */
export async function stageNamed({ stages }: Project, name: string): Promise<FlowStage> {
  if (!stages) throw new UsageError(`there is no stage "${name}": ${CONFIG_FILE} has none`);
  return stages.load(name);
}

/** The same for a command that asks the stage's instance: with the ids that its deployment created. */
export async function deployedStage(project: Project, name: string): Promise<FlowStage> {
  const stage = await stageNamed(project, name);
  const made = await stage.madeIds?.();
  return made ? { ...stage, instanceId: made.instanceId, queues: made.queues } : stage;
}
