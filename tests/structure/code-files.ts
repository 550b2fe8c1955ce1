import { globSync } from 'node:fs';
import { join } from 'node:path';

export const PROJECT = join(import.meta.dirname, '../..');

/** Every file of code, tests included, as a path from the root. */
export const CODE_FILES = globSync('**/*.{ts,tsx,cjs}', { cwd: PROJECT, exclude: ['**/node_modules', '**/dist'] });
