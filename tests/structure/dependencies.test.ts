import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');

/** Folder → folders of the project its files may import. Dependencies point one way. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: ['domain'],
  adapters: ['adapters', 'domain'],
  functions: ['functions', 'adapters', 'domain'],
  stages: ['stages', 'domain'],
  'flow-language': ['flow-language'],
  resources: ['resources', 'flow-language'],
  'visual-ivr': ['visual-ivr', 'stages', 'domain'],
  local: ['local', 'visual-ivr', 'flow-language', 'resources', 'stages', 'functions', 'adapters', 'domain'],
  tools: ['tools', 'local', 'visual-ivr', 'flow-language', 'resources', 'stages', 'functions', 'adapters', 'domain'],
};

const importsOf = (path: string): string[] =>
  [...readFileSync(join(PROJECT, path), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  );

describe.each(Object.entries(MAY_IMPORT))('the files of %s', (folder, allowed) => {
  const files = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: PROJECT });

  it('import only what stands below them', () => {
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => normalize(join(dirname(file), name)).split(sep)[0] ?? '')
        .filter((target) => !allowed.includes(target))
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
