import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';
import { CODE_FILES } from './code-files.ts';

/** A type taken out of a file in place, such as `typeof import('…')` or `import('…').Name`. */
const TYPE_IN_PLACE = /\btypeof import\('\.|\bimport\('\.[^']*'\)(?:\.[A-Z]|\[)/;

// Biome's rule noImportCycles (biome.json) finds a cycle, at run time or in types, whatever form an import has but this.
it('types of another file are imported at the head of a file, where the rule against import cycles sees them', () => {
  const inPlace = CODE_FILES.filter((path) => TYPE_IN_PLACE.test(readFileSync(join(PROJECT, path), 'utf8')));
  expect(inPlace).toEqual([]);
});
