import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a script in a project's package.json that only starts Node passes to it: options and file, from the project's folder. */
export function npmScript(folder: string, name: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [program, ...args] = (scripts[name] ?? '').split(' ');
  if (program !== 'node') throw new Error(`${folder}: npm run ${name} does not start Node`);
  return args;
}
