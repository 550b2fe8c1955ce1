import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LINT_FILE } from '../config.ts';
import { parseSilences } from '../lint/parse-silences.ts';
import type { Silence } from '../lint/silences.ts';

/** A `lint.yml`. */
export interface LintFile {
  /** The name people know it by, relative to the project if it is inside it. */
  path: string;
  /** Its folder, absolute: its entries name files relative to it. */
  folder: string;
  silences: readonly Silence[];
}

/**
 * The `lint.yml` of a folder; undefined if there is none. Throws an error with `isUsersMistake` if it cannot be used.
 *
 * @param root the project's root folder
 * @param folder relative to it, or absolute
 */
export function readLintFile(root: string, folder: string): LintFile | undefined {
  const path = join(folder, LINT_FILE).replaceAll('\\', '/');
  const file = resolve(root, folder, LINT_FILE);
  if (!existsSync(file)) return undefined;
  return { path, folder: resolve(root, folder), silences: parseSilences(readFileSync(file, 'utf8'), path) };
}
