import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { UsageError } from 'connect-flow-kit/command-line';

/**
 * Writes a file next to its destination and renames it: no signal, full disk or second writer leaves half of it. Throws
 * `UsageError` if it cannot be written, or exists and `force` is not given.
 */
export function writeWholeFile(path: string, text: string, { force }: { force: boolean }): void {
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, text, { flag: 'wx' });
    refuseToReplace(path, { force });
    renameSync(partial, path);
  } catch (cause) {
    rmSync(partial, { force: true });
    if (cause instanceof UsageError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new UsageError(`${shown(path)} cannot be written${code}; nothing is left of it`, { cause });
  }
}

/** Throws `UsageError` if an existing file would be replaced without `force`. */
export function refuseToReplace(path: string, { force }: { force: boolean }): void {
  if (!force && existsSync(path))
    throw new UsageError(`${shown(path)} exists: replace it with --force, or name another stage`);
}

const shown = (path: string): string => relative(process.cwd(), path);
