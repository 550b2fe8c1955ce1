import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';
import { CODE_FILES } from './code-files.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

/** Stands in for a library when the pop-up is bundled: nothing imports it by its own path. */
const IN_PLACE_OF_A_LIBRARY = 'packages/pop-up/browser/phone-library.ts';

const EXPORT = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;
/** `export {…} from` counts as well; `export * from` does not, for what it hands on cannot be read here. */
const IMPORT_OF_NAMES = /^(?:import|export) (?:type )?(?:\w+, )?\{([^}]*)\} from '(\.[^']+)'/gm;
/** Takes a module as a whole: of its names, whichever occur in the importing file count as used. */
const IMPORT_OF_ALL = /(?:\bimport\(|^import (?:type )?\* as \w+ from )'(\.[^']+)'/gm;

/** What a file uses of others, as `path name`. */
function usesOf(path: string): string[] {
  const text = read(path);
  const uses = (target: string, names: readonly string[]) =>
    names.map((name) => `${posix.join(posix.dirname(path), target)} ${name}`);
  const words = text.match(/\w+/g) ?? [];
  return [
    ...[...text.matchAll(IMPORT_OF_NAMES)].flatMap(([, list = '', target = '']) =>
      uses(
        target,
        list.split(',').map((name) => name.trim().replace(/^type | as .*$/g, '')),
      ),
    ),
    ...[...text.matchAll(IMPORT_OF_ALL)].flatMap(([, target = '']) => uses(target, words)),
  ];
}

it('no name is exported that no other file uses', () => {
  const used = new Set(CODE_FILES.flatMap(usesOf));
  const written = [
    'serverless.yml',
    'resources/availability-function.ts',
    'resources/caller-function.ts',
    'resources/karte-report-function.ts',
  ];
  const handlers = written.map(read).join('');
  const exported = CODE_FILES.filter((path) => path !== IN_PLACE_OF_A_LIBRARY).flatMap((path) =>
    [...read(path).matchAll(EXPORT)].map(([, name = '']) => ({ path, name })),
  );
  expect(exported.length).toBeGreaterThan(0);
  const unused = exported.filter(
    ({ path, name }) => !used.has(`${path} ${name}`) && !handlers.includes(path.replace(/ts$/, name)),
  );
  expect(unused.map(({ path, name }) => `${path} exports ${name}`)).toEqual([]);
});
