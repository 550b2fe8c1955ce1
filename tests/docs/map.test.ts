import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadStage } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

/** What a page names as being in this project: targets of links, and paths in code with a folder or an ending. */
function pathsIn(page: string): string[] {
  const text = read(page);
  const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => join(dirname(page), link));
  const inCode = [
    ...text.matchAll(/(?<![\w/.-])((?:[\w-]+\/)+(?:[\w.-]+\.(?:ts|tsx|cjs|json|yml|md))?)(?![\w*<{])/g),
  ].map(([, path = '']) => path);
  return [...new Set([...links, ...inCode])];
}

describe.each(['CONTRIBUTING.md', 'docs/architecture.md'])('%s', (page) => {
  const paths = pathsIn(page);

  it('names only files and folders that exist', () => {
    expect(paths.length).toBeGreaterThan(30);
    expect(
      paths.filter((path) => !existsSync(join(PROJECT, path)) && !existsSync(join(PROJECT, dirname(page), path))),
    ).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  const text = read('CONTRIBUTING.md');
  const rows = [...text.matchAll(/^\| (.+?) \| (.+) \|$/gm)].map(([, wish = '', where = '']) => ({ wish, where }));
  const changes = rows.filter(({ where }) => /\]\(|\*\*setting/.test(where));

  it('answers at least 25 wishes', () => {
    expect(changes.length).toBeGreaterThanOrEqual(25);
  });

  it('names only settings that a stage has', () => {
    // What a stage may say, the fields that have no default from the file of the stage dev.
    const file: unknown = { ...(parse(read('settings/dev.yml')) as object), ...loadStage('dev').file };
    const named = changes
      .filter(({ where }) => where.includes('**setting'))
      .flatMap(({ where }) => [...where.matchAll(/`([a-z]\w*(?:\.[A-Za-z]\w*)*)`/g)].map(([, name = '']) => name))
      // Values of settings, KARTE's variables and the machine's words stand in code, too.
      .filter((name) => name.includes('.') || Object.hasOwn(file as object, name));
    expect(named.length).toBeGreaterThan(20);
    const isThere = (name: string) =>
      name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], file) !==
      undefined;
    expect(named.filter((name) => !isThere(name) && !/^(serverless|npm)/.test(name))).toEqual([]);
  });

  it('names only symbols that are in the file beside them', () => {
    const before = [...text.matchAll(/`(\w+)`(?: and `(\w+)`)? (?:in|of) \[[^\]]+\]\(([^)]+)\)/g)].flatMap(
      ([, one = '', two, file = '']) => [one, ...(two ? [two] : [])].map((symbol) => ({ symbol, file })),
    );
    const after = [...text.matchAll(/\]\(([^)]+)\), there `(\w+)`/g)].map(([, file = '', symbol = '']) => ({
      symbol,
      file,
    }));
    const named = [...before, ...after];
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter(({ symbol, file }) => !new RegExp(`\\b${symbol}\\b`).test(read(file)))).toEqual([]);
  });
});
