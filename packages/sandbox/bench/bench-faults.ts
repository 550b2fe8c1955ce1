import { parseArgs } from 'node:util';
import { EXIT, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import type { CallRecord } from '../../../domain/call-record.ts';
import { violationsOf } from '../simulation/check-invariants.ts';
import { INVARIANTS, type Invariant, type Violation } from '../simulation/invariants.ts';
import { placedCalls, wasAnswered } from '../simulation/placed-calls.ts';
import { countBy } from '../simulation/report-figures.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { faultsIn, shrink } from '../simulation/shrink.ts';
import { type SimulationResult, simulate } from '../simulation/simulate.ts';
import { renderStory, textTable } from '../simulation/simulation-report.ts';
import { entriesOf, lastOutcomes, type Trace } from '../simulation/trace.ts';
import { benchPlanted } from './bench-planted.ts';
import { expectationsOf, faultsScenario } from './faults-scenario.ts';

const HELP = `Sends many requests through the whole path in virtual time with faults of every kind, and checks the invariants. A seed
that breaks one is reduced to the fewest requests and kinds of fault that still break it.

  npm run bench -- faults [--requests N] [--seed N] [--seeds N] [--budget N] [--json]
  npm run bench -- faults --planted [--only N] [--requests N] [--seed N] [--seeds N] [--json]

  --requests N   requests for each seed (default 10000; 1500 with --planted)
  --seed N       the first seed (default 1)
  --seeds N      number of seeds, one after the other (default 1; 6 with --planted)
  --budget N     most runs to reduce a seed that fails (default 60)
  --json         print one JSON document
  --planted      plant known mistakes in temporary copies of the sources, one by one, and show which invariant and
                 which seed detect each; later seeds are skipped
  --only N       only the planted mistake of this number

Exits with 1 if an invariant was broken, or a planted mistake was not detected.
`;

/** The result of one seed. */
export interface SeedResult {
  seed: number;
  requests: number;
  executions: number;
  calls: number;
  /** Requests to StartOutboundVoiceContact that were throttled for their rate, not by a fault. */
  throttled: number;
  /** Requests by their last outcome. */
  outcomes: Record<string, number>;
  /** About calls and their requests, what the invariants of a call's life need. */
  lives: Record<string, number>;
  faults: Record<string, number>;
  deadLetters: number;
  violations: readonly Violation[];
  /** The smallest scenario that breaks the same invariant, if one broke. */
  smallest?: { requests: number; faults: readonly string[]; runs: number; story: string };
}

/** `npm run bench -- faults` */
export async function benchFaults(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      requests: { type: 'string' },
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string' },
      budget: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  if (values.only !== undefined && !values.planted) throw new UsageError('--only needs --planted');
  const usual = values.planted ? { requests: '1500', seeds: '6' } : { requests: '10000', seeds: '1' };
  const requests = wholeNumber('--requests', values.requests ?? usual.requests, 1, 30_000);
  const first = wholeNumber('--seed', values.seed, 0, 2 ** 31 - 1);
  const count = wholeNumber('--seeds', values.seeds ?? usual.seeds, 1, 10_000);
  if (values.planted) {
    const only = values.only === undefined ? undefined : wholeNumber('--only', values.only, 1, 1_000);
    const seeds = Array.from({ length: count }, (_, index) => first + index);
    return benchPlanted(only, { requests, seeds }, values.json);
  }
  const budget = wholeNumber('--budget', values.budget, 0, 10_000);
  const results: SeedResult[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    if (process.stderr.isTTY) console.error(`seed ${seed} …`);
    const result = await runSeed(seed, requests, budget);
    results.push(result);
    if (!values.json) process.stdout.write(render(result));
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ seeds: results }, null, 2)}\n`);
  return results.every(({ violations }) => violations.length === 0) ? EXIT.fine : EXIT.problems;
}

/** Runs a scenario and checks it. */
export async function check(
  scenario: Scenario,
  run: (scenario: Scenario) => Promise<SimulationResult> = simulate,
): Promise<{ trace: Trace; calls: readonly CallRecord[]; violations: Violation[] }> {
  const result = await run(scenario);
  const { trace } = result;
  const { calls: items, ...others } = result.tables;
  const calls = items as unknown as CallRecord[];
  return { trace, calls, violations: violationsOf(trace, { calls, ...others }, expectationsOf(scenario, result)) };
}

/** Runs one seed and checks it; one that breaks something is shrunk, with at most this many runs. */
export async function runSeed(seed: number, requests: number, budget: number): Promise<SeedResult> {
  const scenario = faultsScenario(seed, requests);
  const { trace, calls, violations } = await check(scenario);
  const [broken] = violations;
  return {
    seed,
    requests: scenario.arrivals.length,
    executions: entriesOf(trace, 'delivered').length,
    calls: entriesOf(trace, 'rang').length,
    throttled: throttledOf(trace),
    outcomes: countBy([...lastOutcomes(trace).values()].map(({ outcome, reason }) => `${outcome} (${reason})`)),
    lives: livesIn(trace, calls),
    faults: countBy(entriesOf(trace, 'fault').map(({ fault }) => fault)),
    deadLetters: entriesOf(trace, 'dead-letter').length,
    violations,
    ...(broken && { smallest: await smallestOf(scenario, broken.invariant, budget) }),
  };
}

/** How often rare things happened to calls. */
function livesIn(trace: Trace, records: readonly CallRecord[]): Record<string, number> {
  const calls = placedCalls(trace);
  const faults = entriesOf(trace, 'fault');
  const requestsWith = (name: string) =>
    new Set(faults.flatMap(({ fault, requestId }) => (fault === name ? [requestId] : [])));
  const unanswered = calls.filter((call) => call.overAt !== undefined && !wasAnswered(call));
  const missedOf = Map.groupBy(unanswered, ({ phone }) => phone);
  const again = calls.filter(({ phone, rangAt }) =>
    missedOf.get(phone)?.some(({ overAt = rangAt }) => overAt < rangAt),
  );
  return {
    'calls transferred': calls.filter(({ contacts }) => contacts.size > 1).length,
    'calls that an agent missed': records.filter(({ agentMissed }) => agentMissed).length,
    'calls that nobody answered': unanswered.length,
    'calls again after an unanswered one': again.length,
    'calls without any contact event': requestsWith('callSilent').size,
    'calls recorded as lost': [...lastOutcomes(trace).values()].filter(({ outcome }) => outcome === 'lost').length,
    'executions redriven': faults.filter(({ fault }) => fault === 'executionRedriven').length,
  };
}

function throttledOf(trace: Trace): number {
  const refused = entriesOf(trace, 'asked').filter(({ result }) => result === 'TooManyRequestsException').length;
  return refused - entriesOf(trace, 'fault').filter(({ fault }) => fault === 'startThrottled').length;
}

/** The smallest scenario found that breaks the invariant, and its story. */
export async function smallestOf(
  scenario: Scenario,
  invariant: Invariant,
  budget: number,
  run: (scenario: Scenario) => Promise<SimulationResult> = simulate,
) {
  const breaks = ({ violations }: { violations: readonly Violation[] }) =>
    violations.find((violation) => violation.invariant === invariant);
  const shrunk = await shrink(scenario, async (smaller) => breaks(await check(smaller, run)) !== undefined, budget);
  const again = await check(shrunk.scenario, run);
  const violation = breaks(again);
  return {
    requests: shrunk.scenario.arrivals.length,
    faults: faultsIn(shrunk.scenario),
    runs: shrunk.runs,
    story: violation ? renderStory(again.trace, violation) : 'It broke once and does not break again.',
  };
}

/** A seed's tables, for the terminal or for a page. */
export function seedTables(result: SeedResult, table: (head: string[], rows: string[][]) => string): string[] {
  const counts = (of: Record<string, number>) =>
    Object.entries(of).map(([name, count]) => [count.toLocaleString('en'), name]);
  const checked = Object.entries(INVARIANTS).map(([name, says]) => {
    const broken = result.violations.filter(({ invariant }) => invariant === name).length;
    return [name, broken === 0 ? 'held' : `BROKEN ${broken} times`, says];
  });
  return [
    `Seed ${result.seed}: ${(['requests', 'executions', 'calls'] as const)
      .map((what) => `${result[what].toLocaleString('en')} ${what}`)
      .join(', ')}, ${result.deadLetters} dead letters; attempts throttled for their rate: ${result.throttled}`,
    table(['times', 'fault'], counts(result.faults)),
    table(['times', 'what happened to calls'], counts(result.lives)),
    table(['requests', 'ended with'], counts(result.outcomes)),
    table(['invariant', 'result', 'rule'], checked),
  ];
}

function render(result: SeedResult): string {
  const { smallest } = result;
  const [summary = '', ...tables] = seedTables(result, textTable);
  return [
    summary,
    '',
    ...tables,
    ...(smallest
      ? [
          `Smallest trace (${smallest.requests} requests, ${smallest.faults.join(', ') || 'no faults'}; ${smallest.runs} runs): ${smallest.story}`,
        ]
      : []),
  ].join('\n');
}
