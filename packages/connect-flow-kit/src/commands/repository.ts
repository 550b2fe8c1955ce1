import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../command-line.ts';
import { type FlowDocument, type NamedFlow, readFlow, type ShapeProblem, UnreadableFlowError } from '../document.ts';
import { flowToken } from '../files/contact-flow-tokens.ts';
import { type FlowType, flowTypeOf } from '../flow-types.ts';
import { CONFIG_FILE, type Project } from './open-project.ts';

/** One flow of a file. */
export interface LoadedFlow extends NamedFlow {
  /** As the user gave it, or relative to the project. */
  path: string;
  text: string;
  type: FlowType | undefined;
  problems: ShapeProblem[];
  document: FlowDocument;
}

/** Flows that know each other. */
export interface FlowLibrary {
  flows: LoadedFlow[];
  /** The flow meant by a token (`${CallMeQueueContactFlow}`), an id, an ARN or a name. */
  find(reference: string): LoadedFlow | undefined;
}

/** Reads a flow file. A file that contains no flow is a user's mistake. */
export const loadFlow = (path: string): LoadedFlow => flowOfText(path, textOf(path));

/** @param named how the user refers to the file */
function textOf(path: string, named = path): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${named} cannot be read: give the path of a flow's JSON file`);
  }
}

/** A flow has the name of its file. */
export function flowOfText(path: string, text: string): LoadedFlow {
  try {
    const { flow, problems } = readFlow(text);
    const name = path.replace(/^.*\//, '').replace(/\.json$/, '');
    return { name, path, text, type: flowTypeOf(flow), problems, document: flow };
  } catch (error) {
    if (error instanceof UnreadableFlowError) throw new UsageError(`${path} ${error.message}`, { cause: error });
    throw error;
  }
}

/** Flows as a library: a flow is found by its token, its name, or the last part of an ARN. */
export function libraryOf(flows: LoadedFlow[]): FlowLibrary {
  const named = flows.map((flow) => ({
    flow,
    token: `\${${flowToken(flow.name)}}`,
    endOfArn: `/contact-flow/${flow.name}`,
  }));
  return {
    flows,
    find: (reference) =>
      named.find(
        ({ flow, token, endOfArn }) => reference === token || reference === flow.name || reference.endsWith(endOfArn),
      )?.flow,
  };
}

/** The flows of a project. A missing folder is a user's mistake. */
export function projectFlows({ root, folders }: Pick<Project, 'root' | 'folders'>): FlowLibrary {
  if (!existsSync(join(root, folders.flows))) {
    throw new UsageError(
      `there is no folder ${folders.flows} here: give a flow's JSON file, or name the folder in ${CONFIG_FILE}`,
    );
  }
  const files = readdirSync(join(root, folders.flows)).filter((name) => name.endsWith('.json'));
  const paths = files.map((name) => `${folders.flows}/${name}`);
  return libraryOf(paths.map((path) => flowOfText(path, textOf(join(root, path), path))));
}
