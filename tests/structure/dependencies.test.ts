import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');
const KIT = 'packages/connect-flow-kit';

/** Room → rooms that its files may import. Dependencies point one way. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  adapters: ['domain'],
  functions: ['adapters', 'domain'],
  [KIT]: [],
  resources: [KIT, 'domain'],
  'packages/pop-up': [KIT, 'resources', 'domain'],
  'packages/account': [KIT, 'resources', 'adapters', 'domain'],
  'packages/sandbox': [KIT, 'packages/pop-up', 'resources', 'functions', 'adapters', 'domain'],
  tools: [KIT, 'packages/account', 'packages/pop-up', 'packages/sandbox', 'resources', 'adapters', 'domain'],
};

/** The room of a file. */
const roomOf = (path: string): string =>
  path
    .split(sep)
    .slice(0, path.startsWith('packages') ? 2 : 1)
    .join('/');

const importsOf = (path: string): string[] =>
  [...readFileSync(join(PROJECT, path), 'utf8').matchAll(/\b(?:from|import|require)\s*\(?\s*'([^'\s]+)'/g)].map(
    ([, name = '']) => name,
  );

/** The project's own files that a file imports by a path, relative to the project. */
const pathsIn = (file: string): string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)));

/** The npm packages that a file imports. */
const packagesIn = (file: string): string[] =>
  importsOf(file)
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );

describe.each(Object.entries(MAY_IMPORT))('the files of %s', (folder, allowed) => {
  const files = globSync(`${folder}/**/*.{ts,tsx,cjs}`, { cwd: PROJECT, exclude: ['**/tests/**'] });

  it('import only what stands below them', () => {
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      [...pathsIn(file).map(roomOf), ...(packagesIn(file).includes('connect-flow-kit') ? [KIT] : [])]
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

it('what is deployed takes no more than types from zod and the schema of the stage files, so that zod stays out of the bundles', () => {
  const deployed = globSync('{functions,adapters,domain}/**/*.ts', { cwd: PROJECT });
  const values = deployed
    .filter((file) => !/^(?:stage-file|setting-forms|(?!stage)\w+-settings)\.ts$/.test(basename(file)))
    .flatMap((file) =>
      [
        ...readFileSync(join(PROJECT, file), 'utf8').matchAll(
          /^import (?!type )[^;]*? from '(zod(?:\/[^']*)?|.*\/(?:stage-file|setting-forms|(?!stage)\w+-settings)\.ts)';$/gm,
        ),
      ].map(([, name]) => `${file} imports values of ${name}`),
    );
  expect(deployed).toContain(join('domain', 'stage-file.ts'));
  expect(values).toEqual([]);
});

describe('connect-flow-kit', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(PROJECT, KIT, 'package.json'), 'utf8'));
  const sources = globSync(`${KIT}/src/**/*.ts`, { cwd: PROJECT });
  const tests = globSync(`${KIT}/tests/**/*.ts`, { cwd: PROJECT });

  it('is imported by its name, never by a path into it', () => {
    const outside = globSync('{*,{adapters,domain,functions,packages,resources,tests,tools}/**/*}.{ts,tsx,cjs}', {
      cwd: PROJECT,
      exclude: ['**/node_modules/**', `${KIT}/**`],
    });
    expect(outside.length).toBeGreaterThan(300);
    const byPath = outside.flatMap((file) =>
      pathsIn(file)
        .filter((path) => roomOf(path) === KIT)
        .map((path) => `${file} imports ${path}`),
    );
    expect(byPath).toEqual([]);
  });

  it('imports nothing of the rest of the project, in its tests neither', () => {
    const foreign = [...sources, ...tests].flatMap((file) =>
      pathsIn(file)
        .filter((path) => roomOf(path) !== KIT)
        .map((path) => `${file} imports ${path}`),
    );
    expect(foreign).toEqual([]);
  });

  it.each([
    ['its sources', sources, Object.keys(dependencies)],
    ['its tests', tests, Object.keys({ ...dependencies, ...devDependencies })],
  ])('declares every npm package that %s import', (_, files, declared) => {
    const undeclared = files.flatMap((file) =>
      packagesIn(file)
        .filter((name) => !declared.includes(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(files.length).toBeGreaterThan(30);
    expect(undeclared).toEqual([]);
  });
});
