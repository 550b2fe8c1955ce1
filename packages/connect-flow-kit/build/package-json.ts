import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../package.json');
/** Keeps the repository's package.json while npm packs. */
const SAVED = join(import.meta.dirname, 'package.json.saved');

/**
 * Replaces the repository's package.json with that of the packed package, as npm itself does not apply such fields of
 * `publishConfig`.
 */
export function replacePackageJson(): void {
  const manifest = readFileSync(FILE, 'utf8');
  writeFileSync(SAVED, manifest);
  writeFileSync(FILE, `${JSON.stringify(packed(JSON.parse(manifest)), null, 2)}\n`);
}

/** Does nothing if it was not replaced. */
export function putBackPackageJson(): void {
  if (existsSync(SAVED)) renameSync(SAVED, FILE);
}

/**
 * Entry points are built files, since Node does not take TypeScript from within node_modules; what only the repository needs
 * is left out.
 */
const packed = ({
  scripts: _,
  devDependencies: __,
  exports,
  ...manifest
}: {
  scripts: unknown;
  devDependencies: unknown;
  exports: Record<string, string>;
}) => ({
  ...manifest,
  exports: Object.fromEntries(Object.entries(exports).map(([name, path]) => [name, builtFrom(path)])),
});

function builtFrom(path: string): string | { types: string; default: string } {
  const source = /^\.\/src\/(.*)\.ts$/.exec(path)?.[1];
  return source === undefined ? path : { types: `./dist/${source}.d.ts`, default: `./dist/${source}.js` };
}
