import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import { PROJECT } from '../service.ts';
import { commandCpu } from './command-cpu.ts';
import { median } from './median.ts';
import { npmScript } from './npm-script.ts';
import { projectOfRef } from './project-of-ref.ts';

const HELP = `How much CPU time npm run call -- events/call-request.member.json takes, beside an older commit, in turn.

  npm run bench -- call --against REF [--runs N] [--first]

  --against REF   the commit to compare with
  --runs N        runs of each (default 9)
  --first         every run is the first one: nothing that Node has compiled before is there
`;

/** `npm run bench -- call` */
export async function benchCall(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      against: { type: 'string' },
      runs: { type: 'string', default: '9' },
      first: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  if (values.against === undefined) throw new UsageError('expected --against and a commit to compare with');
  const runs = wholeNumber('--runs', values.runs, 1, 1_000);
  const older = await projectOfRef(values.against);
  try {
    const before: number[] = [];
    const now: number[] = [];
    // The first pair reads everything from disk, and nothing is compiled yet.
    for (let run = 0; run <= runs; run += 1) {
      const pair = [cpuMs(older.folder, values.first), cpuMs(PROJECT, values.first)] as const;
      if (run === 0) continue;
      before.push(pair[0]);
      now.push(pair[1]);
    }
    const [was, is] = [median(before), median(now)];
    console.log(`npm run call, CPU time of the process, median of ${runs} runs\n`);
    console.log(`  ${older.commit.padEnd(14)} ${was.toFixed(0).padStart(6)} ms`);
    console.log(
      `  ${'as it is now'.padEnd(14)} ${is.toFixed(0).padStart(6)} ms, ${(is / was).toFixed(2)} times as much`,
    );
  } finally {
    older.dispose();
  }
}

const cpuMs = (folder: string, first: boolean): number =>
  commandCpu(folder, [...npmScript(folder, 'call'), join('events', 'call-request.member.json')], { first });
