import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { wholeNumber } from 'connect-flow-kit/command-line';
import { dramaNumber, requestId } from '../drama-numbers.ts';
import { PROJECT, readService } from '../service.ts';
import { npmScript } from './npm-script.ts';
import { type ProjectOfRef, projectOfRef } from './project-of-ref.ts';

const HELP = `Sends many requests through npm start, and prints how much memory it holds meanwhile. POSIX only: it asks ps.

  npm run bench -- stack [--requests N] [--against REF]

  --requests N    how many (default 2000; 20000 take the better part of an hour)
  --against REF   the same with an older commit first
`;

/** More than this would make each other wait for a line: the local instance has ten. */
const AT_ONCE = 8;
const ROWS = 10;

/** `npm run bench -- stack` */
export async function benchStack(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      requests: { type: 'string', default: '2000' },
      against: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const count = wholeNumber('--requests', values.requests, ROWS, 1_000_000);
  if (values.against !== undefined) {
    const older = await projectOfRef(values.against);
    try {
      await measure(older, count);
    } finally {
      older.dispose();
    }
  }
  await measure({ commit: 'as it is now', folder: PROJECT }, count);
}

async function measure({ commit, folder }: Pick<ProjectOfRef, 'commit' | 'folder'>, count: number): Promise<void> {
  const port = await freePort();
  console.log(`\nnpm start, ${commit}\n\n  requests   resident`);
  const command = [...npmScript(folder, 'start'), '--agents', '100', '--speed', '1000'];
  const stack = spawn(process.execPath, command, {
    cwd: folder,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await sendAll(createInterface({ input: stack.stdout }), count, port, (ended) =>
      console.log(`${String(ended).padStart(10)}${`${residentMb(stack.pid ?? 0)} MB`.padStart(11)}`),
    );
  } finally {
    const gone = once(stack, 'exit');
    if (stack.exitCode === null && stack.kill('SIGINT')) await gone;
  }
}

/** Older commits cannot choose one themselves and report it. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** This many at once, the next when one has ended: npm start prints a line for each that has ended. */
async function sendAll(
  lines: AsyncIterable<string>,
  count: number,
  port: number,
  show: (ended: number) => void,
): Promise<void> {
  const every = Math.floor(count / ROWS);
  let sent = 0;
  let ended = 0;
  const told = new Set<string>();
  const send = (): Promise<unknown> =>
    fetch(`http://127.0.0.1:${port}/events`, { method: 'POST', body: JSON.stringify(eventOf(sent++)) });
  for await (const line of lines) {
    if (line.startsWith('Open ')) {
      show(0);
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, send));
    }
    // A call has a second line when it is over. Older commits print the time without its zone.
    const [, id] = /^\d\d:\d\d:\d\d(?: \S+)? {2}(\S+)/.exec(line) ?? [];
    if (id === undefined || told.has(id)) continue;
    told.add(id);
    ended += 1;
    if (ended % every === 0) show(ended);
    if (ended === count) break;
    if (sent < count) await send();
  }
  // What the last calls left is garbage-collected when nothing is running any more.
  await sleep(1_000);
  if (ended < count) throw new Error(`npm start ended after ${ended} requests`);
}

const SERVICE = readService('local', 0);

const eventOf = (index: number) => ({
  id: requestId(index),
  'detail-type': 'KARTE Action',
  source: SERVICE.rule.eventBusName,
  detail: {
    name: SERVICE.stage.file.karte.actionName,
    content: {
      phone_e164: dramaNumber(index),
      user_type: index % 2 === 0 ? 'member' : 'visitor',
      inquiry_type: '料金について',
      track_id: '48291532',
    },
  },
});

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ps.html */
const residentMb = (pid: number): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024);
