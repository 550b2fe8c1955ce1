import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from 'connect-flow-kit/command-line';
import { commandCpu } from './command-cpu.ts';
import { median } from './median.ts';
import { npmScript } from './npm-script.ts';
import { patchedCopy } from './patched-copy.ts';
import { partsOfRef } from './project-of-ref.ts';
import { syntheticFlow } from './synthetic-flow.ts';

/** A command may take at most this multiple of the older commit's CPU time. */
const TARGET = 0.7;

/** Flows that both projects get: the same files, instead of their own. */
interface Flows {
  says: string;
  /** Writes them into an empty `contact-flows/`. */
  write(folder: string): void;
  /** Name of the one to simulate and to compare with itself after a word was changed. */
  flow: string;
}

/** One command on some flows. CPU times are medians, in milliseconds. */
interface CommandRow {
  flows: string;
  command: string;
  before: number;
  now: number;
  ratio: number;
}

/**
 * The CPU time of the commands of `npm run flows` as whole processes, start-up included, compared with an older commit's, in turn: on
 * the largest flow Amazon Connect accepts, and on the flows of that commit. Both use the libraries of this folder.
 *
 * @returns the rows, and the older commit shortened
 */
export async function measureFlowCommands(
  ref: string,
  runs: number,
  commands: readonly FlowCommand[] = COMMANDS,
): Promise<{ rows: CommandRow[]; commit: string }> {
  const older = await partsOfRef(ref);
  let copy: string | undefined;
  try {
    copy = patchedCopy([], (path) => {
      copy = path;
    });
    const folders = [older.folder, copy] as const;
    const rows: CommandRow[] = [];
    for (const flows of [madeUp(250), ownOf(older.folder)]) {
      for (const folder of folders) place(flows, folder);
      for (const command of commands) {
        const isNew = !rows.some((row) => row.command === command);
        rows.push(row(flows, command, folders, { runs, isNew }));
      }
    }
    return { rows, commit: older.commit };
  } finally {
    older.dispose();
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true });
  }
}

const COMMANDS = ['lint', 'simulate', 'diff', 'review'] as const;
type FlowCommand = (typeof COMMANDS)[number];

/** A command by its name. Throws a UsageError for one that is not measured. */
export function flowCommand(name: string): FlowCommand {
  const command = COMMANDS.find((known) => known === name);
  if (!command) throw new UsageError(`--only is ${name}: expected one of ${COMMANDS.join(', ')}`);
  return command;
}

/** @param measured how often, and whether nothing of the command has been read from disk and compiled yet */
function row(
  { says, flow }: Flows,
  command: FlowCommand,
  folders: readonly [string, string],
  measured: { runs: number; isNew: boolean },
) {
  const file = join('contact-flows', `${flow}.json`);
  const options = {
    lint: [],
    simulate: [file, '--press', '1,1,1'],
    diff: [file, `changed-${flow}.json`],
    review: [],
  }[command];
  const times: [number[], number[]] = [[], []];
  // Exit code 1: findings, which do not matter here.
  const cpuIn = (folder: string): number =>
    commandCpu(folder, [...npmScript(folder, 'flows'), command, ...options], { allowed: [0, 1] });
  if (measured.isNew) folders.forEach(cpuIn);
  for (let run = 0; run < measured.runs; run += 1) {
    for (const [index, folder] of folders.entries()) times[index]?.push(cpuIn(folder));
  }
  const [before, now] = [median(times[0]), median(times[1])];
  return { flows: says, command, before, now, ratio: now / before };
}

function place({ write, flow }: Flows, folder: string): void {
  const place = join(folder, 'contact-flows');
  rmSync(place, { recursive: true });
  mkdirSync(join(place, 'scenarios'), { recursive: true });
  mkdirSync(join(place, 'review'));
  write(place);
  const text = readFileSync(join(place, `${flow}.json`), 'utf8');
  writeFileSync(join(folder, `changed-${flow}.json`), text.replace('申し訳ございません。', '恐れ入ります。'));
}

function madeUp(blocks: number): Flows {
  return {
    says: `${blocks} blocks`,
    // The stages require a flow of this name.
    flow: 'call-me',
    write(folder) {
      writeFileSync(join(folder, 'call-me.json'), JSON.stringify(syntheticFlow(blocks)));
      writeFileSync(join(folder, 'scenarios/made-up.yml'), SCENARIOS);
    },
  };
}

const SCENARIOS = `flow: call-me
scenarios:
  - name: asks nothing
    attributes: { user_type: visitor, queue_arn: 00000000-0000-4000-8000-00000000c001 }
    press: [${Array.from({ length: 200 }, () => '"1"').join(', ')}]
    hearsFirst: ご案内の0番です。
    ends: agent
  - name: says nothing
    attributes: { user_type: visitor, queue_arn: 00000000-0000-4000-8000-00000000c001 }
    hearsFirst: ご案内の0番です。
    ends: agent
`;

/** The flows of a project, read before they are removed. */
function ownOf(project: string): Flows {
  const folder = join(project, 'contact-flows');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  const scenarios = join(project, 'scenarios-of-its-own');
  cpSync(join(folder, 'scenarios'), scenarios, { recursive: true });
  return {
    says: `our ${texts.length} flows`,
    flow: 'call-me',
    write(to) {
      for (const [name, text] of texts) writeFileSync(join(to, name), text);
      cpSync(scenarios, join(to, 'scenarios'), { recursive: true });
    },
  };
}

/** The table, and whether the target is met. */
export function renderCommands(
  { rows, commit }: Awaited<ReturnType<typeof measureFlowCommands>>,
  runs: number,
): string {
  const missed = rows.filter(({ ratio }) => ratio > TARGET);
  return [
    `CPU time of whole commands, median of ${runs} runs in turn with ${commit}; target: at most ${TARGET} times`,
    '',
    `${'flows'.padEnd(12)}${'command'.padEnd(10)}${commit.padStart(10)}${'now'.padStart(10)}${'ratio'.padStart(8)}`,
    ...rows.map(
      ({ flows, command, before, now, ratio }) =>
        `${flows.padEnd(12)}${command.padEnd(10)}${ms(before)}${ms(now)}${ratio.toFixed(2).padStart(8)}`,
    ),
    '',
    missed.length === 0 ? 'Every command meets it.' : `${missed.length} of ${rows.length} miss it.`,
    '',
  ].join('\n');
}

const ms = (time: number): string => `${time.toFixed(0)} ms`.padStart(10);

/** Does every command meet the target? */
export const meetsTarget = (rows: readonly CommandRow[]): boolean => rows.every(({ ratio }) => ratio <= TARGET);
