import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, parse, walkTokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { isInquiryNumber } from '../../domain/inquiry-number.ts';
import { PROJECT } from '../run-command.ts';

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

/** Pages that are there in both languages, each by its Japanese name. */
const JAPANESE = globSync(['*.ja.md', 'docs/*.ja.md'], { cwd: PROJECT }).toSorted();
const englishOf = (japanese: string) => japanese.replace('.ja.md', '.md');

/** What people type; what a language says in its own words is `…`. */
const commandsOf = (page: string) =>
  new Set(
    [...read(page).matchAll(/(?:npm (?:ci|run|start|test)|npx sls)[^`\n#|]*/g)].map(([command]) =>
      command
        .trim()
        .replace(/[。、].*| --language ja/, '')
        .replaceAll(/<[^>]+>/g, '…'),
    ),
  );

const sectionsOf = (page: string) =>
  [
    ...read(page)
      .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
      .matchAll(/^(#+) /gm),
  ].map(([, level]) => level);

/** How many cells each row of each table has. */
const tablesOf = (page: string) =>
  read(page)
    .split('\n')
    .filter((line) => /^ *\|/.test(line))
    .map((line) => line.split('|').length);

describe.each(JAPANESE)('%s and its English counterpart', (japanese) => {
  const english = englishOf(japanese);

  it('are there both, and each leads to the other', () => {
    expect(existsSync(join(PROJECT, english))).toBe(true);
    const name = (path: string) => path.replace(/.*\//, '');
    expect(read(english)).toContain(`日本語: [${name(japanese)}](${name(japanese)})`);
    expect(read(japanese)).toContain(`English: [${name(english)}](${name(english)})`);
  });

  it('name the same commands', () => {
    expect(commandsOf(japanese)).toEqual(commandsOf(english));
  });

  it('have the same sections and tables', () => {
    expect(sectionsOf(japanese)).toEqual(sectionsOf(english));
    expect(tablesOf(japanese)).toEqual(tablesOf(english));
  });
});

const PAGES = ['*.md', 'docs/*.md', 'packages/*/*.md', 'contact-flows/**/*.md'];

// CommonMark 0.31.2, by which GitHub and marked 18.2.1 go, begins no bold type where a letter stands before the asterisks and a
// bracket such as 「 behind them, and ends none the other way round. English has a space there; Japanese shows the asterisks.
it.each(PAGES)('no page of %s shows asterisks in place of bold type', (pages) => {
  const shown = globSync(pages, { cwd: PROJECT }).flatMap((page) => {
    const words = parse(read(page), { async: false })
      .replaceAll(/<(pre|code)\b.*?<\/\1>/gs, '')
      .replaceAll(/<[^>]+>/g, '');
    return words.split('\n').filter((line) => line.includes('**'));
  });
  expect(shown).toEqual([]);
});

// GitHub leaves out what looks like a tag of a language that is not HTML.
it.each(PAGES)('no page of %s writes a tag outside of code', (pages) => {
  const tags: string[] = [];
  for (const page of globSync(pages, { cwd: PROJECT })) {
    walkTokens(lexer(read(page)), (token) => {
      if (token.type === 'html' && !/^<(?:!--|\/?details>)/.test(token.raw)) tags.push(`${page}: ${token.raw}`);
    });
  }
  expect(tags).toEqual([]);
});

it('inquiry numbers in the pages are such', () => {
  const pages = [...JAPANESE, ...JAPANESE.map(englishOf)];
  const numbers = pages.flatMap((page) => read(page).match(/(?<![\d-])(?:\d{4}-\d{4}|48\d{6})(?![\d-])/g) ?? []);
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers.filter((number) => !isInquiryNumber(number))).toEqual([]);
});

it.each([
  ['docs/README.md', ''],
  ['docs/README.ja.md', '.ja'],
])('every page has its reader in %s', (index, ending) => {
  const pages = globSync('docs/*.md', { cwd: PROJECT })
    .map((path) => path.replace(/^docs\//, ''))
    .filter((name) => !name.endsWith('.ja.md') && name !== 'README.md');
  const inThisLanguage = pages.map((name) => {
    const translated = name.replace(/\.md$/, `${ending}.md`);
    return existsSync(join(PROJECT, 'docs', translated)) ? translated : name;
  });
  const text = read(index);
  expect(pages.length).toBeGreaterThan(20);
  expect(inThisLanguage.filter((name) => !text.includes(`](${name})`))).toEqual([]);
});
