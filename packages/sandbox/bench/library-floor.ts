/**
 * The source of a module that imports from the libraries what a function imports, and does nothing with it: what the function
 * creates when it is loaded, such as AWS clients, is its own code.
 *
 * @param ownCode the function without its libraries, as esbuild leaves it once it has dropped what it does not use. Of what
 *   it imports then, esbuild leaves the names of a file of which it uses something, so those count that stand there once more.
 *   A module of the project that it imports on demand comes as it is.
 */
export function libraryFloor(ownCode: string): string {
  const names = new Map<string, Set<string>>();
  const isUsed = (name: string) => (ownCode.match(RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1;
  for (const [, all, list = '', from = ''] of ownCode.matchAll(IMPORT)) {
    const used = [
      ...(all !== undefined && isUsed(all) ? [`default as ${all}`] : []),
      ...[...list.matchAll(/(?:^|,)\s*(\w+)(?: as (\w+))?/g)].flatMap(([, name = '', here = name]) =>
        isUsed(here) ? [name] : [],
      ),
    ];
    if (used.length > 0) names.set(from, new Set([...(names.get(from) ?? []), ...used]));
  }
  const later = [...ownCode.matchAll(IMPORT_ON_DEMAND)].map(([, from = '']) => `() => import('${from}')`);
  const kept = [...names.values()].flatMap((list) => [...list].map((name) => name.replace('default as ', '')));
  return [
    ...[...names].map(([from, list]) => `import { ${[...list].join(', ')} } from '${from}';`),
    `export const kept = [${[...kept, ...later].join(', ')}];`,
    '',
  ].join('\n');
}

/** An import as esbuild writes it, of anything except Node's own modules. */
const IMPORT = /^import (?:(\w+)(?:, )?)?(?:\{([^}]*)\})? ?from "((?!node:)[^"]+)";$/gm;

const IMPORT_ON_DEMAND = /\bimport\("([^"]+)"\)/g;
