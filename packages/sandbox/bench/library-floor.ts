/**
 * The source of a module that takes from the libraries what a function takes, and does nothing with it: what the function
 * makes of it as it is loaded, such as AWS clients, is its own.
 *
 * @param ownCode the function without its libraries, as esbuild leaves it once it has dropped what it does not use; so the
 *   names that it still imports are those it needs. A module of the project that it imports on demand comes as it is.
 */
export function libraryFloor(ownCode: string): string {
  const names = new Map<string, Set<string>>();
  for (const [, all, list = '', from = ''] of ownCode.matchAll(IMPORT)) {
    const known = names.get(from) ?? new Set();
    if (all !== undefined) known.add(`default as ${all}`);
    for (const [, name = ''] of list.matchAll(/(?:^|,)\s*(\w+)/g)) known.add(name);
    names.set(from, known);
  }
  const later = [...ownCode.matchAll(IMPORT_ON_DEMAND)].map(([, from = '']) => `() => import('${from}')`);
  const kept = [...names.values()].flatMap((list) => [...list].map((name) => name.replace('default as ', '')));
  return [
    ...[...names].map(([from, list]) => `import { ${[...list].join(', ')} } from '${from}';`),
    `export const kept = [${[...kept, ...later].join(', ')}];`,
    '',
  ].join('\n');
}

/** An import as esbuild writes it, of anything but Node's own modules. */
const IMPORT = /^import (?:(\w+)(?:, )?)?(?:\{([^}]*)\})? ?from "((?!node:)[^"]+)";$/gm;

const IMPORT_ON_DEMAND = /\bimport\("([^"]+)"\)/g;
