import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from 'connect-flow-kit/command-line';
import { PROJECT } from '../service.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);

/** The project's files at a commit, in a separate folder. */
export interface ProjectOfRef {
  folder: string;
  /** The commit, shortened. */
  commit: string;
  /** Description of where its libraries come from. */
  libraries: string;
  /** Removes the folder. */
  dispose(): void;
}

/**
 * Writes a commit's files into a temporary folder, with its libraries. The folder is removed when the process ends at the latest, even
 * if it is interrupted.
 *
 * @param ref a commit, tag or branch. Throws a UsageError if git knows none of that name.
 */
export async function projectOfRef(ref: string): Promise<ProjectOfRef> {
  const files = await filesOfRef(ref);
  try {
    return { ...files, libraries: await addLibraries(files.folder) };
  } catch (error) {
    files.dispose();
    throw error;
  }
}

/** The same with the libraries of this folder, whatever the commit's lockfile says: for parts that need few of them. */
export async function partsOfRef(ref: string): Promise<Omit<ProjectOfRef, 'libraries'>> {
  const files = await filesOfRef(ref);
  linkLibraries(files.folder);
  return files;
}

async function filesOfRef(ref: string): Promise<Omit<ProjectOfRef, 'libraries'>> {
  const commit = await commitOf(ref);
  const temporary = temporaryFolder('project-of-ref-');
  try {
    // Not a git worktree, which git would have to be told to forget.
    const archive = join(temporary.path, 'files.tar');
    await run('git', ['archive', '--format=tar', `--output=${archive}`, commit], { cwd: PROJECT });
    const folder = join(temporary.path, 'project');
    mkdirSync(folder);
    await run('tar', ['-xf', archive, '-C', folder]);
    return { folder, commit: commit.slice(0, 7), dispose: temporary.remove };
  } catch (error) {
    temporary.remove();
    throw error;
  }
}

const linkLibraries = (folder: string): void =>
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');

async function commitOf(ref: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], {
      cwd: PROJECT,
    });
    return stdout.trim();
  } catch {
    throw new UsageError(`git knows no commit ${ref}`);
  }
}

/** The project's own libraries if they are the same; otherwise those of the commit's lockfile, from the registry. */
async function addLibraries(folder: string): Promise<string> {
  const here = versionsOf(PROJECT);
  const other = [...versionsOf(folder)].find(([path, version]) => here.get(path) !== version);
  if (!other) {
    linkLibraries(folder);
    return 'with the libraries installed here, whose versions are the same';
  }
  // npm is a script on Windows, which only a shell runs.
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, shell: true });
  return `with libraries from npm ci, since ${other[0].replace(/^node_modules\//, '')} is another version`;
}

/** The lockfile's entries for everything that gets into a bundle, and for esbuild, which makes it: path → version. */
function versionsOf(folder: string): Map<string, string> {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; dev?: boolean; link?: boolean }>;
  };
  return new Map(
    Object.entries(packages).flatMap(([path, { version, dev, link }]) =>
      version !== undefined && path.startsWith('node_modules/') && !link && (!dev || path === 'node_modules/esbuild')
        ? [[path, version]]
        : [],
    ),
  );
}
