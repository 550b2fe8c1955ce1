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

/** Writes the section about the call log anew. @param section without its heading */
export function writeLogSection(section: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const rest = page.slice(0, page.length - logSectionIn(page).length);
  writeFileSync(PAGE, `${rest.trimEnd()}\n${LOG_HEADING}\n${section.trimEnd()}\n`);
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
    'Whatever is not this project (AWS, people) is a model. The figures are counted in it, so they are as good as what it takes for true:',
    ...(first ? [modelTable(first.row.scenario)] : []),
    `**documented**: AWS says so. **seen by others**: somebody measured it and published it. **inferred**: it follows from
something else. **assumed**: nothing is published; a plausible value. The sources are in [assumptions](assumptions.md). Most of what a single visitor
waits for this project is the first line, the least certain of all: the rows say how much, and have the figure without it as \`states at once\`.`,
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
    '### The ways',
    WAYS_IN_WORDS,
    '## States',
    `Uncontended, a call takes ${path.length} states: ${path.map((state) => `\`${state}\``).join(' → ')}. Through the waiting room it is one more,
whatever N and however long the wait: nobody polls, the release function answers the task token of the next request in line.`,
    '## Targets',
    markdownTable(
      ['row', 'target', 'measured', ''],
      results.flatMap(({ row, targets }) =>
        targets.map(({ says, measured, met }) => [row.name, says, measured, met ? 'met' : '**not met**']),
      ),
    ),
    missed.length === 0
      ? 'All targets are met.'
      : `Not met: ${missed.length} of ${results.flatMap(({ targets }) => targets).length}. The table says by how much.`,
    '## Prices',
    `Public prices of ${PRICES_OF}, Asia Pacific (Tokyo), no free tier, without what Amazon Connect charges for the calls. Usage is counted in the
run; what a function computes besides its start and the waiting for answers of DynamoDB and Amazon Connect, and its memory, are those of
[cold start](cold-start.md); the others compute nothing (512 MB; the guide's 128 MB, Lambda's own default). Not in it: logs, alarms, the guide's SNS topic, and the empty polls of the release queue, which cost the same without any call.`,
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

const COLUMNS_IN_WORDS = [
  '**placed**: requests whose phone rang. **twice**: calls beyond the first of a request. **wait**: from a request to its call, median and longest.',
  '**time**: from the first request to the last call. **ideal**: the least that the quota allows for the calls of this line, (N − 5) / 2 seconds, or\n  the time in which the requests come. **ratio**: one by the other.',
  '**throttled**: share of the requests to StartOutboundVoiceContact that were refused for their rate.',
  `**overtaken**: requests that were called after one that was delivered later by more than chance can explain: the sum of the longest delays before
  the place in line is settled; for the others, which have no line, the longest delay of one request.`,
  '**over-dial**: the most calls dialling, in the flow or queued beyond the agents who were free at that moment: customers who hear music because\n  they were called too early.',
  '**idle**: the longest that an agent was free, with no call on its way to them, while somebody waited. With staff for everybody it is long, as\n  the quota is what keeps people waiting, and with the default settings, since ten calls at once are.',
  '**states**: entered by executions whose call was placed, mean and most. **retries**: for each placed call.',
  '**USD/1,000 calls**, **USD/1,000 requests**: the same cost for a thousand placed calls (refused requests are in it) and for a thousand requests.',
]
  .map((line) => `- ${line}`)
  .join('\n');

const WAYS_IN_WORDS = `- **states at once**: this project once more, where Step Functions takes no time to enter a state. Between the two lines lies
  what is only inferred. It is left out of rows of 10,000 requests, whose minutes the quota takes.
- **guide's function**: the function of KARTE's guide, set up as the guide says: rule, topic, function. It asks Amazon Connect once through boto3, which
  repeats what was throttled by itself, ${BOTO3.attempts} attempts in all with pauses of up to 1, 2, 4 and 8 s. A function that fails is run by Lambda twice more, after
  one minute and two. Its code names no client token, so boto3 makes one for each run: a number that is asked for again in another run rings twice if the first
  was accepted. The guide says nothing of a time limit, and Lambda's own is three seconds, which often ends a run before boto3 is through. In its favour,
  the topic takes no time here, nor do the start of Python and the making of the client in 128 MB of memory.
- **guide's function, 15 min**: the same with the longest time limit that Lambda has.
- **asks once**: a function that asks Amazon Connect once per event and never again, without the SDK's own retries. What is throttled is lost.
- **jitter only**: a state machine of one task that repeats with full jitter (1 s, doubled, a minute at most) until the call is accepted or the
  request is too old.

None of the others looks at agents, limits, opening hours or blocked numbers.`;

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
