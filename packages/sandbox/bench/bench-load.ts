import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { constants, deflateRawSync } from 'node:zlib';
import { UsageError } from 'connect-flow-kit/command-line';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';
import { PROJECT, readService } from '../service.ts';
import { median } from './median.ts';

const HELP = `Bundles every function as a deployment does and loads each bundle in fresh processes.

  npm run bench -- load [--runs N] [--names] [--json]

  --runs N   fresh processes per bundle (default 15)
  --names    also what it costs that functions keep their names, for stack traces people can read
  --json     print one JSON document
`;

/** A bundle may be this many times its floor, in size and in load time. */
const TARGET = 1.3;

interface Row {
  function: string;
  /** What the floor holds. */
  floor: string;
  kilobytes: number;
  floorKilobytes: number;
  /** Median of the time `require` took, in milliseconds. */
  loadMs: number;
  floorLoadMs: number;
  /** With --names: what function names add to the same bundle made as short as esbuild can. */
  names?: NamesPrice;
}

interface NamesPrice {
  kilobytes: number;
  zipKilobytes: number;
  /** Difference of the medians, in milliseconds of CPU time: unlike the clock on the wall, a busy machine moves it little. */
  loadCpuMs: number;
}

/**
 * `npm run bench -- load`: size and load time of each function's bundle, beside a bundle that holds only what the
 * function cannot do without: the AWS clients it constructs, and the phone number library where it reads numbers.
 */
export async function benchLoad(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '15' },
      names: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > 1000) throw new UsageError('expected --runs from 1 to 1000');

  const rows = await measure(runs, values.names, (name) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name.padEnd(30)}`);
  });
  if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(30)}\r`);
  if (values.json) process.stdout.write(`${JSON.stringify({ node: process.version, runs, rows }, null, 2)}\n`);
  else process.stdout.write(render(rows, runs));
}

async function measure(runs: number, withNames: boolean, progress: (name: string) => void): Promise<Row[]> {
  // Inside the project, so that the floors find its packages.
  const folder = mkdtempSync(join(PROJECT, '.build-'));
  try {
    const service = readService('dev', 0);
    const modules = Object.entries(service.functions).map(([name, { module }]) => [name, module] as const);
    progress('bundling');
    const sources = await bundleAll(Object.fromEntries(modules), folder);
    const floors = new Map(modules.map(([name]) => [name, floorOf(sources.get(name) ?? [])]));
    for (const [name, { source }] of floors) writeFileSync(join(folder, `${name}.floor.ts`), source);
    await bundleAll(
      Object.fromEntries(modules.map(([name]) => [`${name}.floor`, join(folder, `${name}.floor.ts`)])),
      folder,
    );
    if (withNames) {
      await bundleAll(Object.fromEntries(modules.map(([name, module]) => [`${name}.short`, module])), folder, {
        minify: true,
      });
    }
    const rows: Row[] = [];
    for (const [name, floor] of floors) {
      progress(name);
      const bundle = join(folder, `${name}.cjs`);
      const floorBundle = join(folder, `${name}.floor.cjs`);
      const shortBundle = join(folder, `${name}.short.cjs`);
      const [loads, floorLoads, shortLoads]: [LoadTime[], LoadTime[], LoadTime[]] = [[], [], []];
      // In turn, so that a machine that grows slower slows all.
      for (let run = 0; run < runs; run += 1) {
        loads.push(await loadTime(bundle, service.stage.environment));
        floorLoads.push(await loadTime(floorBundle, service.stage.environment));
        if (withNames) shortLoads.push(await loadTime(shortBundle, service.stage.environment));
      }
      rows.push({
        function: name,
        floor: floor.says,
        kilobytes: statSync(bundle).size / 1024,
        floorKilobytes: statSync(floorBundle).size / 1024,
        loadMs: median(loads.map(({ wallMs }) => wallMs)),
        floorLoadMs: median(floorLoads.map(({ wallMs }) => wallMs)),
        ...(withNames && {
          names: {
            kilobytes: (statSync(bundle).size - statSync(shortBundle).size) / 1024,
            zipKilobytes: (zippedSize(bundle) - zippedSize(shortBundle)) / 1024,
            loadCpuMs: median(loads.map(({ cpuMs }) => cpuMs)) - median(shortLoads.map(({ cpuMs }) => cpuMs)),
          },
        }),
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of the file in a zip of serverless-esbuild, which compresses for speed. */
const zippedSize = (path: string): number =>
  deflateRawSync(readFileSync(path), { level: constants.Z_BEST_SPEED }).length;

/**
 * Bundles each entry by itself, with the options of serverless.yml; all in one run, which reads what they share once.
 *
 * @param entries name → file; the bundle is `<name>.cjs` in the folder
 * @returns name → the project's own source files in its bundle
 */
async function bundleAll(
  entries: Readonly<Record<string, string>>,
  folder: string,
  over: { minify?: boolean } = {},
): Promise<Map<string, string[]>> {
  const yml = parse(readFileSync(join(PROJECT, 'serverless.yml'), 'utf8'), { logLevel: 'silent' });
  const { bundle, minifyWhitespace, platform, target, format, mainFields } = yml.custom.esbuild as BuildOptions;
  const { metafile } = await build({
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    absWorkingDir: PROJECT,
    metafile: true,
    logLevel: 'error',
    ...(bundle !== undefined && { bundle }),
    ...(minifyWhitespace !== undefined && { minifyWhitespace }),
    ...(platform !== undefined && { platform }),
    ...(target !== undefined && { target }),
    ...(format !== undefined && { format }),
    ...(mainFields !== undefined && { mainFields }),
    ...over,
  });
  return new Map(
    Object.entries(metafile.outputs).map(([path, { inputs }]) => [
      basename(path, '.cjs'),
      Object.keys(inputs)
        .filter((input) => !input.includes('node_modules'))
        .map((input) => join(PROJECT, input)),
    ]),
  );
}

const PHONE_LIBRARY = 'libphonenumber-js/max';

/**
 * What the sources import of the AWS SDK, its clients constructed as the sources do, and of the phone number library;
 * nothing else.
 */
function floorOf(sources: string[]): { source: string; says: string } {
  const names = new Map<string, Set<string>>();
  for (const path of sources) {
    const text = readFileSync(path, 'utf8');
    for (const [, list = '', from = ''] of text.matchAll(/^import \{([^}]*)\} from '([^']+)'/gm)) {
      if (!from.startsWith('@aws-sdk/') && from !== PHONE_LIBRARY) continue;
      const known = names.get(from) ?? new Set<string>();
      for (const name of list.split(',').map((item) => item.trim())) {
        if (name !== '' && !name.startsWith('type ')) known.add(name);
      }
      names.set(from, known);
    }
  }
  const all = [...names.values()].flatMap((set) => [...set]);
  const clients = all.filter((name) => name.endsWith('Client') && name !== 'DynamoDBDocumentClient');
  const lines = [
    ...[...names].map(([from, set]) => `import { ${[...set].join(', ')} } from '${from}';`),
    `export const imported = [${all.join(', ')}];`,
    `export const clients = [${clients.map((name) => `new ${name}()`).join(', ')}];`,
    ...(all.includes('DynamoDBDocumentClient')
      ? ['export const documents = DynamoDBDocumentClient.from(new DynamoDBClient());']
      : []),
  ];
  const says = [...clients, ...(names.has(PHONE_LIBRARY) ? [PHONE_LIBRARY] : [])];
  return { source: `${lines.join('\n')}\n`, says: says.join(', ') };
}

const run = promisify(execFile);

interface LoadTime {
  wallMs: number;
  /** Of all threads of the process. */
  cpuMs: number;
}

/** What a fresh process takes to load the bundle; starting Node itself is not counted. */
async function loadTime(bundle: string, environment: Record<string, string>): Promise<LoadTime> {
  const script = `
    const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
    require(${JSON.stringify(bundle)});
    const { user, system } = process.cpuUsage(cpuFrom);
    console.log(JSON.stringify({ wallMs: performance.now() - from, cpuMs: (user + system) / 1000 }));`;
  const { stdout } = await run(process.execPath, ['-e', script], {
    // Lambda compiles what it loads.
    env: { ...process.env, ...environment, AWS_REGION: 'ap-northeast-1', NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  return JSON.parse(stdout) as LoadTime;
}

function render(rows: Row[], runs: number): string {
  const head = ['function', 'size', 'floor', 'ratio', 'load', 'floor', 'ratio', 'floor holds'];
  const body = rows.map((row) => [
    row.function,
    `${row.kilobytes.toFixed(0)} KB`,
    `${row.floorKilobytes.toFixed(0)} KB`,
    (row.kilobytes / row.floorKilobytes).toFixed(2),
    `${row.loadMs.toFixed(1)} ms`,
    `${row.floorLoadMs.toFixed(1)} ms`,
    (row.loadMs / row.floorLoadMs).toFixed(2),
    row.floor,
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) =>
        column === 0 || column === 7 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const over = rows.filter(
    (row) => row.kilobytes > TARGET * row.floorKilobytes || row.loadMs > TARGET * row.floorLoadMs,
  );
  return [
    `Node ${process.version}; load: median of ${runs} fresh processes; target: at most ${TARGET} times the floor`,
    '',
    line(head),
    ...body.map(line),
    '',
    over.length === 0
      ? `All ${rows.length} functions are within the target.`
      : `Above the target: ${over.map((row) => row.function).join(', ')}.`,
    ...namesSentence(rows),
    '',
  ].join('\n');
}

function namesSentence(rows: Row[]): string[] {
  const prices = rows.flatMap(({ names }) => names ?? []);
  if (prices.length === 0) return [];
  const of = (pick: (price: NamesPrice) => number) => median(prices.map(pick)).toFixed(1);
  return [
    `Function names in stack traces add ${of(({ kilobytes }) => kilobytes)} KB to a bundle, ${of(({ zipKilobytes }) => zipKilobytes)} KB to its zip and ` +
      `${of(({ loadCpuMs }) => loadCpuMs)} ms of CPU time to its loading (medians of the functions).`,
  ];
}
