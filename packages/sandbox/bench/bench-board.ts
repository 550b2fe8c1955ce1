import { parseArgs } from 'node:util';
import { wholeNumber } from 'connect-flow-kit/command-line';
import { type Browser, chromium, type Page } from 'playwright-core';
import { launchChromium } from '../chromium/launch-chromium.ts';
import { PROJECT } from '../service.ts';
import { markdownTable } from '../simulation/simulation-report.ts';
import type { startStack as StartStack } from '../start-stack.ts';
import { mainThreadTasks } from './main-thread.ts';
import { projectOfRef } from './project-of-ref.ts';

const HELP = `How long the board's page keeps the browser busy at a stretch while many requests come, are read and searched: the
longest of Chromium's long tasks (50 ms and more), and how many there were. They are longer where the machine has other
things to do: beside them stands the longest task by its time on the processor.

  npm run bench -- board [--requests N] [--against REF]

  --requests N    how many (default 1000)
  --against REF   an older commit's board first

It needs Chrome or Chromium, found as npm test finds it.
`;

/** Something that is done on the board, and waited for. */
const STEPS: readonly { says: string; act(page: Page): Promise<unknown> }[] = [
  { says: 'the page loads again', act: (page) => page.reload() },
  { says: 'a word is searched', act: (page) => page.locator('#log input[type=search]').fill('KARTE') },
  { says: 'the search is cleared', act: (page) => page.locator('#log input[type=search]').fill('') },
  { says: 'a request is chosen', act: (page) => page.locator('#log tbody a').nth(5).click() },
  { says: 'another language', act: (page) => page.getByRole('button', { name: 'English' }).click() },
];

/** How long, in milliseconds, is measured after each step. */
const LOOK_MS = 3_000;

/** `npm run bench -- board` */
export async function benchBoard(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      requests: { type: 'string', default: '1000' },
      against: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const count = wholeNumber('--requests', values.requests, 10, 1_000);
  const server = await launchChromium();
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    if (values.against !== undefined) {
      const older = await projectOfRef(values.against);
      try {
        print(older.commit, await measure(browser, older.folder, count));
      } finally {
        older.dispose();
      }
    }
    print('as it is now', await measure(browser, PROJECT, count));
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Measured {
  busy: Busy[];
  helloBytes: number;
}

interface Busy {
  says: string;
  /** Long tasks by wall-clock time, and the longest by CPU time, in milliseconds. */
  tasks: number[];
  onProcessor: number;
  rows: number;
}

function print(commit: string, { busy, helloBytes }: Measured): void {
  const cells = busy.map(({ says, tasks, onProcessor, rows }) => [
    says,
    `${Math.max(0, ...tasks)} ms`,
    `${onProcessor} ms`,
    String(tasks.length),
    String(tasks.filter((ms) => ms > 200).length),
    String(rows),
  ]);
  const columns = ['while', 'longest', 'on the processor', 'long tasks', 'above 200 ms', 'rows drawn'];
  console.log(`\nThe board, ${commit}: its first message has ${Math.round(helloBytes / 1_000)} kB\n`);
  console.log(markdownTable(columns, cells));
}

async function measure(browser: Browser, folder: string, count: number): Promise<Measured> {
  const { startStack } = (await import(`${folder}/packages/sandbox/start-stack.ts`)) as {
    startStack: typeof StartStack;
  };
  const { FOR_THE_BOARD } = await import(`${folder}/packages/sandbox/board/board-settings.ts`);
  const stack = await startStack({ speed: 20, agents: 5, settings: FOR_THE_BOARD });
  const context = await browser.newContext({ viewport: { width: 1366, height: 650 }, locale: 'ja-JP' });
  try {
    const page = await context.newPage();
    await page.addInitScript(NOTE_LONG_TASKS);
    await page.goto(stack.url);
    await page.locator('#log').waitFor();
    const comes = () =>
      fetch(`${stack.url}/board/actions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ do: 'crowd', count }),
      });
    const busy = [await busyWhile(browser, page, `${count} requests come`, comes, 5 * LOOK_MS)];
    for (const { says, act } of STEPS) busy.push(await busyWhile(browser, page, says, () => act(page), LOOK_MS));
    return { busy, helloBytes: await page.evaluate(bytesOfHello) };
  } finally {
    await context.close();
    await stack.close();
  }
}

async function busyWhile(
  browser: Browser,
  page: Page,
  says: string,
  act: () => Promise<unknown>,
  lookMs: number,
): Promise<Busy> {
  const [onProcessor = 0] = await mainThreadTasks(browser, async () => {
    await act();
    await page.waitForTimeout(lookMs);
  });
  const tasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0));
  return { says, tasks, onProcessor, rows: await page.locator('#log tbody tr').count() };
}

/** Runs in the page: what is sent first to a page that is opened. */
async function bytesOfHello(): Promise<number> {
  const source = new EventSource('/board/stream');
  const { promise, resolve } = Promise.withResolvers<number>();
  source.addEventListener('hello', (event) => {
    const { data } = event as Event & { data: string };
    resolve(new TextEncoder().encode(data).length);
  });
  const bytes = await promise;
  source.close();
  return bytes;
}

/** Runs in the page. @see https://www.w3.org/TR/longtasks-1/ */
const NOTE_LONG_TASKS = `
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
  }).observe({ type: 'longtask', buffered: true });
`;
