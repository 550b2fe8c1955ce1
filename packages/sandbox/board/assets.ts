import { join } from 'node:path';
import { build } from 'esbuild';

/** Throws esbuild's error, which names the line, where it cannot. */
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
 * A program or style sheet for the browser with all it imports, bundled when it is first asked for and not again in this
 * process: a stack at which nobody looks pays nothing.
 *
 * @param path in packages/sandbox/board
 */
export function bundled(path: string): Promise<string> {
  const known = bundles.get(path);
  if (known) return known;
  const made = bundle(path);
  bundles.set(path, made);
  // What could not be made may be fixed.
  made.catch(() => bundles.delete(path));
  return made;
}
