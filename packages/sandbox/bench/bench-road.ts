import { parseArgs } from 'node:util';
import { EXIT, wholeNumber } from 'connect-flow-kit/command-line';
import type { MeasuredStarts } from '../simulation/cold-starts.ts';
import { textTable } from '../simulation/simulation-report.ts';
import { writeColdStartPage } from './cold-start-page.ts';
import type { RoadDelays } from './road-endpoints.ts';
import type { RoadCall } from './road-figures.ts';
import { openRoad, type Road, type RoadMoment } from './road-runner.ts';
import { measureStarts, writeMeasuredStarts } from './road-starts.ts';
import { summaryOf } from './road-summary.ts';
import { type MeasuredWay, STEP_COLUMNS, stepRows, targetsOf, WAY_COLUMNS, wayRows } from './road-table.ts';
import { otherWays, projectWay, type RoadWay } from './road-ways.ts';

const HELP = `Sends calls through the whole path, from the event to the record: the bundles as they are packaged, a fresh process for
each function, endpoints on this machine over TLS. Compared with the function of KARTE's guide, and with a first draft of
a state machine with five functions.

  npm run bench -- road [--against REF] [--runs N] [--json] [--write]

  --against REF   also the project at that commit, run in turn with this one; exits with 1 if a target is missed
  --runs N        runs of each approach, in turn; every figure is their median (default 7)
  --json          print one JSON document
  --write         write docs/cold-start.md, and the CPU times that the burst model uses; npm run bench -- burst --write
                  then updates docs/performance.md
`;

/** Delay of one response. No figures are published for either; the values of the burst model are in the same range. */
const DELAYS: RoadDelays = { tableMs: 5, parameterMs: 5, connectReadMs: 80, startCallMs: 80 };

/** `npm run bench -- road` */
export async function benchRoad(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      against: { type: 'string' },
      runs: { type: 'string', default: '7' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const runs = wholeNumber('--runs', values.runs, 1, 100);
  const { project, baseline, others, starts } = await measureWays(values.against, runs, values.write);
  const targets = baseline ? targetsOf(project, baseline) : [];
  const all = [...others, ...(baseline ? [baseline] : []), project];
  if (starts) {
    const options = values.against === undefined ? '' : ` --against ${values.against}`;
    writeColdStartPage({ options, runs, delays: DELAYS, ways: all, targets });
    writeMeasuredStarts(starts);
  }
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ node: process.version, runs, delays: DELAYS, ways: all, targets }, null, 2)}\n`,
    );
  } else process.stdout.write(render(all, targets, runs));
  return targets.every(({ met }) => met) ? EXIT.fine : EXIT.problems;
}

interface Measured {
  project: MeasuredWay;
  baseline?: MeasuredWay;
  others: MeasuredWay[];
  /** Where they are to be written. */
  starts?: MeasuredStarts;
}

async function measureWays(against: string | undefined, runs: number, write: boolean): Promise<Measured> {
  const road = await openRoad(DELAYS);
  const ways: RoadWay[] = [];
  try {
    tell('bundling');
    // First, so that a commit that does not exist is reported at once.
    const baseline = against === undefined ? undefined : await projectWay(against, against, road.port);
    if (baseline) ways.push(baseline);
    const project = await projectWay('this project', undefined, road.port);
    ways.push(project);
    const others = await otherWays(project);
    ways.push(...others);
    const measured = await measureInTurn(road, ways, runs);
    const of = ({ name }: RoadWay) => measured.get(name) as MeasuredWay;
    if (write) tell('what only loads');
    return {
      project: of(project),
      ...(baseline && { baseline: of(baseline) }),
      others: others.map(of),
      ...(write && { starts: await measureStarts(road, project, of(project), runs) }),
    };
  } finally {
    tell('');
    for (const { dispose } of ways) dispose();
    await road.close();
  }
}

/** Each run takes every approach once, so that a machine that slows down slows all of them. The very first runs do not count. */
async function measureInTurn(road: Road, ways: readonly RoadWay[], runs: number): Promise<Map<string, MeasuredWay>> {
  const calls = new Map(ways.map((way) => [way, [] as Record<RoadMoment, RoadCall>[]]));
  for (let run = 0; run <= runs; run += 1) {
    for (const [way, kept] of calls) {
      tell(run === 0 ? `${way.name}, to warm up` : `${way.name}, run ${run} of ${runs}`);
      const result = await road.run(way);
      if (run > 0) kept.push(result);
    }
  }
  return new Map(
    [...calls].map(([{ name, says }, kept]) => {
      const summary = (moment: RoadMoment) => summaryOf(kept.map((run) => run[moment]));
      return [name, { name, says, moments: { first: summary('first'), cold: summary('cold'), warm: summary('warm') } }];
    }),
  );
}

/** One line of progress, for people. */
function tell(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${what.padEnd(50)}${what === '' ? '\r' : ''}`);
}

function render(ways: readonly MeasuredWay[], targets: ReturnType<typeof targetsOf>, runs: number): string {
  return [
    `Node ${process.version}; medians of ${runs} runs in turn. What the columns mean: docs/cold-start.md`,
    '',
    ...ways.map(({ name, says }) => `${name}: ${says}`),
    '',
    textTable([...WAY_COLUMNS], wayRows(ways)),
    ...ways.map((way) => `${way.name}, step by step\n\n${textTable([...STEP_COLUMNS], stepRows(way))}`),
    ...(targets.length === 0
      ? []
      : [
          textTable(
            ['target', 'measured', 'met'],
            targets.map(({ says, measured, met }) => [says, measured, met ? 'met' : 'NOT MET']),
          ),
        ]),
    '',
  ].join('\n');
}
