import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { format } from 'node:util';
import { vi } from 'vitest';

export const PROJECT = join(import.meta.dirname, '..');

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of tools/ as npm does. Never rejects: the exit code tells. */
export function command(
  tool: string,
  args: string[],
  { input = '', cwd = PROJECT, env = {} }: { input?: string; cwd?: string; env?: Record<string, string> } = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [`tools/${tool}.ts`, ...args],
      { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

let runs = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command of tools/ within this process, which spares it the loading of everything: one after another, without
 * standard input. Whatever hangs on a process of its own (signals, pipes, its real exit) wants `command`.
 */
export function commandHere(
  tool: string,
  args: string[],
  { cwd = PROJECT, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Run> {
  const run = last.then(() => runHere(tool, args, cwd, env));
  last = run.catch(() => undefined);
  return run;
}

async function runHere(tool: string, args: string[], cwd: string, env: Record<string, string>): Promise<Run> {
  const { argv, exitCode } = process;
  const folder = process.cwd();
  const written = { stdout: '', stderr: '' };
  const listeners = process.stdout.listeners('error');
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.stdout += String(text);
    return true;
  });
  const stderr = vi.spyOn(console, 'error').mockImplementation((...what) => {
    written.stderr += `${format(...what)}\n`;
  });
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  process.argv = [process.execPath, tool, ...args];
  process.chdir(cwd);
  runs += 1;
  try {
    // Only the command's own file is run anew: the query makes it another module.
    await import(/* @vite-ignore */ `${cwd}/tools/${tool}.ts?run=${runs}`);
    return { code: Number(process.exitCode), ...written };
  } finally {
    Object.assign(process, { argv, exitCode });
    process.chdir(folder);
    for (const listener of process.stdout.listeners('error')) {
      if (!listeners.includes(listener)) process.stdout.off('error', listener as () => void);
    }
    stdout.mockRestore();
    stderr.mockRestore();
    vi.unstubAllEnvs();
  }
}
