import { spawnSync } from 'node:child_process';

/** Prints the CPU time of a process, in milliseconds, and its peak memory, in kilobytes, to its standard error when it ends. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('cpu ' + (user + system) / 1000 + ' peak ' + process.resourceUsage().maxRSS); });",
)}`;

interface CommandOptions {
  /** Node's compile cache is empty. */
  first?: boolean;
  /** Exit codes that are not failures. */
  allowed?: readonly number[];
}

/** The CPU time of a command, user and system, in milliseconds: see `commandUsage`. */
export const commandCpu = (folder: string, args: readonly string[], options?: CommandOptions): number =>
  commandUsage(folder, args, options).cpuMs;

/**
 * Runs a command in a process of its own and returns its CPU time, user and system, and its peak memory. Throws
 * if it ends with an exit code that is not allowed.
 *
 * @param args what Node gets: options, file and the file's arguments
 */
export function commandUsage(
  folder: string,
  args: readonly string[],
  { first = false, allowed = [0] }: CommandOptions = {},
): { cpuMs: number; peakMb: number } {
  const env = { ...process.env, ...(first && { NODE_DISABLE_COMPILE_CACHE: '1' }) };
  const { status, stderr } = spawnSync(process.execPath, ['--import', TELL, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const [, cpu, peak] = /cpu ([\d.]+) peak (\d+)/.exec(stderr) ?? [];
  if (status === null || !allowed.includes(status) || cpu === undefined) {
    throw new Error(`${args.join(' ')} failed in ${folder}: ${stderr}`);
  }
  return { cpuMs: Number(cpu), peakMb: Number(peak) / 1_024 };
}
