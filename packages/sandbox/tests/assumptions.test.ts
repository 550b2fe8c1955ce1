import { existsSync } from 'node:fs';
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
