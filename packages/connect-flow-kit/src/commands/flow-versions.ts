import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../command-line.ts';
import type { Project } from './open-project.ts';

/** Where the flow files of a project are. */
type FlowsAt = Pick<Project, 'root' | 'folders'>;

/** Text of each flow file, by its path in the project. */
export type FlowTexts = ReadonlyMap<string, string>;

/** The flow files as they are now. */
export function flowTextsNow({ root, folders }: FlowsAt): FlowTexts {
  const folder = join(root, folders.flows);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return new Map(
    files.toSorted().map((name) => [`${folders.flows}/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );
}

/**
 * The flow files as they were at a commit.
 *
 * @param ref whatever git takes for a commit: `main`, `origin/main`, `HEAD^1`, a hash
 */
export async function flowTextsAt({ root, folders }: FlowsAt, ref: string): Promise<FlowTexts> {
  if (ref === '' || ref.startsWith('-')) throw new UsageError(`--base is "${ref}": expected a commit, such as main`);
  const commit = await commitNamed(root, ref);
  const listed = await git(root, ['ls-tree', '-z', '--name-only', commit, `${folders.flows}/`]);
  const paths = listed.split('\0').filter((path) => path.endsWith('.json'));
  const texts = await Promise.all(paths.map((path) => git(root, ['cat-file', 'blob', `${commit}:./${path}`])));
  return new Map(paths.map((path, index) => [path, texts[index] ?? '']));
}

/** The hash of a commit: a name is given to git once, where nothing of it can be taken for an option. */
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

/** Flow files are at most some 100 KB. */
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
