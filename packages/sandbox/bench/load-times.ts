import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { constants, deflateRawSync } from 'node:zlib';
import { median } from './median.ts';

const run = promisify(execFile);

/** The size of a bundle, and the time a fresh process takes to load it. Starting Node itself is not counted. */
export interface Weight {
  kilobytes: number;
  zipKilobytes: number;
  /** Median wall-clock time of `require`. */
  loadMs: number;
  /** The same in CPU time of all threads, which a busy machine affects less. */
  loadCpuMs: number;
}

interface Loaded {
  file: string;
  environment: Readonly<Record<string, string>>;
}

/**
 * Measures bundles against each other: each is loaded in this many fresh processes, all in turn, so that a machine that slows
 * down slows all of them.
 */
export async function weigh<Name extends string>(
  bundles: Readonly<Record<Name, Loaded>>,
  runs: number,
): Promise<Record<Name, Weight>> {
  const all = Object.entries<Loaded>(bundles).map(([name, loaded]) => ({ name, loaded, times: [] as LoadTime[] }));
  for (let turn = 0; turn < runs; turn += 1) {
    for (const { loaded, times } of all) times.push(await loadTime(loaded));
  }
  return Object.fromEntries(
    all.map(({ name, loaded: { file }, times }) => [
      name,
      {
        kilobytes: statSync(file).size / 1024,
        zipKilobytes: zippedSize(file) / 1024,
        loadMs: median(times.map(({ wallMs }) => wallMs)),
        loadCpuMs: median(times.map(({ cpuMs }) => cpuMs)),
      },
    ]),
  ) as Record<Name, Weight>;
}

/** Bytes of the file in a zip of serverless-esbuild, which compresses for speed. */
const zippedSize = (file: string): number =>
  deflateRawSync(readFileSync(file), { level: constants.Z_BEST_SPEED }).length;

interface LoadTime {
  wallMs: number;
  cpuMs: number;
}

async function loadTime({ file, environment }: Loaded): Promise<LoadTime> {
  const script = `
    const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
    require(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(cpuFrom);
    console.log(JSON.stringify({ wallMs: performance.now() - from, cpuMs: (user + system) / 1000 }));`;
  const { stdout } = await run(process.execPath, ['-e', script], {
    // Lambda compiles what it loads.
    env: { ...process.env, ...environment, NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  return JSON.parse(stdout) as LoadTime;
}
