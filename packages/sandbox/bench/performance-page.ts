import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRICES, PRICES_OF } from '../simulation/prices.ts';
import { markdownTable } from '../simulation/simulation-report.ts';
import { type SeedResult, seedTables } from './bench-faults.ts';
import { ASSUMED_COMPUTING_MS, jitterOf } from './burst-rows.ts';
import { type BurstResult, COLUMNS, cellsOf, uncontendedPath } from './burst-table.ts';

const PAGE = join(import.meta.dirname, '../../../docs/performance.md');

export function writePerformancePage(results: readonly BurstResult[], faults: SeedResult): void {
  writeFileSync(PAGE, performancePage(results, faults));
}

/** docs/performance.md. Nothing in it depends on the machine: time is virtual, and chance comes from the seed. */
export function performancePage(results: readonly BurstResult[], faults: SeedResult): string {
  const [first] = results;
  const path = uncontendedPath(results);
  const missed = results.flatMap(({ row, targets }) =>
    targets.filter(({ met }) => !met).map((target) => ({ row, ...target })),
  );
  return [
    '# Performance',
    `Written by \`npm run bench -- burst --write\` (seed ${faults.seed}). The project's own functions, adapters and state machine file run in
virtual time against a model of AWS ([what it assumes](assumptions.md)), so these numbers are the same on every machine.
Speed of this machine plays no part in them; \`npm run bench -- load\` and \`npm run bench -- flows\` measure that.`,
    first ? surroundings(first) : '',
    '## Bursts',
    ...results.flatMap(({ row, measured }) => [
      `### ${row.name}`,
      markdownTable([...COLUMNS], measured.map(cellsOf)),
      ...(row.aim === 'defaults' && measured[0] ? [endings(measured[0])] : []),
    ]),
    '### How to read the columns',
    columns(first),
    '### The ways',
    WAYS_IN_WORDS,
    '## States',
    `Uncontended, a call takes ${path.length} states: ${path.map((state) => `\`${state}\``).join(' → ')}. Through the waiting room it is one more,
whatever N and however long the wait: nobody polls, the release function answers the task token of whoever is next.`,
    '## Targets',
    markdownTable(
      ['row', 'target', 'measured', ''],
      results.flatMap(({ row, targets }) =>
        targets.map(({ says, measured, met }) => [row.name, says, measured, met ? 'met' : '**not met**']),
      ),
    ),
    missed.length === 0 ? 'All targets are met.' : `${missed.length} of them are not met: the table says by how much.`,
    '## Prices',
    `Public prices of ${PRICES_OF}, Asia Pacific (Tokyo), no free tier, without what Amazon Connect charges for the calls. Usage is counted in the
run; a function is taken to compute for ${ASSUMED_COMPUTING_MS} ms besides waiting for the answers of DynamoDB and Amazon Connect, with 512 MB. Not in
it: logs, alarms, and the empty polls of the release queue, which cost the same without any call.`,
    'What this project used for a thousand requests:',
    usages(results),
    markdownTable(
      ['price', 'source'],
      Object.values(PRICES).map(({ says, source }) => [says, source]),
    ),
    '## Under faults',
    `\`npm run bench -- faults\` sends 10,000 requests and more through the same world while everything goes wrong in it: duplicates and
redeliveries in any order, throttling, errors and time-outs before and after Amazon Connect has accepted the call, functions that die between two
answers, DynamoDB that throttles or answers too late, lost, late and doubled events, clocks that disagree, executions that are aborted or run out
of time, and an emergency stop in the middle. It checks on every step and at the end.`,
    ...seedTables(faults, markdownTable),
    'A seed that breaks one of them is shrunk to the fewest requests and kinds of fault that still break it, and printed as the story of those\nrequests. Three seeds run with `npm test`.',
    '',
  ]
    .map((part) => part.trimEnd())
    .join('\n\n');
}

function surroundings({ row: { scenario } }: BurstResult): string {
  const { delays, quotas, customers } = scenario;
  const range = ([low, high]: readonly [number, number]) => `${low}–${high}`;
  return `What surrounds the path: every state of an execution begins ${range(delays.stateSeconds)} s late, a function starts within ${range(delays.invocationMs)} ms, DynamoDB
answers in ${range(delays.tableMs)} ms and Amazon Connect in ${range(delays.connectMs)} ms, events come ${range(delays.eventMs)} ms late and metrics are ${delays.metricsLagSeconds} s old. StartExecution allows
${quotas.startExecution.perSecond} a second after ${quotas.startExecution.burst} at once, Lambda ${quotas.lambdaConcurrency.toLocaleString('en')} functions at a time, StartOutboundVoiceContact 2 a second after 5 at once. Phones ring for
${range(customers.ringSeconds)} s; people talk for ${range(customers.talkSeconds)} s where the row says nothing else.`;
}

const columns = (first: BurstResult | undefined): string =>
  [
    '**time**: from the first request to the last call. **ideal**: the least that the quota allows, (N − 5) / 2 seconds. **ratio**: one by the other.',
    '**throttled**: share of the requests to StartOutboundVoiceContact that were refused for their rate.',
    `**overtaken**: requests that were called after one that was delivered later by more than chance can explain: the sum of the longest jitters before
  the place in line is settled${first ? `, ${(jitterOf(first.row.scenario) / 1_000).toFixed(1)} s here` : ''}; for the baselines, which have no line, the longest delay of their one request.`,
    '**over-dial**: the most calls dialling, in the flow or queued beyond the agents who were free at that moment: customers who hear music because\n  they were called too early.',
    '**idle**: the longest that an agent was free, with no call on its way to them, while somebody waited. With staff for everybody it is long, as\n  the quota is what keeps people waiting, and with the default settings, since ten calls at once are.',
    '**states**: entered by executions whose call was placed, mean and most. **retries**: for each placed call.',
    '**USD/1,000 calls**, **USD/1,000 requests**: the same cost for a thousand placed calls (refused requests are in it) and for a thousand requests.',
  ]
    .map((line) => `- ${line}`)
    .join('\n');

const WAYS_IN_WORDS = `- **no retry**: a function that asks Amazon Connect once per event, as KARTE's guide builds it. What is throttled is lost.
- **jitter only**: a state machine of one task that repeats with full jitter (1 s, doubled, a minute at most) until the call is accepted or the
  request is too old. It looks at neither agents nor limits.`;

function usages(results: readonly BurstResult[]): string {
  const kinds = Object.keys(PRICES) as (keyof typeof PRICES)[];
  const rows = results.flatMap(({ row, measured: [ours] }) => {
    if (!ours) return [];
    const each = kinds.map((kind) => Math.round((1_000 * ours.usage[kind]) / ours.requests).toLocaleString('en'));
    return [[row.name, ...each]];
  });
  const head = [
    'row',
    'state transitions',
    'Lambda requests',
    'GB-seconds',
    'write units',
    'read units',
    'SQS requests',
    'events',
  ];
  return markdownTable(head, rows);
}

const endings = ({ outcomes, refusedAfterSeconds: { median, longest } }: BurstResult['measured'][number]): string =>
  `${markdownTable(
    ['requests', 'ended with'],
    Object.entries(outcomes).map(([ending, count]) => [count.toLocaleString('en'), ending]),
  )}\nWithout a call, a request ended after ${median.toFixed(1)} s (median), ${longest.toFixed(1)} s at most.`;
