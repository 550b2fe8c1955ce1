import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandHere, PROJECT } from '../run-command.ts';

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

/** All pages of the project, as paths from its root. Review pages are generated, and have a test of their own. */
const PAGES = ['*.md', '.github/**/*.md', 'docs/**/*.md', 'findings/**/*.md', 'packages/*/*.md']
  .flatMap((pattern) => globSync(join(PROJECT, pattern)))
  .map((path) => relative(PROJECT, path))
  .toSorted();

/** A page without its code, in which brackets mean something else. */
const proseOf = (page: string) =>
  read(page)
    .replaceAll(/^( *)```[\s\S]*?^ *```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '`code`');

/**
 * The anchors GitHub gives to the headings of a page: lower case, without signs, blanks as hyphens, a repeated one numbered.
 * Formatting and targets of links within a heading do not count.
 */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = read(page)
    .replaceAll(/^( *)```[\s\S]*?^ *```$/gm, '')
    .matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) => {
      const anchor = heading
        .replaceAll(/\]\([^)]*\)/g, ']')
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
        .replaceAll(' ', '-');
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    }),
  );
}

/** What a page links to inside this repository, as it is written. */
const linksOf = (page: string) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));

function isBroken(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? page : normalize(join(dirname(page), file));
  if (!existsSync(join(PROJECT, path))) return true;
  if (anchor === undefined) return false;
  // A line of a source file is no heading.
  return path.endsWith('.md') ? !anchorsOf(path).has(decodeURIComponent(anchor)) : !/^L\d+(-L\d+)?$/.test(anchor);
}

describe('the pages of the project', () => {
  it.each(PAGES)('%s links only to files and headings that exist', (page) => {
    expect(linksOf(page).filter((link) => isBroken(page, link))).toEqual([]);
  });

  it('have many links, some to headings in Japanese', () => {
    const links = PAGES.flatMap(linksOf);
    expect(links.length).toBeGreaterThan(300);
    expect(links.filter((link) => /#.*\p{Script=Hiragana}/u.test(link)).length).toBeGreaterThan(5);
  });
});

describe('the commands that pages name', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  /**
   * `npm run <name>`, the word that follows `-- `, and the options: as code in a line, or a line of a block. What was is told in
   * the changelogs.
   */
  const named = PAGES.filter((page) => !page.endsWith('CHANGELOG.md') && !page.startsWith('packages/')).flatMap(
    (page) =>
      [...read(page).matchAll(/npm run (?:-s )?([a-z][\w:-]*)(?: -- ([^`\n]*))?/g)].map(([, name = '', rest = '']) => {
        const typed = rest.replace(/ #.*/, '').replaceAll(/"[^"]*"/g, '""');
        const [, word] = /^([a-z][a-z-]*)\b/.exec(typed) ?? [];
        return { page, name, word, options: typed.match(/(?<=^| )--(?!help)[a-z][a-z-]*/g) ?? [] };
      }),
  );

  const helps = new Map<string, Promise<string>>();
  /** What a command says of itself, asked once. */
  function helpOf(name: string, word?: string): Promise<string> {
    const key = `${name} ${word ?? ''}`;
    const [, tool = ''] = /tools\/([\w-]+)\.ts$/.exec(scripts[name] ?? '') ?? [];
    const help = helps.get(key) ?? commandHere(tool, [...(word ? [word] : []), '--help']).then(({ stdout }) => stdout);
    helps.set(key, help);
    return help;
  }

  it('are scripts of package.json', () => {
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named.map(({ name }) => name))].filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it.each(['calls', 'flows', 'stage', 'visual-ivr'])('npm run %s -- has each command and option', async (script) => {
    const uses = named.filter(({ name }) => name === script);
    const commands = await helpOf(script);
    const isCommand = (word: string) => new RegExp(`^ +(?:npm run .+ )?${word}\\b`, 'm').test(commands);
    expect(uses.flatMap(({ word }) => word ?? []).filter((word) => !isCommand(word))).toEqual([]);
    // calls without a command is its status.
    const options = uses.flatMap(({ word = script === 'calls' ? 'status' : undefined, options }) =>
      options.map((option) => ({ word, option })),
    );
    expect(options.length).toBeGreaterThan(0);
    const missing = [];
    for (const { word, option } of options) {
      if (!(await helpOf(script, word)).includes(option)) missing.push(`${script} ${word} ${option}`);
    }
    expect(missing).toEqual([]);
  });

  it.each(['doctor', 'conformance', 'call', 'phones'])('npm run %s has each option', async (script) => {
    const options = named.filter(({ name }) => name === script).flatMap(({ options }) => options);
    expect(options.length).toBeGreaterThan(0);
    const help = await helpOf(script);
    expect([...new Set(options)].filter((option) => !help.includes(option))).toEqual([]);
  });
});
