import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';

/** As many as a reader takes in at once; what is new is mostly a part of one that is there. */
const MOST_FOLDERS = 13;

it(`the root has at most ${MOST_FOLDERS} folders, beside hidden ones and what is installed or built`, () => {
  const ignored = readFileSync(join(PROJECT, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.split('/')[0]);
  const folders = readdirSync(PROJECT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.') && !ignored.includes(name));
  expect(folders.length, folders.join(', ')).toBeLessThanOrEqual(MOST_FOLDERS);
});
