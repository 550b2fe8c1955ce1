import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from '../simulation/simulation-report.ts';
import type { RoadDelays } from './road-endpoints.ts';
import { type MeasuredWay, type RoadTarget, STEP_COLUMNS, stepRows, WAY_COLUMNS, wayRows } from './road-table.ts';

const PAGE = join(import.meta.dirname, '../../../docs/cold-start.md');

/** What a run of the bench has found. */
interface RoadReport {
  /** The options it was given, as typed. */
  options: string;
  runs: number;
  delays: RoadDelays;
  /** This project comes last. */
  ways: readonly MeasuredWay[];
  targets: readonly RoadTarget[];
}

export function writeColdStartPage(report: RoadReport): void {
  writeFileSync(PAGE, coldStartPage(report));
}

/** docs/cold-start.md. Times depend on the machine; counts and ratios hardly do. */
export function coldStartPage({ options, runs, delays, ways, targets }: RoadReport): string {
  const project = ways.at(-1);
  if (!project) throw new Error('there is nothing to write about');
  const { first, cold, warm } = project.moments;
  const seconds = (value: number) => `${(value / 1_000).toFixed(1)} s`;
  return [
    '# Cold start',
    `Written by \`npm run bench -- road${options} --write\` with Node ${process.version} on ${cpus()[0]?.model.trim() || 'an unknown processor'}.`,
    `After some minutes without a request for a call, Lambda removes the idle execution environments, and each function that
a call needs starts again: Node, the module, the AWS SDK's first request. The visitor waits for this. In this benchmark it takes
${seconds(cold.untilAsked.wallMs)} from the event until Amazon Connect is asked for the call, ${seconds(warm.untilAsked.wallMs)} where the functions are warm, and ${seconds(first.untilAsked.wallMs)} for the very first call of
a stage. The time that AWS itself takes is not included: delivering the event, running the state machine, and creating environments until Node
starts ([performance](performance.md) lists what is assumed about it).`,
    '## How it is measured',
    `Each function is bundled as its commit's \`serverless.yml\` says, and runs in a fresh process with the environment variables that Lambda would set and no
compile cache. The state machine definition passes the event through them. DynamoDB and Amazon Connect are those of the local stack, in a
process of their own, over TLS. They answer after ${delays.tableMs} ms (DynamoDB), ${delays.parameterMs} ms (Parameter Store), ${delays.connectReadMs} ms (reads from Amazon Connect) and ${delays.startCallMs} ms (StartOutboundVoiceContact): assumed values, as AWS
publishes none. Every figure is the median of ${runs} runs, in which the approaches take turns.`,
    `CPU time is measured. Wall time is calculated from it: the measured waits for answers, plus the CPU time divided by the share of a core that
the memory setting gives (memory / 1,769 MB), from the start of Node. With that share enforced by a Linux cgroup quota, cold calls took 10 to 20 % longer than
calculated, as an interrupted process needs slightly more CPU time; the ratio of two approaches was unaffected.`,
    '## The approaches',
    ways.map(({ name, says }) => `- **${name}**: ${says}.`).join('\n'),
    markdownTable([...WAY_COLUMNS], wayRows(ways)),
    `- **first**: the stage's first call ever: new processes, empty tables, nothing read from Amazon Connect yet. **cold**: new processes, tables in use; the cached
  number of free agents has expired (after 5 s), the queue's hours have not. **warm**: the same processes again, immediately.
- **to phone**: until StartOutboundVoiceContact has been sent. **in all**: until the last state's function has finished.
- **CPU**: module loads and invocations, all threads. The start of Node is included in the wall time only.
- **init at full speed**: the wall time to the phone if Lambda runs the start of Node and the module load at the full speed of a core, whatever the memory.
  [Others have observed this](https://bitesizedserverless.com/bite/when-is-the-lambda-init-phase-free-and-when-is-it-billed/) and AWS Labs
  [mentions a CPU burst](https://awslabs.github.io/aws-lambda-web-adapter/configuration/async-init.html), but AWS's own guide does not, so no target uses it.
- **in a row**: consecutive requests to AWS, each sent after the answer to the previous one, summed over the functions. **requests**: all requests of the call.
- **units r/w**: DynamoDB's read and write request units, as DynamoDB reports them.
- **GB-s**, **USD/1,000**: billed duration times memory, and the cost of a thousand such calls at the prices of [performance](performance.md#prices).
  [Lambda also bills the start of an environment](https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/).`,
    ...ways.flatMap((way) => [`## Step by step: ${way.name}`, markdownTable([...STEP_COLUMNS], stepRows(way))]),
    `Start, load, first and later invocation are CPU time. **first, wall** is the cold step including its start, **later, wall** the warm one. Requests are those of the cold call. **peak
memory** is the resident set of the process, about 45 MB of which is Node itself.`,
    ...(targets.length === 0
      ? []
      : [
          '## Targets',
          markdownTable(
            ['target', 'measured', ''],
            targets.map(({ says, measured, met }) => [says, measured, met ? 'met' : '**not met**']),
          ),
        ]),
    `## Use in the burst model

The command also writes \`packages/sandbox/simulation/measured-starts.json\`, from which the bursts of [performance](performance.md) and \`npm run bench -- faults\` take
each function's CPU time at its start and later. Run \`npm run bench -- burst --write\` afterwards to update that page.
`,
  ]
    .map((part) => part.trimEnd())
    .join('\n\n')
    .concat('\n');
}
