import type { Browser, BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';

/** The board in a browser, by what a person finds on it. */
export interface Board {
  page: Page;
  /** The sample page with the pop-up. */
  sample(): Promise<Frame>;
  panel(
    id: 'phone' | 'path' | 'agents' | 'queues' | 'switches' | 'faults' | 'try-out' | 'figures' | 'log' | 'record',
  ): Locator;
  /** Rows of the call log, newest first. */
  rows: Locator;
  /** Sends a sample event of events/, and resolves when its request is on show. @returns its request id */
  sends(sample: string): Promise<string>;
  /** What the page did that no page may do: scripts that were refused, errors, dialogs. */
  wrongs: readonly string[];
}

const WIDE = { width: 1440, height: 900 };

/**
 * @param path such as `/requests/<request id>`
 * @param prepare what is done to the page before anything is loaded
 */
export async function openBoard(
  browser: Browser,
  url: string,
  {
    path = '/',
    prepare,
    ...options
  }: BrowserContextOptions & { path?: string; prepare?: (page: Page) => Promise<unknown> } = {},
): Promise<Board> {
  const context = await browser.newContext({ viewport: WIDE, locale: 'ja-JP', ...options });
  const page = await context.newPage();
  const board = boardOn(page);
  await prepare?.(page);
  await page.goto(url + path);
  await board.panel('log').waitFor();
  return board;
}

function boardOn(page: Page): Board {
  const wrongs: string[] = [];
  // A refusal of the Content-Security-Policy is an error of the console, too.
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(message.text());
  });
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('dialog', (dialog) => {
    wrongs.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const panel = (id: string) => page.locator(`#${id}`);
  return {
    page,
    wrongs,
    panel,
    rows: panel('log').locator('tbody tr'),
    async sample() {
      const frame = await page.locator('#sample iframe').elementHandle();
      const content = await frame?.contentFrame();
      if (!content) throw new Error('the sample page is not there');
      return content;
    },
    async sends(sample) {
      const before = page.url();
      await panel('try-out').locator('select').selectOption(sample);
      await panel('try-out').locator('button').first().click();
      await page.waitForURL((address) => address.href !== before && address.pathname.startsWith('/requests/'));
      return decodeURIComponent(new URL(page.url()).pathname.slice('/requests/'.length));
    },
  };
}
