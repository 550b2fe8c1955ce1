import { join } from 'node:path';
import { build } from 'esbuild';

/** Throws esbuild's error, which names the line. */
async function bundle(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, path)],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    charset: 'utf8',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const bundles = new Map<string, Promise<string>>();

/**
 * A program or style sheet for the browser with all its imports, bundled once per process, on first request: a stack without
 * viewers pays nothing.
 *
 * @param path in packages/sandbox/board
 */
export function bundled(path: string): Promise<string> {
  const known = bundles.get(path);
  if (known) return known;
  const made = bundle(path);
  bundles.set(path, made);
  // A failed build may be fixed, so it is not cached.
  made.catch(() => bundles.delete(path));
  return made;
}
