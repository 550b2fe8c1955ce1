import { spawnSync } from 'node:child_process';

/** Prints the CPU time of a process to its standard error when it ends, in milliseconds. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('cpu ' + (user + system) / 1000); });",
)}`;

/**
 * Runs a command in a process of its own and gives its CPU time, user and system, in milliseconds. Throws where it ends
 * with another exit code than those that are allowed.
 *
 * @param args what Node is told: options, file and what the file takes
 * @param first nothing that Node has compiled before is there
 */
export function commandCpu(
  folder: string,
  args: readonly string[],
  { first = false, allowed = [0] }: { first?: boolean; allowed?: readonly number[] } = {},
): number {
  const env = { ...process.env, ...(first && { NODE_DISABLE_COMPILE_CACHE: '1' }) };
  const { status, stderr } = spawnSync(process.execPath, ['--import', TELL, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const [, cpu] = /cpu ([\d.]+)/.exec(stderr) ?? [];
  if (status === null || !allowed.includes(status) || cpu === undefined) {
    throw new Error(`${args.join(' ')} failed in ${folder}: ${stderr}`);
  }
  return Number(cpu);
}
