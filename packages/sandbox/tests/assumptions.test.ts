import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ASSUMPTIONS, renderAssumptions } from '../assumptions.ts';

it('docs/assumptions.md is what the list says', async () => {
  await expect(renderAssumptions()).toMatchFileSnapshot('../../../docs/assumptions.md');
});

it('names every assumption once', () => {
  const ids = ASSUMPTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it.each(ASSUMPTIONS)('$id is made in a file that exists', ({ madeIn }) => {
  expect(existsSync(new URL(`../../../${madeIn}`, import.meta.url))).toBe(true);
});

const TESTED = ASSUMPTIONS.flatMap(({ id, test }) => (typeof test === 'string' ? [{ id, test }] : []));

it.each(TESTED)('$id names a test that exists', ({ test }) => {
  const [file = '', title = ''] = test.split(' > ');
  // As it is in the file: in its quotes, whatever quote is in it.
  const written = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').replaceAll("\\'", "'");
  expect(["'", '`', '"'].some((quote) => written.includes(`${quote}${title}${quote}`))).toBe(true);
});

it('is tested but for a few, each with the reason', () => {
  const untested = ASSUMPTIONS.filter(({ test }) => typeof test !== 'string');
  expect(untested.length).toBeLessThan(10);
});
