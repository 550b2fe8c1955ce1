import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from '../simulation/simulation-report.ts';
import type { RoadDelays } from './road-endpoints.ts';
import { type MeasuredWay, type RoadTarget, STEP_COLUMNS, stepRows, WAY_COLUMNS, wayRows } from './road-table.ts';

const PAGE = join(import.meta.dirname, '../../../docs/cold-start.md');

/** What a run of the bench has found. */
interface RoadReport {
  /** The options it was given, as one types them. */
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

/** docs/cold-start.md. Times depend on the machine; what is counted and the ratios do so little. */
export function coldStartPage({ options, runs, delays, ways, targets }: RoadReport): string {
  const project = ways.at(-1);
  if (!project) throw new Error('there is nothing to write about');
  const { first, cold, warm } = project.moments;
  const seconds = (value: number) => `${(value / 1_000).toFixed(1)} s`;
  return [
    '# Cold start',
    `Written by \`npm run bench -- road${options} --write\` with Node ${process.version} on ${cpus()[0]?.model.trim() || 'an unknown processor'}.`,
    `Where nobody asked for a call for some minutes, Lambda has given up the execution environments of the functions, and each that
a call needs starts anew: Node, the module, the AWS SDK's first request. A visitor waits meanwhile. By this bench that is
${seconds(cold.untilAsked.wallMs)} from the event until Amazon Connect is asked for the call, beside ${seconds(warm.untilAsked.wallMs)} where the functions are warm, and ${seconds(first.untilAsked.wallMs)} for the very first call of
a stage. What AWS takes on its own account comes on top: the event's delivery, the state machine, new environments until Node
starts ([performance](performance.md) has what is assumed of those).`,
    '## How it is measured',
    `Each function is bundled as \`serverless.yml\` of its commit says, and runs in a fresh process with the variables that Lambda would give it and no
compile cache. The state machine file leads the event through them. DynamoDB and Amazon Connect are those of the local stack, in a
process of their own, over TLS. They answer after ${delays.tableMs} ms (DynamoDB), ${delays.parameterMs} ms (Parameter Store), ${delays.connectReadMs} ms (what is read of Amazon Connect) and ${delays.startCallMs} ms (StartOutboundVoiceContact): assumed, AWS
publishes nothing. Every figure is the median of ${runs} runs, in which the ways take turns.`,
    `The CPU time is measured. The wall time is computed from it: the waiting for answers as it was, and the CPU time divided by the share of a core that
the memory gives (memory / 1,769 MB), from the start of Node on. Under a real limit of that share (a cgroup quota of Linux) cold calls took a tenth to a fifth longer than
computed, since a process that is interrupted computes a little more; a ratio of two ways does not change by that.`,
    '## The ways',
    ways.map(({ name, says }) => `- **${name}**: ${says}.`).join('\n'),
    markdownTable([...WAY_COLUMNS], wayRows(ways)),
    `- **first**: the stage's first call ever. New processes, empty tables, nothing read from Amazon Connect yet. **cold**: new processes, tables in use, the number of
  free agents read too long ago (5 s), the queue's hours not. **warm**: the same processes once more, at once.
- **to phone**: until StartOutboundVoiceContact has been sent. **in all**: until the last state's function is done.
- **CPU**: module loads and invocations, all threads; the start of Node is not in it, but is in the wall time.
- **init at full speed**: the wall time to the phone where Lambda runs Node's start and the module load at the full speed of a core, whatever the memory.
  [Others saw that](https://bitesizedserverless.com/bite/when-is-the-lambda-init-phase-free-and-when-is-it-billed/), AWS Labs
  [speak of a burst](https://awslabs.github.io/aws-lambda-web-adapter/configuration/async-init.html), AWS's own guide does not; so nothing is judged by it.
- **in a row**: requests to AWS of which each began when the one before was answered, added up over the functions. **requests**: all of the call.
- **units r/w**: DynamoDB's read and write request units, as it reports them itself.
- **GB-s**, **USD/1,000**: billed duration times memory, and what a thousand such calls cost by the prices of [performance](performance.md#prices).
  [Lambda bills the start of an environment, too](https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/).`,
    ...ways.flatMap((way) => [`## Step by step: ${way.name}`, markdownTable([...STEP_COLUMNS], stepRows(way))]),
    `Start, load, first and later invocation are CPU time; **first, wall** is the cold step with its start, **later, wall** the warm one. Requests are those of the cold call. **peak
memory** is the resident set of the process, of which Node alone takes some 45 MB.`,
    ...(targets.length === 0
      ? []
      : [
          '## Targets',
          markdownTable(
            ['target', 'measured', ''],
            targets.map(({ says, measured, met }) => [says, measured, met ? 'met' : '**not met**']),
          ),
        ]),
    `## In the burst model

The command also writes \`packages/sandbox/simulation/measured-starts.json\`, from which [performance](performance.md) and \`npm run bench -- faults\` take what
each function computes at its start and later, on the share of a core that its memory gives. \`npm run bench -- burst --write\` then writes those figures anew.
`,
  ]
    .map((part) => part.trimEnd())
    .join('\n\n')
    .concat('\n');
}
