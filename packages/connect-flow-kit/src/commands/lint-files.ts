import { existsSync, statSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { UsageError } from '../command-line.ts';
import { flowOfText, type LoadedFlow, loadFlow } from './repository.ts';

/** Flow files that were asked for, and those among them that contain no flow. */
export interface FlowFiles {
  flows: LoadedFlow[];
  unusable: { file: string; unusable: string }[];
}

/**
 * Reads the flow files that somebody names: paths, folders, patterns such as `flows/*.json`, or `-` for standard
 * input. A file that is not a flow does not stop the others from being checked; a pattern without a match is a user's mistake.
 *
 * @param stdinName the name of the flow on standard input
 */
export async function flowFiles(named: readonly string[], stdinName: string): Promise<FlowFiles> {
  const files: FlowFiles = { flows: [], unusable: [] };
  for (const path of new Set((await Promise.all(named.map(pathsOf))).flat())) {
    const file = path === '-' ? stdinName : path;
    try {
      files.flows.push(path === '-' ? flowOfText(stdinName, await text(process.stdin)) : loadFlow(path));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      files.unusable.push({ file, unusable: error.message });
    }
  }
  return files;
}

async function pathsOf(named: string): Promise<string[]> {
  const isFolder = existsSync(named) && statSync(named).isDirectory();
  if (named === '-' || (existsSync(named) && !isFolder)) return [named];
  const { escapePath, glob, isDynamicPattern } = await import('tinyglobby');
  const pattern = isFolder ? `${escapePath(named.replace(/[\\/]+$/, ''))}/**/*.json` : named;
  if (!isDynamicPattern(pattern)) return [named];
  // Installed packages are only searched if named.
  const ignore = named.includes('node_modules') ? [] : ['**/node_modules/**'];
  const found = await glob(pattern, { expandDirectories: false, ignore });
  if (found.length === 0) throw new UsageError(`${named} matches no file: give the paths of flows' JSON files`);
  return found.sort();
}
