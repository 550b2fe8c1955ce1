import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, wholeNumber } from 'connect-flow-kit/command-line';
import type { Plugin } from 'esbuild';
import { textTable } from '../simulation/simulation-report.ts';
import { type BuiltFunctions, bundlesOf } from './built-functions.ts';
import { libraryFloor } from './library-floor.ts';
import { type Weight, weigh } from './load-times.ts';
import { median } from './median.ts';
import { compareRoads, eachFigure, ROAD_TARGET, type RoadComparison } from './road-weight.ts';
import { temporaryFolder } from './temporary-folder.ts';

const HELP = `Bundles every function as a deployment does and loads each bundle in fresh processes, beside what esbuild leaves of its
libraries alone.

  npm run bench -- load [--runs N] [--against REF] [--names] [--json]

  --runs N        fresh processes per bundle (default 15)
  --against REF   beside the bundles of that commit, built as its own serverless.yml says; exits with 1 where the functions
                  that a call takes are above 0.55 times its KB or 0.65 times its CPU time of loading
  --names         also what it costs that functions keep their names, for stack traces people can read
  --json          print one JSON document
`;

/** A bundle may be this many times as big as its libraries. */
const FLOOR_TARGET = 1.4;
/** No function sends requests while it is loaded. */
const UNUSED_PORT = 1;

interface Row {
  function: string;
  bundle: Weight;
  /** Its libraries alone. */
  floor: Weight;
  /** With --against, if the other commit has a function of that name. */
  before?: Weight;
  /** With --names: the same bundle, as short as esbuild can make it. */
  short?: Weight;
}

type Comparison = RoadComparison & { commit: string };

/** `npm run bench -- load` */
export async function benchLoad(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '15' },
      against: { type: 'string' },
      names: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const runs = wholeNumber('--runs', values.runs, 1, 1000);
  const other = values.against === undefined ? undefined : await bundlesOf(values.against, UNUSED_PORT);
  const now = await bundlesOf(undefined, UNUSED_PORT);
  try {
    const weights = await measure(now, other, runs, values.names);
    const rows = rowsOf(weights, [...now.functions.keys()]);
    const comparison = other && {
      commit: other.says,
      ...compareRoads(
        { stateMachine: other.stateMachine(), weightOf: (name) => weights.get(key('before', name)) },
        { stateMachine: now.stateMachine(), weightOf: (name) => weights.get(key('bundle', name)) },
      ),
    };
    const document = { node: process.version, runs, rows, ...(comparison && { against: comparison }) };
    process.stdout.write(values.json ? `${JSON.stringify(document, null, 2)}\n` : render(rows, runs, comparison));
    return comparison?.met === false ? EXIT.problems : EXIT.fine;
  } finally {
    now.dispose();
    other?.dispose();
  }
}

/** By what is measured, and the function's name. */
type Weights = ReadonlyMap<string, Weight>;
type Kind = 'bundle' | 'floor' | 'before' | 'short';
const key = (kind: Kind, name: string): string => `${kind} ${name}`;

async function measure(
  now: BuiltFunctions,
  other: BuiltFunctions | undefined,
  runs: number,
  withNames: boolean,
): Promise<Weights> {
  const floors = await floorsOf(now);
  const shorts = withNames ? await bundleAll(now, 'short', { minify: true }) : new Map<string, string>();
  const names = new Set([...now.functions.keys(), ...(other?.functions.keys() ?? [])]);
  const weights = new Map<string, Weight>();
  for (const name of names) {
    if (process.stderr.isTTY) process.stderr.write(`\r${name.padEnd(30)}`);
    const built = now.functions.get(name);
    const before = other?.functions.get(name);
    const environment = built?.environment ?? {};
    const files = { bundle: built?.file, floor: floors.get(name), short: shorts.get(name) };
    const bundles = Object.fromEntries([
      ...Object.entries(files).flatMap(([kind, file]) => (file ? [[kind, { file, environment }]] : [])),
      ...(before ? [['before', before]] : []),
    ]);
    for (const [kind, weight] of Object.entries(await weigh(bundles, runs))) {
      weights.set(key(kind as Kind, name), weight);
    }
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(30)}\r`);
  return weights;
}

/** All functions bundled again with other options: name → file. */
async function bundleAll(
  { functions, bundle }: BuiltFunctions,
  suffix: string,
  over: Parameters<BuiltFunctions['bundle']>[1],
): Promise<Map<string, string>> {
  const modules = [...functions].map(([name, { module }]) => [`${name}.${suffix}`, module]);
  return namesWithout(suffix, await bundle(Object.fromEntries(modules), over));
}

const namesWithout = (suffix: string, files: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...files].map(([name, file]) => [name.slice(0, -suffix.length - 1), file]));

/** Bundles what each function needs from its libraries: name → file. */
async function floorsOf(built: BuiltFunctions): Promise<Map<string, string>> {
  const own = await bundleAll(built, 'own', {
    packages: 'external',
    plugins: [onDemandExternal],
    supported: {},
    format: 'esm',
    minifyWhitespace: false,
  });
  const folder = temporaryFolder('library-floors-');
  try {
    const modules = [...own].map(([name, file]) => {
      const module = join(folder.path, `${name}.ts`);
      writeFileSync(module, libraryFloor(readFileSync(file, 'utf8')));
      return [`${name}.floor`, module];
    });
    const nodePaths = [join(built.folder, 'node_modules')];
    return namesWithout('floor', await built.bundle(Object.fromEntries(modules), { nodePaths }));
  } finally {
    folder.remove();
  }
}

/** Leaves out of a function's own code what it imports on demand. */
const onDemandExternal: Plugin = {
  name: 'on-demand-external',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
      kind === 'dynamic-import' ? { path: join(resolveDir, path), external: true } : undefined,
    );
  },
};

const rowsOf = (weights: Weights, names: readonly string[]): Row[] =>
  names.map((name) => {
    const [bundle, floor] = [weights.get(key('bundle', name)), weights.get(key('floor', name))];
    if (!bundle || !floor) throw new Error(`${name} was not weighed`);
    const [before, short] = [weights.get(key('before', name)), weights.get(key('short', name))];
    return { function: name, bundle, floor, ...(before && { before }), ...(short && { short }) };
  });

const FIGURES = ['size', 'zip', 'load', 'CPU'];
const figuresOf = ({ kilobytes, zipKilobytes, loadMs, loadCpuMs }: Weight): string[] => [
  `${kilobytes.toFixed(0)} KB`,
  `${zipKilobytes.toFixed(0)} KB`,
  `${loadMs.toFixed(1)} ms`,
  `${loadCpuMs.toFixed(1)} ms`,
];
const ratios = (of: Weight, to: Weight): string[] => [
  (of.kilobytes / to.kilobytes).toFixed(2),
  (of.loadCpuMs / to.loadCpuMs).toFixed(2),
];

function render(rows: Row[], runs: number, comparison: Comparison | undefined): string {
  const over = rows.filter(({ bundle, floor }) => bundle.kilobytes > FLOOR_TARGET * floor.kilobytes);
  return [
    `Node ${process.version}; load: median of ${runs} fresh processes`,
    '',
    textTable(
      ['function', ...FIGURES, 'libraries', 'CPU', 'ratio KB', 'ratio CPU'],
      rows.map(({ function: name, bundle, floor }) => [
        name,
        ...figuresOf(bundle),
        `${floor.kilobytes.toFixed(0)} KB`,
        `${floor.loadCpuMs.toFixed(1)} ms`,
        ...ratios(bundle, floor),
      ]),
    ),
    over.length === 0
      ? `All ${rows.length} functions are at most ${FLOOR_TARGET} times as big as their libraries.`
      : `More than ${FLOOR_TARGET} times as big as their libraries: ${over.map((row) => row.function).join(', ')}.`,
    ...(comparison ? renderComparison(rows, comparison) : []),
    ...namesSentence(rows),
    '',
  ].join('\n');
}

function renderComparison(rows: Row[], { commit, before, now, ratio, met }: Comparison): string[] {
  const both = rows.flatMap(({ function: name, bundle, before }) => (before ? [{ name, bundle, before }] : []));
  const { kilobytes, loadCpuMs } = ROAD_TARGET;
  return [
    '',
    `Beside ${commit}:`,
    '',
    textTable(
      ['function', ...FIGURES.map((figure) => `${figure} before`), 'ratio KB', 'ratio CPU'],
      both.map(({ name, bundle, before }) => [name, ...figuresOf(before), ...ratios(bundle, before)]),
    ),
    'The road to a call that nothing is in the way of, each of its functions loaded once:',
    '',
    textTable(
      ['', ...FIGURES, 'functions'],
      [
        ['before', ...figuresOf(before.sum), before.functions.join(', ')],
        ['now', ...figuresOf(now.sum), now.functions.join(', ')],
        ['ratio', ...Object.values(ratio).map((part) => part.toFixed(2)), ''],
      ],
    ),
    `Target: at most ${kilobytes} in KB and ${loadCpuMs} in CPU time of loading: ${met ? 'met' : 'missed'}.`,
  ];
}

function namesSentence(rows: Row[]): string[] {
  const prices = rows.flatMap(({ bundle, short }) =>
    short ? [eachFigure((figure) => bundle[figure] - short[figure])] : [],
  );
  if (prices.length === 0) return [];
  const of = (figure: keyof Weight) => median(prices.map((price) => price[figure])).toFixed(1);
  return [
    `Function names in stack traces add ${of('kilobytes')} KB to a bundle, ${of('zipKilobytes')} KB to its zip and ` +
      `${of('loadCpuMs')} ms of CPU time to its loading (medians of the functions).`,
  ];
}
