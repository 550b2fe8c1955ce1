import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, wholeNumber } from 'connect-flow-kit/command-line';
import { PROJECT } from '../service.ts';
import { textTable } from '../simulation/simulation-report.ts';
import { commandUsage } from './command-cpu.ts';
import { median } from './median.ts';
import { npmScript } from './npm-script.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The command should process at least this share of the bare loop's rows in the same CPU time. */
const TARGET = 0.8;

const HELP = `Rows that npm run phones takes in a second of CPU time, beside a bare loop of the same parser, normalisePhone and a file, both as
whole processes in turn, start-up included; and the most memory they hold. Exit code 1 where it takes less than ${TARGET} times as many.

  npm run bench -- phones [--rows N,N] [--runs N] [--json]

  --rows N,…   sizes of the file (default 100000,1000000)
  --runs N     times each is measured (default 3)
  --json       print one JSON document
`;

/** Medians of one size. */
interface Row {
  rows: number;
  who: 'bare loop' | 'phones';
  rowsPerSecond: number;
  /** Compared with the bare loop. */
  ratio: number;
  peakMb: number;
}

/** `npm run bench -- phones` */
export async function benchPhones(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '100000,1000000' },
      runs: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const sizes = values.rows.split(',').map((size) => wholeNumber('--rows', size, 1, 10_000_000));
  const runs = wholeNumber('--runs', values.runs, 1, 100);
  const rows = sizes.flatMap((size) => measure(size, runs));
  if (values.json) process.stdout.write(`${JSON.stringify({ node: process.version, runs, rows }, null, 2)}\n`);
  else process.stdout.write(render(rows, runs));
  return rows.every(({ ratio }) => ratio >= TARGET) ? EXIT.fine : EXIT.problems;
}

const WAYS = [
  { who: 'bare loop', command: () => ['packages/sandbox/bench/bare-phones.ts'] },
  { who: 'phones', command: () => [...npmScript(PROJECT, 'phones'), '--force'] },
] as const;

function measure(size: number, runs: number): Row[] {
  const { path, remove } = temporaryFolder('bench-phones-');
  try {
    const input = join(path, 'in.csv');
    writeTable(input, size);
    const usages = WAYS.map((): { cpuMs: number; peakMb: number }[] => []);
    for (let run = 0; run < runs; run += 1) {
      for (const [index, { command }] of WAYS.entries()) {
        usages[index]?.push(commandUsage(PROJECT, [...command(), input, join(path, 'out.csv')]));
      }
    }
    const medians = usages.map((each) => ({
      cpuMs: median(each.map(({ cpuMs }) => cpuMs)),
      peakMb: median(each.map(({ peakMb }) => peakMb)),
    }));
    const bare = medians[0]?.cpuMs ?? 0;
    return WAYS.map(({ who }, index) => {
      const { cpuMs = 0, peakMb = 0 } = medians[index] ?? {};
      return { rows: size, who, rowsPerSecond: (size / cpuMs) * 1_000, ratio: bare / cpuMs, peakMb };
    });
  } finally {
    remove();
  }
}

/** A file of the most common kind: other column names, domestic numbers with hyphens, here the guide's in every row. */
function writeTable(path: string, rows: number): void {
  const file = openSync(path, 'w');
  writeSync(file, '会員番号,電話番号\r\n');
  for (let from = 0; from < rows; from += 10_000) {
    let text = '';
    for (let row = from; row < Math.min(rows, from + 10_000); row += 1) {
      text += `user${String(row).padStart(8, '0')},090-1234-5678\r\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}

function render(rows: readonly Row[], runs: number): string {
  const table = textTable(
    ['rows', '', 'rows/s of CPU', 'ratio', 'peak memory'],
    rows.map(({ rows: size, who, rowsPerSecond, ratio, peakMb }) => [
      size.toLocaleString('en'),
      who,
      Math.round(rowsPerSecond).toLocaleString('en'),
      ratio.toFixed(2),
      `${Math.round(peakMb)} MB`,
    ]),
  );
  const isMet = rows.every(({ ratio }) => ratio >= TARGET);
  return `Node ${process.version}; median of ${runs} runs in turn; target: at least ${TARGET} times the bare loop's rows

${table}

${isMet ? 'It is met.' : 'It is missed.'}
`;
}
