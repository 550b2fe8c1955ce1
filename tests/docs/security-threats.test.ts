import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';

const [ENGLISH = '', JAPANESE = ''] = readFileSync(join(PROJECT, 'docs/security.md'), 'utf8').split('## 日本語の要約');

/** Rows of the table that begins with a column of this name: threat, what stops it, tests, what is left. */
const rowsOf = (text: string, heading: string) =>
  (text.split(`| ${heading} |`)[1]?.split('\n\n')[0]?.split('\n') ?? [])
    .slice(2)
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1));

const english = rowsOf(ENGLISH, 'threat');
const japanese = rowsOf(JAPANESE, '脅威');

const linksOf = (text = '') => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
const codeOf = (text = '') => [...text.matchAll(/`[^`]+`/g)].map(([code]) => code).toSorted();

describe('the threats', () => {
  it.each([
    [/console/, /署名/],
    [/rights in the AWS account/, /AWS アカウントに権限/],
    [/Toll fraud/, /通話料/],
    [/Harassment/, /嫌がらせ/],
    [/Personal data/, /個人データ/],
    [/speech/, /音声への注入/],
    [/spreadsheets/, /属性、表計算/],
    [/availability\.json/, /availability\.json/],
    [/caller forges/, /発信者が偽る/],
    [/dependency/, /依存パッケージ/],
    [/deploys/, /デプロイ/],
  ])('are told in both languages: %s', (threat, threatInJapanese) => {
    const at = english.findIndex(([name = '']) => threat.test(name));
    expect(at).toBeGreaterThanOrEqual(0);
    expect(japanese[at]?.join('')).toMatch(threatInJapanese);
  });

  it.each(english.map((cells, index) => [cells[0]?.trim() ?? '', index] as const))(
    'say what stops them, which test shows it and what is left, alike in both languages: %s',
    (_, index) => {
      const here = english[index] ?? [];
      const there = japanese[index] ?? [];
      expect(here.map((cell) => cell.trim().length > 10)).toEqual([true, true, true, true]);
      expect(there.map((cell) => cell.trim().length > 10)).toEqual([true, true, true, true]);
      const tests = linksOf(here[2]);
      expect(tests.some((path) => path.endsWith('.test.ts'))).toBe(true);
      expect(tests.filter((path) => !existsSync(join(PROJECT, 'docs', path)))).toEqual([]);
      expect(linksOf(there.join('|'))).toEqual(linksOf(here.join('|')));
      expect(codeOf(there.join('|'))).toEqual(codeOf(here.join('|')));
    },
  );
});
