import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRICES, PRICES_OF } from '../../../resources/prices.ts';
import { BOTO3 } from '../simulation/boto3.ts';
import { markdownTable } from '../simulation/simulation-report.ts';
import { type SeedResult, seedTables } from './bench-faults.ts';
import { type BurstResult, COLUMNS, cellsOf, endingsOf, remarksOn, uncontendedPath } from './burst-table.ts';
import { modelTable } from './model-table.ts';

const PAGE = join(import.meta.dirname, '../../../docs/performance.md');

/** What another command has written stays. */
export function writePerformancePage(results: readonly BurstResult[], faults: SeedResult): void {
  writeFileSync(PAGE, `${performancePage(results, faults)}${logSectionIn(readFileSync(PAGE, 'utf8'))}`);
}

const LOG_HEADING = '\n## The call log\n';

/** The last section of the page, with its heading. */
const logSectionIn = (page: string): string =>
  page.includes(LOG_HEADING) ? page.slice(page.indexOf(LOG_HEADING)) : '';

/** Rewrites the section about the call log. @param section without its heading */
export function writeLogSection(section: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const rest = page.slice(0, page.length - logSectionIn(page).length);
  writeFileSync(PAGE, `${rest.trimEnd()}\n${LOG_HEADING}\n${section.trimEnd()}\n`);
}

/** docs/performance.md. Nothing in it depends on the machine: time is virtual, and randomness comes from the seed. */
export function performancePage(results: readonly BurstResult[], faults: SeedResult): string {
  const [first] = results;
  const path = uncontendedPath(results);
  const missed = results.flatMap(({ row, targets }) =>
    targets.filter(({ met }) => !met).map((target) => ({ row, ...target })),
  );
  return [
    '# Performance',
    `Written by \`npm run bench -- burst --write\` (seed ${faults.seed}). The project's own functions, adapters and state machine definition
run in virtual time against a model of AWS, so these numbers are the same on every machine.
\`npm run bench -- load\` and \`npm run bench -- flows\` measure the speed of the machine they run on.`,
    'AWS and people are modelled. The figures are only as good as the assumptions of the model:',
    ...(first ? [modelTable(first.row.scenario)] : []),
    `**documented**: AWS says so. **seen by others**: somebody measured it and published it. **inferred**: it follows from
something else. **assumed**: nothing is published; a plausible value. Sources: [assumptions](assumptions.md). The first line, the delay of
each state, is the least certain and accounts for most of a single visitor's wait: the scenarios in which it matters are also run without it, as \`no state delay\`.`,
    '## Bursts',
    ...results.flatMap((result) => {
      const endings = endingsOf(result);
      return [
        `### ${result.row.name}`,
        markdownTable([...COLUMNS], result.measured.map(cellsOf)),
        ...remarksOn(result),
        ...(endings ? [markdownTable(['requests', 'ended with'], endings.rows), endings.sentence] : []),
      ];
    }),
    '### How to read the columns',
    COLUMNS_IN_WORDS,
    '### The approaches',
    WAYS_IN_WORDS,
    '## States',
    `A call that does not have to wait takes ${path.length} states: ${path.map((state) => `\`${state}\``).join(' → ')}. The waiting room adds one,
however many requests wait and however long: no execution polls, the release function answers the task token of the next request in line.`,
    '## Targets',
    markdownTable(
      ['scenario', 'target', 'measured', ''],
      results.flatMap(({ row, targets }) =>
        targets.map(({ says, measured, met }) => [row.name, says, measured, met ? 'met' : '**not met**']),
      ),
    ),
    missed.length === 0
      ? 'All targets are met.'
      : `Not met: ${missed.length} of ${results.flatMap(({ targets }) => targets).length}.`,
    '## Prices',
    `Public prices of ${PRICES_OF}, Asia Pacific (Tokyo), no free tier, excluding Amazon Connect's charges for the calls. Usage is counted
during the run. This project's functions use the CPU time and memory of [cold start](cold-start.md); those of the other approaches use no CPU time (512 MB; the
guide's function 128 MB, Lambda's default). Excluded: logs, alarms, the guide's SNS topic, and the empty polls of the release queue, whose cost does not depend on calls.`,
    'Usage of this project per thousand requests:',
    usages(results),
    markdownTable(
      ['price', 'source'],
      Object.values(PRICES).map(({ says, source }) => [says, source]),
    ),
    '## Under faults',
    `\`npm run bench -- faults\` sends just over 10,000 requests through the same model and injects faults: duplicates and
redeliveries in any order, throttling, errors and time-outs before and after Amazon Connect has accepted the call, functions that die between two
answers, DynamoDB that throttles or answers too late, lost, late and duplicated events, clocks that disagree, executions that are aborted or time
out, and an emergency stop halfway. The invariants below are checked at every step and at the end.`,
    ...seedTables(faults, markdownTable),
    'A seed that breaks an invariant is reduced to the fewest requests and kinds of fault that still break it, and the history of those requests is\nprinted. `npm test` runs three seeds.',
    '',
  ]
    .map((part) => part.trimEnd())
    .join('\n\n');
}

const COLUMNS_IN_WORDS = `- **placed**: requests whose phone rang. **twice**: additional calls for a request that had already been called. **wait**: from a request to its call, median and longest.
- **time**: from the first request to the last call. **ideal**: the least that the quota allows for the calls placed, (N − 5) / 2 seconds, or
  the period over which the requests arrive. **ratio**: time divided by ideal.
- **throttled**: share of the requests to StartOutboundVoiceContact that were refused for their rate.
- **overtaken**: requests called after one that was delivered later, by more than the random delays of the model can explain: for this project the sum of
  the longest delays before the place in line is settled; for the others, which have no line, the longest delay of one request.
- **over-dial**: the most calls dialling, in the flow or queued beyond the agents free at that moment: customers who hear music because
  they were called too early.
- **idle**: the longest time an agent was free, with no call on its way to them, while somebody waited. It is long where the agents are not the bottleneck:
  with staff for everybody the quota is, with the default settings the limit of ten calls at once.
- **states**: entered by executions whose call was placed, mean and most. **retries**: per placed call.
- **USD/1,000 calls**, **USD/1,000 requests**: the total cost per thousand placed calls (refused requests included) and per thousand requests.`;

const WAYS_IN_WORDS = `- **no state delay**: this project again, with Step Functions taking no time to enter a state; the difference from \`this project\` is the
  inferred delay. It is left out of the scenarios of 10,000 requests, where the quota takes far longer.
- **guide's function**: the function of KARTE's guide, set up as the guide says: rule, topic, function. It asks Amazon Connect once through boto3, which
  retries throttled requests itself: ${BOTO3.attempts} attempts in all, with pauses of up to 1, 2, 4 and 8 s. Lambda runs a failed function twice more, after
  one minute and after two. Its code sets no client token, so boto3 makes one for each run: if the first run was accepted, another run
  makes the same phone ring again. The guide sets no time limit, and Lambda's default of three seconds often ends a run before boto3 has finished. In its
  favour, the topic, the start of Python and the creation of the client in 128 MB of memory take no time here.
- **guide's function, 15 min**: the same with the longest time limit that Lambda allows.
- **asks once**: a function that asks Amazon Connect once per event and never again, with the SDK's retries turned off. What is throttled is lost.
- **jitter only**: a state machine of one task that retries with full jitter (1 s, doubling, at most a minute) until the call is accepted or the
  request is too old.

None of the others checks agents, limits, opening hours or blocked numbers.`;

function usages(results: readonly BurstResult[]): string {
  const kinds = Object.keys(PRICES) as (keyof typeof PRICES)[];
  const rows = results.flatMap(({ row, measured: [ours] }) => {
    if (!ours) return [];
    const each = kinds.map((kind) => Math.round((1_000 * ours.usage[kind]) / ours.requests).toLocaleString('en'));
    return [[row.name, ...each]];
  });
  const head = [
    'scenario',
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
