import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { PROJECT } from '../run-command.ts';

/** Every file of code, tests included, as a path from the root with `/` in it. */
export const CODE_FILES = globSync('**/*.{ts,tsx,cjs}', { cwd: PROJECT, exclude: ['**/node_modules', '**/dist'] }).map(
  (path) => path.replaceAll(sep, '/'),
);
