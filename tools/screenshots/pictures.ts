import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type FrameLocator, type Page } from 'playwright-core';
import { FOR_THE_BOARD } from '../../packages/sandbox/board/board-settings.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';

/** Wide enough for three columns, with the decisions next to the graph. */
const DESK: BrowserContextOptions = { viewport: { width: 1360, height: 780 } };
const PHONE: BrowserContextOptions = { viewport: { width: 375, height: 720 }, deviceScaleFactor: 2 };
/** The whole dashboard. */
const DASHBOARD: BrowserContextOptions = { viewport: { width: 1366, height: 1270 } };
/** The number, and what to search for in KARTE. */
const OPERATOR: BrowserContextOptions = { viewport: { width: 760, height: 510 } };

const JAPANESE: BrowserContextOptions = { locale: 'ja-JP', timezoneId: 'Asia/Tokyo' };
const ENGLISH: BrowserContextOptions = { locale: 'en-GB', timezoneId: 'Asia/Tokyo' };

/** Random bytes for the inquiry numbers, so that every picture shows the same. */
const FIXED_RANDOM = 'crypto.getRandomValues = (bytes) => bytes.fill(42);';
const INQUIRY_NUMBER = '4829-1532';
/** The inquiry as the agent hears it, the last announcement before the two talk. */
const INQUIRY_TOLD = 'ご用件は';

/** How many times faster than real time; slow enough that an agent still talks when the picture is taken. */
const SPEED = 10;

/**
 * Takes the pictures one after another, each on a local stack of its own.
 *
 * @param endpoint where the browser listens
 * @returns each picture's file and size, as soon as it is written
 */
export async function* takePictures(
  endpoint: string,
  folder: string,
): AsyncGenerator<{ file: string; bytes: number }, void> {
  const browser = await chromium.connect(endpoint);
  try {
    for (const [name, take] of Object.entries(PICTURES)) {
      const stack = await startStack({ speed: SPEED, settings: FOR_THE_BOARD });
      try {
        const file = join(folder, name);
        const page = await take(browser, stack.url);
        await page.screenshot({ path: file });
        await page.context().close();
        yield { file, bytes: (await stat(file)).size };
      } finally {
        await stack.close();
      }
    }
  } finally {
    await browser.close();
  }
}

/** By file name: brings a page to the state of its picture. */
const PICTURES: Readonly<Record<string, (browser: Browser, url: string) => Promise<Page>>> = {
  async 'pop-up-phone.png'(browser, url) {
    const page = await open(browser, `${url}/sample`, { ...PHONE, ...JAPANESE });
    await goToPhone(page);
    await page.locator('input[name="phone"]').fill('090-1234-5678');
    return page;
  },
  async 'pop-up-confirmation.png'(browser, url) {
    const page = await open(browser, `${url}/sample`, { ...PHONE, ...JAPANESE });
    await goToPhone(page);
    await goToConfirmation(page);
    return page;
  },
  'board.png': (browser, url) => callOnBoard(browser, url, { ...DESK, ...ENGLISH }),
  'board.ja.png': (browser, url) => callOnBoard(browser, url, { ...DESK, ...JAPANESE }),
  'dashboard.png': (browser, url) => dashboardAfterCalls(browser, url, { ...DASHBOARD, ...ENGLISH }),
  'operator.png': (browser, url) => numberOfCustomer(browser, url, { ...OPERATOR, ...ENGLISH }),
  'operator.ja.png': (browser, url) => numberOfCustomer(browser, url, { ...OPERATOR, ...JAPANESE }),
};

async function open(browser: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', colorScheme: 'light', ...options });
  await context.addInitScript(FIXED_RANDOM);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** From the icon to the telephone number field. */
async function goToPhone(site: Page | FrameLocator): Promise<void> {
  await site.locator('[data-action="launcher"]').click();
  await site.locator('[data-choice="visitor"]').click();
  await site.locator('[data-step="inquiry-type"] [data-choice]').first().click();
  await site.locator('[data-choice="phone"]').click();
}

async function goToConfirmation(site: Page | FrameLocator): Promise<void> {
  await site.locator('input[name="phone"]').fill('090-1234-5678');
  await site.locator('[data-action="next"]').click();
  await site.locator('[data-choice="now"]').click();
  await site.locator('[data-step="confirm"]').waitFor();
}

/** The board, on which a visitor has asked for a call and now speaks with an agent. */
async function callOnBoard(browser: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const board = await open(browser, url, options);
  // Elements fixed to the frame's window are visible only once the frame is.
  await board.locator('iframe').scrollIntoViewIfNeeded();
  const site = board.frameLocator('iframe');
  await goToPhone(site);
  await goToConfirmation(site);
  await site.locator('[data-action="send"]').click();
  await board.locator('#phone').getByText(INQUIRY_TOLD).waitFor();
  await board.mouse.move(0, 0);
  await board.evaluate('scrollTo(0, 0)');
  return board;
}

/** How many request a call at once, and how many of them have spoken with an agent. */
const CROWD = 8;
const TALKED = 4;
/** Samples that are refused. */
const REFUSED = ['call-request.toll-free', 'call-request.toll-free', 'call-request.not-filled-in'];
/** In milliseconds; enough for a busy machine. */
const CALLS_TAKE = 120_000;

/** The dashboard after some calls, while others wait. */
async function dashboardAfterCalls(browser: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const actions = [{ do: 'crowd', count: CROWD }, ...REFUSED.map((name) => ({ do: 'send-sample', name }))];
  for (const action of actions) {
    await fetch(`${url}/board/actions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    });
  }
  const board = await open(browser, url, { ...DESK, ...ENGLISH });
  await board.locator('.tile.reached .how-many', { hasText: String(TALKED) }).waitFor({ timeout: CALLS_TAKE });
  await board.context().close();
  const dashboard = await open(browser, `${url}/dashboard`, options);
  await dashboard.locator('.widget').first().waitFor();
  return dashboard;
}

/** The page for operators, with a valid number. */
async function numberOfCustomer(browser: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const page = await open(browser, `${url}/operator`, options);
  await page.locator('input').fill(INQUIRY_NUMBER);
  await page.locator('.said.right').waitFor();
  return page;
}
