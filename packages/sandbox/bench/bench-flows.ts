import { parseArgs } from 'node:util';
import { type CallCase, compareFlows, lintFlow, readFlow, simulateCall } from 'connect-flow-kit';
import { EXIT, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import { flowCommand, measureFlowCommands, meetsTarget, renderCommands } from './bench-flow-commands.ts';
import { median } from './median.ts';
import { syntheticFlow } from './synthetic-flow.ts';

const HELP = `Reads, lints, simulates and compares made-up flows: one of 90 blocks, and one of 250, the most Amazon Connect takes.

  npm run bench -- flows [--runs N] [--json]
  npm run bench -- flows --against REF [--only COMMAND] [--runs N] [--json]

  --runs N        times each is measured (default 30; 9 with --against)
  --against REF   the commands of npm run flows as whole processes, in turn with those of that commit; exits with 1 where one
                  takes more than 0.7 times as much CPU time
  --only COMMAND  with --against: lint, simulate, diff or review alone; may be given more than once
  --json          print one JSON document
`;

const SIZES = [90, 250];

interface Row {
  blocks: number;
  task: string;
  /** Blocks that the task goes through; a call goes through some more than once. */
  visited: number;
  /** Median, in milliseconds. */
  ms: number;
  blocksPerSecond: number;
  /** Multiple of the baseline's time. */
  ratio: number;
}

/**
 * `npm run bench -- flows`: what linting, simulating and comparing a flow cost, compared with parsing its JSON and writing it
 * again, measured in turn in the same process.
 */
export async function benchFlows(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      against: { type: 'string' },
      only: { type: 'string', multiple: true },
      runs: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const { against, only, runs: given = against === undefined ? '30' : '9' } = values;
  const runs = wholeNumber('--runs', given, 1, 10_000);
  if (only !== undefined && against === undefined) throw new UsageError('--only needs --against');
  if (against !== undefined) {
    const measured = await measureFlowCommands(against, runs, only?.map(flowCommand));
    process.stdout.write(values.json ? `${JSON.stringify(measured, null, 2)}\n` : renderCommands(measured, runs));
    return meetsTarget(measured.rows) ? EXIT.fine : EXIT.problems;
  }
  const rows = SIZES.flatMap((blocks) => measure(blocks, runs));
  if (values.json) process.stdout.write(`${JSON.stringify({ node: process.version, runs, rows }, null, 2)}\n`);
  else process.stdout.write(render(rows, runs));
  return EXIT.fine;
}

interface Task {
  says: string;
  /** Returns how many blocks it went through. */
  run(): number;
}

function measure(blocks: number, runs: number): Row[] {
  const tasks = tasksOf(blocks);
  const times = tasks.map((): number[] => []);
  const visited = tasks.map(({ run }) => run());
  // In turn, so that a machine that grows slower slows all of them.
  for (let run = 0; run < runs; run += 1) {
    for (const [index, task] of tasks.entries()) times[index]?.push(timed(task));
  }
  const medians = times.map(median);
  return tasks.map(({ says }, index) => {
    const ms = medians[index] ?? 0;
    const through = visited[index] ?? 0;
    return {
      blocks,
      task: says,
      visited: through,
      ms,
      blocksPerSecond: (through / ms) * 1_000,
      ratio: ms / (medians[0] ?? ms),
    };
  });
}

function timed({ run }: Task): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

/** The caller: presses what is wanted, asks for more, or presses nothing until the flow gives up. */
const CALLS: readonly CallCase[] = ['1', '2', ''].map((key) => ({
  attributes: { user_type: key === '1' ? 'member' : 'visitor', queue_arn: '00000000-0000-4000-8000-00000000c001' },
  press: Array.from({ length: 200 }, () => key),
}));

function tasksOf(blocks: number): [Task, ...Task[]] {
  const document = syntheticFlow(blocks);
  const text = JSON.stringify(document);
  const renamed = readFlow(JSON.stringify(document, inOtherNames)).flow;
  return [
    {
      says: 'parse and write JSON (baseline)',
      run: () => {
        JSON.stringify(JSON.parse(text));
        return blocks;
      },
    },
    { says: 'read', run: () => readFlow(text).flow.Actions.length },
    {
      says: 'read and lint',
      run: () => {
        lintFlow(readFlow(text));
        return blocks;
      },
    },
    {
      says: `simulate ${CALLS.length} calls`,
      run: () =>
        CALLS.reduce(
          (sum, call) => sum + simulateCall({ name: 'synthetic', document }, call, () => undefined).taken.length,
          0,
        ),
    },
    {
      says: 'compare with all blocks renamed',
      run: () => {
        compareFlows(document, renamed);
        return blocks;
      },
    },
  ];
}

const inOtherNames = (key: string, value: unknown): unknown =>
  ['Identifier', 'NextAction', 'StartAction'].includes(key) ? `${value} again` : value;

function render(rows: readonly Row[], runs: number): string {
  const head = ['blocks', 'task', 'time', 'blocks/s', 'ratio'];
  const body = rows.map(({ blocks, task, ms, blocksPerSecond, ratio }) => [
    String(blocks),
    task,
    `${ms.toFixed(2)} ms`,
    Math.round(blocksPerSecond).toLocaleString('en'),
    ratio.toFixed(1),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [`Node ${process.version}; median of ${runs} runs`, '', line(head), ...body.map(line), ''].join('\n');
}
