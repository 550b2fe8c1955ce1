import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
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

export const CONFIG_FILE = 'connect-flow-kit.config.ts';

/** Reads the config in a project's root folder. Throws `UsageError` where it cannot be loaded. */
export async function openProject(root: string): Promise<Project> {
  const { command, folders = {}, attributes = [], rulesPage, stages } = await configIn(root);
  const flows = folders.flows ?? FLOW_FOLDER;
  return {
    root,
    command: command ?? `node ${relative(root, join(import.meta.dirname, '../../bin/connect-flow-kit.cjs'))}`,
    folders: {
      flows,
      scenarios: `${flows}/scenarios`,
      review: `${flows}/review`,
      exported: 'exported-flows',
      ...folders,
    },
    attributes: [...attributes],
    rulesPage,
    stages,
  };
}

async function configIn(root: string): Promise<FlowKitConfig> {
  const path = join(root, CONFIG_FILE);
  if (!existsSync(path)) return {};
  try {
    const { default: config }: { default?: unknown } = await import(/* @vite-ignore */ pathToFileURL(path).href);
    if (typeof config === 'object' && config !== null) return config;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UsageError(`${CONFIG_FILE} cannot be loaded: ${why}`, { cause });
  }
  throw new UsageError(`${CONFIG_FILE} exports no config: write export default { … }`);
}

/** A stage as a command names it. A name that is none is the user's mistake. */
export async function stageNamed({ stages }: Project, name: string): Promise<FlowStage> {
  if (!stages) throw new UsageError(`there is no stage "${name}": ${CONFIG_FILE} says of none`);
  return stages.load(name);
}
