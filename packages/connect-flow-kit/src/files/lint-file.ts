import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINT_FILE } from '../config.ts';
import { parseSilences } from '../lint/parse-silences.ts';
import type { Silence } from '../lint/silences.ts';

/**
 * The findings that a team lives with; none where it has no `lint.yml`. Throws an error with `isUsersMistake` where the
 * file cannot be used.
 *
 * @param root the project's root folder
 * @param folder the folder of the flows, relative to it
 */
export function readSilences(root: string, folder: string): Silence[] {
  const path = `${folder}/${LINT_FILE}`;
  const file = join(root, path);
  return existsSync(file) ? parseSilences(readFileSync(file, 'utf8'), path) : [];
}
