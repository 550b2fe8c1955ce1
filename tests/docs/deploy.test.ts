import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OUTCOMES } from '../../domain/outcomes.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';

const ENGLISH = 'docs/deploy.md';
const JAPANESE = 'docs/deploy.ja.md';

/** What one sees, by which somebody finds the line of the page. */
const QUOTED = [
  'yml is written.',
  'exists: replace it with --force, or name another stage',
  'The instance has no telephone number.',
  'There is no KARTE event source in this region',
  'The instance may not make calls',
  'users get calls of the stage',
  "nobody's phone rings",
  'The instance has no users.',
  'no routing profile serves a queue of the stage',
  'Attached: call the number to hear it.',
  'found the example',
  'nobody is notified of alarms',
  'nobody can be called',
  'Nobody can be called yet',
  'has no number yet',
  'only a real request shows',
];
/** Of the commands that say so. */
const SOURCES = ['tools/stage/*.ts', 'packages/account/**/*.ts', 'resources/*.{ts,cjs}']
  .flatMap((pattern) => globSync(join(PROJECT, pattern)))
  .map((path) => readFileSync(path, 'utf8'));

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

const codeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** Fenced blocks, without what they explain behind #, which each language says in its own words. */
const blocksOf = (page: string) =>
  [...read(page).matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gm)].map(([, language = '', code = '']) => ({
    language,
    lines: code.split('\n').map((line) => line.replace(/ +# .*$/, '')),
  }));

/** The headings' levels and, row by row, how many cells a table has and what is in them as code. */
const shapeOf = (page: string) =>
  read(page)
    .split('\n')
    .flatMap((line) => {
      if (/^#+ /.test(line)) return [line.slice(0, line.indexOf(' '))];
      if (!/^ *\|/.test(line)) return [];
      return [[line.split('|').length, ...codeIn(line).toSorted()].join(' ')];
    });

/** Where a page leads: other pages whatever their language, and the web. */
const targetsOf = (page: string) =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link.replace('.ja.md', '.md'))
    // Each language has its own headings.
    .map((link) => (link.startsWith('https:') ? link : link.replace(/#.*/, '')))
    .toSorted();

describe('deploy.md and deploy.ja.md', () => {
  it('have the same commands, settings and JSON', () => {
    expect(blocksOf(ENGLISH).length).toBeGreaterThan(5);
    expect(blocksOf(JAPANESE)).toEqual(blocksOf(ENGLISH));
  });

  it('have the same sections and tables', () => {
    expect(shapeOf(JAPANESE)).toEqual(shapeOf(ENGLISH));
  });

  it('lead to the same pages', () => {
    expect(targetsOf(JAPANESE)).toEqual(targetsOf(ENGLISH));
  });
});

describe.each([ENGLISH, JAPANESE])('%s', (page) => {
  it('shows settings that a stage takes', () => {
    const shown = blocksOf(page).filter(({ language }) => language === 'yaml');
    expect(shown).toHaveLength(1);
    for (const { lines } of shown) {
      const settings = parse(lines.join('\n'));
      expect(loadStage('dev', undefined, undefined, settings).file).toMatchObject(settings);
    }
  });

  it('speaks of one stage until the section about prod', () => {
    const sections = read(page).split(/^## /m);
    const others = sections.filter(
      (section) => !section.startsWith('10.') && /(?:--stage|init|check|plan) prod/.test(section),
    );
    expect(sections.length).toBeGreaterThan(10);
    expect(others).toEqual([]);
  });

  it('tells which outcomes the first call may have, and each is one', () => {
    const first =
      read(page)
        .split(/^## 8\. /m)[1]
        ?.split(/^## /m)[0] ?? '';
    const rows = [...first.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
    expect(rows).toContain('no_agents_available');
    expect(rows.filter((name) => !(name in OUTCOMES))).toEqual([]);
  });

  it('quotes commands as they speak', () => {
    expect(QUOTED.filter((words) => !read(page).includes(words))).toEqual([]);
    expect(QUOTED.filter((words) => !SOURCES.some((source) => source.includes(words)))).toEqual([]);
  });
});
