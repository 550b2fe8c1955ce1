import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { CODE_FILES } from './code-files.ts';

/** `.test` stays: a test is named after its unit. */
const nameOf = (path: string): string => basename(path).replace(/(?:\.d)?\.(?:tsx?|cjs)$/, '');

it('no two files of code have one name', () => {
  expect(CODE_FILES.length).toBeGreaterThan(0);
  const byName = Object.groupBy(CODE_FILES, nameOf);
  expect(Object.values(byName).filter((paths = []) => paths.length > 1)).toEqual([]);
});
