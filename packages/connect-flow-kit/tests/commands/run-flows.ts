import { format } from 'node:util';
import { vi } from 'vitest';
import { runCommand } from '../../src/command-line.ts';
import { flows } from '../../src/commands/commands.ts';

/** What a command did. */
interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command on the project in a folder, within this process: one at a time. */
export async function runFlows(folder: string, ...args: string[]): Promise<Run> {
  const { argv, exitCode } = process;
  const listeners = process.stdout.listeners('error');
  const written = { stdout: '', stderr: '' };
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.stdout += String(text);
    return true;
  });
  const stderr = vi.spyOn(console, 'error').mockImplementation((...what) => {
    written.stderr += `${format(...what)}\n`;
  });
  process.argv = [process.execPath, 'flows', ...args];
  try {
    await runCommand((given) => flows(given, folder));
    return { code: Number(process.exitCode), ...written };
  } finally {
    Object.assign(process, { argv, exitCode });
    for (const listener of process.stdout.listeners('error')) {
      if (!listeners.includes(listener)) process.stdout.off('error', listener as () => void);
    }
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
