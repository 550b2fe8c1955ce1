import type { Browser, BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';
import type { Tab } from '../../board/page/address.ts';

/** The board in a browser, by what a person finds on it. */
export interface Board {
  page: Page;
  /** The sample page with the pop-up. */
  sample(): Promise<Frame>;
  panel(
    id:
      | 'phone'
      | 'path'
      | 'agents'
      | 'queues'
      | 'switches'
      | 'faults'
      | 'try-out'
      | 'figures'
      | 'log'
      | 'record'
      | 'settings',
  ): Locator;
  /** Turns to a part below the story. */
  opens(tab: Tab): Promise<void>;
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
  await page.getByRole('tablist').waitFor();
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
  const opens = (tab: Tab) => page.locator(`#tab-${tab}`).click();
  return {
    page,
    wrongs,
    panel,
    opens,
    rows: panel('log').locator('tbody tr'),
    async sample() {
      const frame = await page.locator('#sample iframe').elementHandle();
      const content = await frame?.contentFrame();
      if (!content) throw new Error('the sample page is not there');
      return content;
    },
    async sends(sample) {
      const before = page.url();
      // Whatever tab is open: it is the tests' road, and a step back leads to the request before.
      await panel('try-out')
        .locator('form')
        .first()
        .evaluate((form: HTMLFormElement, name) => {
          const field = form.elements.namedItem('name') as HTMLSelectElement;
          field.value = name;
          form.requestSubmit();
        }, sample);
      await page.waitForURL(
        (address) => address.pathname !== new URL(before).pathname && address.pathname.startsWith('/requests/'),
      );
      return decodeURIComponent(new URL(page.url()).pathname.slice('/requests/'.length));
    },
  };
}
