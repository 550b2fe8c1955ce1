import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandHere, PROJECT } from '../run-command.ts';

it('npm run screenshots says what to do where there is no browser, and starts nothing', async () => {
  const { code, stdout, stderr } = await commandHere('screenshots', [], { env: { CHROME_PATH: '/nowhere/chrome' } });
  expect(code).toBe(2);
  expect(stderr).toBe('CHROME_PATH is /nowhere/chrome: there is no Chrome or Chromium that runs\n');
  expect(stdout).toBe('');
});

it('the pictures are those that it takes, and those that the documents show', () => {
  // Prepare
  const read = (name: string) => readFileSync(join(PROJECT, name), 'utf8');
  const named = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));
  // Act
  const kept = new Set(readdirSync(join(PROJECT, 'docs/images')));
  // Assess
  expect(named(read('tools/screenshots/pictures.ts'), /'([\w.-]+\.png)'/g)).toEqual(kept);
  const pages = globSync(['*.md', 'docs/*.md'], { cwd: PROJECT }).map(read).join('\n');
  expect(named(pages, /\bimages\/([\w.-]+)\)/g)).toEqual(kept);
});
