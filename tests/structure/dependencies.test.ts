import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');

/** Room → rooms that its files may import. Dependencies point one way. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  adapters: ['domain'],
  functions: ['adapters', 'domain'],
  'packages/connect-flow-kit': [],
  resources: ['packages/connect-flow-kit', 'domain'],
  'packages/pop-up': ['packages/connect-flow-kit', 'resources', 'domain'],
  'packages/sandbox': ['packages/connect-flow-kit', 'packages/pop-up', 'resources', 'functions', 'adapters', 'domain'],
  tools: ['packages/connect-flow-kit', 'packages/pop-up', 'packages/sandbox', 'resources', 'adapters', 'domain'],
};

/** The room of a file. */
const roomOf = (path: string): string =>
  path
    .split(sep)
    .slice(0, path.startsWith('packages') ? 2 : 1)
    .join('/');

const importsOf = (path: string): string[] =>
  [...readFileSync(join(PROJECT, path), 'utf8').matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  );

describe.each(Object.entries(MAY_IMPORT))('the files of %s', (folder, allowed) => {
  const files = globSync(`${folder}/**/*.{ts,tsx,cjs}`, { cwd: PROJECT, exclude: ['**/tests/**'] });

  it('import only what stands below them', () => {
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => roomOf(normalize(join(dirname(file), name))))
        .filter((target) => target !== folder && !allowed.includes(target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('the domain knows neither AWS nor files nor the network', () => {
  const foreign = globSync('domain/**/*.ts', { cwd: PROJECT }).flatMap((file) =>
    importsOf(file)
      .filter((name) => /^@aws|^node:|^@middy|^@smithy/.test(name))
      .map((name) => `${file} imports ${name}`),
  );
  expect(foreign).toEqual([]);
});
