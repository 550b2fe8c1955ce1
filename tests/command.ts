import { execFile } from 'node:child_process';
import { join } from 'node:path';

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
