import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

// `npm test`: the tests, with lint and types running alongside on idle CPU time. The output of those two comes last, so that the
// thousands of lines of the tests do not bury it.

const PROJECT = join(import.meta.dirname, '..');

/** Runs Node in the project folder. */
const node = (args: string[], output: 'inherit' | 'pipe'): ChildProcess =>
  spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', output, output] });

/** Whether the process succeeded; a killed one did not. */
async function succeeded(child: ChildProcess): Promise<boolean> {
  const [code] = await once(child, 'close');
  return code === 0;
}

/** Runs a script of package.json silently until it has ended. */
async function quietly(script: string): Promise<{ script: string; ok: boolean; said: string }> {
  const child = node(['--run', script], 'pipe');
  const [ok, ...said] = await Promise.all([
    succeeded(child),
    ...[child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')),
  ]);
  return { script, ok, said: said.join('') };
}

const [tests, ...checks] = await Promise.all([
  succeeded(node(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], 'inherit')),
  quietly('lint'),
  quietly('types'),
]);
for (const { script, ok, said } of checks) {
  process.stdout.write(ok ? `npm run ${script}: nothing found\n` : `\nnpm run ${script} failed:\n\n${said}\n`);
}
process.exitCode = tests && checks.every(({ ok }) => ok) ? 0 : 1;
