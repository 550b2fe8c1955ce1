import { parseArgs } from 'node:util';
import { EXIT, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import { textTable } from '../simulation/simulation-report.ts';
import { runSeed } from './bench-faults.ts';
import {
  defaults,
  enoughStaff,
  lostAnswers,
  missedCalls,
  night,
  oneAtATime,
  type Row,
  refusedRingTimeout,
  scarceStaff,
} from './burst-rows.ts';
import { type BurstResult, COLUMNS, cellsOf, endingsOf, remarksOn, uncontendedPath } from './burst-table.ts';
import { targetsOf } from './burst-targets.ts';
import { measure } from './measure-burst.ts';
import { writePerformancePage } from './performance-page.ts';

const HELP = `Sends many requests through the whole path in virtual time: this project compared with the function of KARTE's guide,
including the retries of boto3 and Lambda, a function that asks once, and "retries with jitter only", with the same
arrivals, agents and customers.

  npm run bench -- burst [--requests N] [--arrivals once|SECONDS] [--seed N] [--json] [--write]

  --requests N   one scenario of N requests, with staff for all of them (default: those of docs/performance.md: one at a
                 time, 100, 1,000 and 10,000 at once, lost answers, scarce staff, missed calls, a refused ring time-out,
                 overnight requests, and the default settings of a stage)
  --arrivals     all at once, or spread over SECONDS; needs --requests (default once)
  --seed N       seed of the random numbers; the same seed gives the same figures on every machine (default 1)
  --json         print one JSON document
  --write        write docs/performance.md; not with --requests

Exits with 1 if a target of the project is missed.
`;

/** Requests of the run under faults that docs/performance.md describes. */
const FAULTS_ON_THE_PAGE = 10_000;

/** `npm run bench -- burst` */
export async function benchBurst(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      requests: { type: 'string' },
      arrivals: { type: 'string', default: 'once' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const seed = wholeNumber('--seed', values.seed, 0, 2 ** 31 - 1);
  const results = await measureRows(rowsFor(values, seed));
  if (values.write) {
    if (process.stderr.isTTY) console.error('faults …');
    writePerformancePage(results, await runSeed(seed, FAULTS_ON_THE_PAGE, 0));
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, rows: results.map(asJson) }, null, 2)}\n`);
  else process.stdout.write(render(results, seed));
  return results.every(({ targets }) => targets.every(({ met }) => met)) ? EXIT.fine : EXIT.problems;
}

function rowsFor(
  { requests, arrivals, write }: { requests?: string | undefined; arrivals: string; write: boolean },
  seed: number,
): Row[] {
  if (requests === undefined) {
    if (arrivals !== 'once') throw new UsageError('--arrivals needs --requests: say how many requests there are');
    return [
      oneAtATime(20, 600, seed, 'Requests are so far apart that every function starts in a new execution environment.'),
      oneAtATime(60, 60, seed, 'After the first request every function finds a warm execution environment.'),
      ...[100, 1_000, 10_000].map((count) => enoughStaff(count, 0, seed)),
      lostAnswers(seed),
      scarceStaff(seed),
      missedCalls(seed),
      refusedRingTimeout(seed),
      night(seed),
      defaults(10_000, seed),
    ];
  }
  if (write) throw new UsageError('--write writes the whole page: leave --requests out');
  const count = wholeNumber('--requests', requests, 1, 12_000);
  return [enoughStaff(count, arrivals === 'once' ? 0 : wholeNumber('--arrivals', arrivals, 1, 3_600), seed)];
}

async function measureRows(rows: readonly Row[]): Promise<BurstResult[]> {
  const results: BurstResult[] = [];
  for (const row of rows) {
    if (process.stderr.isTTY) console.error(`${row.name} …`);
    const measured = await measure(row);
    const [ours] = measured;
    results.push({ row, measured, targets: ours ? targetsOf(row, ours) : [] });
  }
  return results;
}

const asJson = ({ row, measured, targets }: BurstResult) => ({ name: row.name, aim: row.aim, measured, targets });

function render(results: readonly BurstResult[], seed: number): string {
  const blocks = results.map((result) => {
    const { row, measured, targets } = result;
    const endings = endingsOf(result);
    return [
      row.name,
      '',
      textTable([...COLUMNS], measured.map(cellsOf)),
      ...remarksOn(result).map((remark) => `${remark}\n`),
      ...(endings ? [textTable(['requests', 'ended with'], endings.rows), `${endings.sentence}\n`] : []),
      textTable(
        ['target', 'measured', 'met'],
        targets.map(({ says, measured: value, met }) => [says, value, met ? 'met' : 'NOT MET']),
      ),
    ].join('\n');
  });
  const path = uncontendedPath(results);
  return [
    `Virtual time, seed ${seed}. What the columns mean: docs/performance.md`,
    '',
    ...blocks,
    `A call that does not have to wait takes ${path.length} states: ${path.join(' → ')}`,
    '',
  ].join('\n');
}
