import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../command-line.ts';
import type { Project } from './open-project.ts';

/** Where the flow files of a project are. */
type FlowsAt = Pick<Project, 'root' | 'folders'>;

/** Text of each file, by its path in the project. */
export type FlowTexts = ReadonlyMap<string, string>;

/** The flow files as they are now. */
export const flowTextsNow = ({ root, folders }: FlowsAt): FlowTexts => textsNow(root, folders.flows, isFlow);

const isFlow = (name: string): boolean => name.endsWith('.json');

/** The files of a folder as they are now. */
export function textsNow(root: string, folder: string, isWanted: (name: string) => boolean): FlowTexts {
  const path = join(root, folder);
  const files = existsSync(path) ? readdirSync(path).filter(isWanted) : [];
  return new Map(files.toSorted().map((name) => [`${folder}/${name}`, readFileSync(join(path, name), 'utf8')]));
}

/**
 * The flow files as they were at a commit.
 *
 * @param ref whatever git takes for a commit: `main`, `origin/main`, `HEAD^1`, a hash
 */
export const flowTextsAt = ({ root, folders }: FlowsAt, ref: string): Promise<FlowTexts> =>
  textsAt(root, folders.flows, isFlow, ref);

/** The files of a folder as they were at a commit. */
export async function textsAt(
  root: string,
  folder: string,
  isWanted: (name: string) => boolean,
  ref: string,
): Promise<FlowTexts> {
  if (ref === '' || ref.startsWith('-')) throw new UsageError(`--base is "${ref}": expected a commit, such as main`);
  const commit = await commitNamed(root, ref);
  const listed = await git(root, ['ls-tree', '-z', '--name-only', commit, `${folder}/`]);
  const paths = listed.split('\0').filter(isWanted);
  const texts = await Promise.all(paths.map((path) => git(root, ['cat-file', 'blob', `${commit}:./${path}`])));
  return new Map(paths.map((path, index) => [path, texts[index] ?? '']));
}

/**
 * The last commit in which the flow files still had a text that they no longer have; undefined if there is none, or git
 * cannot tell.
 */
export async function lastCommitWith(text: string, { root, folders }: FlowsAt): Promise<string | undefined> {
  try {
    const texts = await flowTextsAt({ root, folders }, 'HEAD');
    if ([...texts.values()].some((file) => file.includes(text))) return 'HEAD';
    const change = await git(root, ['log', '-1', '--format=%H', `-S${text}`, '--', folders.flows]);
    return change === '' ? undefined : await commitNamed(root, `${change.trim()}^`);
  } catch {
    return undefined;
  }
}

/** The hash of a commit: a name is passed to git once, in a place where it cannot be taken for an option. */
async function commitNamed(root: string, ref: string): Promise<string> {
  try {
    return (await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])).trim();
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`--base is "${ref}", which git does not know here: expected a commit, such as main`, {
      cause,
    });
  }
}

const run = promisify(execFile);

/** Flow files have at most about 100 KB. */
const MOST_BYTES = 64 * 1024 * 1024;

async function git(root: string, args: string[]): Promise<string> {
  try {
    return (await run('git', args, { cwd: root, maxBuffer: MOST_BYTES })).stdout;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new UsageError('git cannot be started: install it, or give two files instead of --base', { cause });
    }
    throw cause;
  }
}
