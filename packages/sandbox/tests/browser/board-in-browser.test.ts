import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, openBrowser } from '../../../../tests/browser/browser-support.ts';
import { visitor } from '../../../pop-up/tests/browser/pop-up-visitor.ts';
import { FOR_THE_BOARD } from '../../board/board-settings.ts';
import type { Stack } from '../../stack.ts';
import { startStack } from '../../start-stack.ts';
import { type Board, openBoard } from './board-visitor.ts';

let stack: Stack;
let browser: Browser;
let board: Board;

beforeAll(async () => {
  const settings = { ...FOR_THE_BOARD, connect: { pressToConnect: true, ringTimeoutSeconds: null } };
  [stack, browser] = await Promise.all([
    startStack({ speed: 4, agents: 3, answer: 'by-hand', settings }),
    openBrowser(),
  ]);
  board = await openBoard(browser, stack.url);
});

afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

describe('the journey of a call', () => {
  it('leads from the icon to the operator, and every part of the board shows it', async () => {
    // Prepare
    const { page, panel, rows } = board;
    await expect.poll(() => panel('path').textContent()).toContain('サンプルサイトで電話のアイコンを押してください');

    // Act
    const person = visitor(await board.sample());
    await person.goesTo('done');
    const told = (await person.step('done').textContent()) ?? '';
    await panel('phone').getByRole('button', { name: '出る' }).click();
    await panel('phone').getByRole('group', { name: 'ボタン操作を待っています' }).waitFor();
    const violations = await axeViolations(page, '#phone');
    await panel('phone').getByRole('button', { name: '1 を押す' }).click();
    await panel('phone').getByText('オペレーターと通話中 (agent-1)').waitFor();
    const linesOfName = await panel('phone')
      .locator('.agent-name')
      .evaluate((name) => name.getClientRects().length);

    // Assess
    expect(violations).toEqual([]);
    expect(linesOfName).toBe(1);
    await panel('phone').getByText('050-0000-0000').waitFor();
    const inquiryNumber = /[1-9]\d{3}-\d{4}/.exec(told)?.[0] ?? 'none';
    await page.waitForURL('**/requests/*');
    await panel('path').getByText('Amazon Connect に発信を依頼しました。').waitFor();
    expect(await panel('path').textContent()).toContain(inquiryNumber);
    expect(await rows.first().textContent()).toContain(inquiryNumber);
    expect(await panel('path').locator('.visits code').allTextContents()).toEqual([
      'ValidateRequest',
      'IsRequestValid',
      'CheckQueue',
      'CanQueueTakeIt',
      'StartCall',
      'RecordOutcome',
      'MustSomebodyAct',
      'RequestEnded',
    ]);
    expect(await panel('path').locator('.transition.taken').count()).toBe(7);
    expect(await panel('phone').getByRole('log').textContent()).toMatch(
      /電話が鳴っています。.*お客様が電話に出ました。.*お客様が 1 を押しました。.*オペレーター agent-1 が電話に出ました。/,
    );
    await panel('phone').getByText('オペレーターだけに聞こえます').first().waitFor();
    expect(await panel('agents').locator('.agent.busy').textContent()).toContain('通話中');
    expect(
      await panel('sample' as 'log')
        .locator('.krt code')
        .allTextContents(),
    ).toEqual(['call_request', 'identify', 'call_tracking']);
    expect(await page.locator('body').textContent()).not.toContain('9012345678');
  });

  it('hears no key and no voice once the visitor has hung up', async () => {
    // Act
    await board.panel('phone').getByRole('button', { name: '電話を切る' }).click();
    await board.panel('phone').getByText('通話終了').waitFor();

    // Assess
    expect(await board.panel('phone').getByRole('button').allTextContents()).toEqual(['折り返し電話する']);
    await board.opens('record');
    await board.panel('record').getByText('CUSTOMER_DISCONNECT').first().waitFor();
    await board.opens('log');
  });
});

describe('a request of its own address', () => {
  it('is the same after a reload, in another tab, and by back and forward', async () => {
    // Prepare
    const { page, panel, rows } = board;
    const first = new URL(page.url()).pathname;
    const refused = await board.sends('call-request.toll-free');
    await panel('path').getByText('フリーダイヤルの番号にはおかけできません。').first().waitFor();

    // Act, Assess
    await page.reload();
    await panel('path').getByText('number_refused / toll_free').waitFor();
    expect(await rows.first().getAttribute('class')).toBe('selected');
    await page.goBack();
    await panel('path').getByText('completed / agent_connected').waitFor();
    expect(new URL(page.url()).pathname).toBe(first);
    await page.goForward();
    await panel('path').getByText('number_refused / toll_free').waitFor();

    const other = await openBoard(browser, stack.url, { path: `/requests/${refused}?tab=record` });
    await other.panel('record').getByText(refused).first().waitFor();
    await other.page.context().close();
  });

  it('says so when nothing of that name has arrived yet, and shows it as soon as it has', async () => {
    // Prepare
    const id = '00000000-0000-4000-8000-00000000e001';
    const other = await openBoard(browser, stack.url, { path: `/requests/${id}` });
    await other.panel('path').getByText('まだ届いていません').waitFor();

    // Act
    stack.put({ ...sampleEvent(), id });

    // Assess
    await other.panel('path').getByText('number_refused / emergency').waitFor();
    await other.page.context().close();
  });

  it('is reached by the keyboard alone, and so is what each state does', async () => {
    // Prepare
    const { page, panel, rows } = board;
    const last = (await rows.count()) - 1;

    // Act
    await panel('log').getByRole('region').focus();
    for (let row = 0; row <= last; row += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    // Assess
    await panel('path').getByText('completed / agent_connected').waitFor();
    expect(await rows.nth(last).getAttribute('class')).toBe('selected');
    await panel('path')
      .getByRole('option', { name: /^ValidateRequest/ })
      .focus();
    // From top to bottom, as the states are drawn: first the detours before CheckQueue.
    for (let step = 0; step < 7; step += 1) await page.keyboard.press('ArrowDown');
    expect(await panel('path').locator('.described').textContent()).toMatch(/^CheckQueue 電話番号ごとに 1 件だけ/);
  });
});

describe('what is changed on the board', () => {
  it('keeps requests waiting while no agent is there, and calls when one has come', async () => {
    // Prepare
    const { panel } = board;
    await panel('phone').getByLabel('お客様側の応答').selectOption('human');
    await board.opens('centre');
    for (const agent of [1, 2, 3]) {
      await panel('agents')
        .getByRole('button', { name: `agent-${agent}: 削除` })
        .click();
    }
    await panel('agents').getByText('オペレーターがいません').waitFor();

    // Act
    await board.sends('call-request.member');
    await panel('path')
      .getByRole('option', { name: /^WaitForAgent.*現在地/ })
      .waitFor();
    const add = panel('agents').getByRole('button', { name: 'オペレーターを追加' });
    for (let agent = 1; agent <= 3; agent += 1) await add.click();

    // Assess
    await panel('phone').getByText('オペレーターと通話中').waitFor();
    await panel('phone').getByRole('button', { name: '電話を切る' }).click();
    await panel('path').getByText('completed / agent_connected').waitFor();
  });

  it('lets Amazon Connect refuse the next call, which ends in the outcome of that fault', async () => {
    // Prepare
    const { panel } = board;
    await board.opens('trials');
    await panel('faults').getByLabel('障害の種類').selectOption('destination-not-allowed');
    await panel('faults').getByRole('button', { name: '障害を発生させる' }).click();
    await panel('faults').getByRole('listitem').getByText('StartOutboundVoiceContact').waitFor();

    // Act
    await board.sends('call-request.visitor');

    // Assess
    await panel('path').getByText('destination_not_allowed / country_not_enabled').waitFor();
    expect(await panel('path').locator('.transition.catch.taken').count()).toBe(1);
    await panel('phone').getByText('この件では、電話は鳴りませんでした。').waitFor();
    await panel('path')
      .getByText(
        '設定した障害「発信先の国が許可されていない」が、StartOutboundVoiceContact の 1 回目の呼び出しで発生しました。',
      )
      .waitFor();
    await panel('faults').getByText('設定中の障害はありません。').waitFor();
  });
});

describe('an event of somebody hostile', () => {
  const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>\u202Egpj.exe';

  it('is text wherever it is shown', async () => {
    // Act
    const { page, panel } = board;
    await board.opens('log');
    stack.put(sampleEvent({ user_type: HOSTILE, inquiry_type: HOSTILE, track_id: '"><b>1' }));
    await board.rows.first().getByText('<img src=x').first().waitFor();
    await board.rows.first().getByRole('link').click();
    await panel('path').locator('.summary').getByText('<img src=x').first().waitFor();

    // Assess
    expect(await page.locator('img, script:not([src="/board/app.js"]), main b').count()).toBe(0);
    expect(
      await panel('path')
        .locator('.summary bdi')
        .first()
        .evaluate((bdi) => getComputedStyle(bdi).unicodeBidi),
    ).toBe('isolate');
    await page.goto(`${stack.url}/requests/${encodeURIComponent(HOSTILE)}`);
    await panel('path').getByText('まだ届いていません').waitFor();
    expect(board.wrongs).toEqual([]);
  });
});

describe('the first screen', () => {
  it.each([
    { width: 1366, height: 650 },
    { width: 375, height: 812 },
  ])('has the numbers and the icon of the sample page: $width × $height', async (viewport) => {
    // Prepare
    const { page, panel } = board;
    await page.setViewportSize(viewport);

    // Act
    await page.goto(stack.url);
    const numbers = page.getByRole('navigation', { name: 'いまと今日の件数' });
    const icon = page.frameLocator('#sample iframe').getByRole('button', { name: '電話' }).first();
    await panel('path').locator('.visits li').first().waitFor();

    // Assess
    for (const part of [numbers, icon]) {
      const { y = -1, height = 0 } = (await part.boundingBox()) ?? {};
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(viewport.height);
    }
    const heights = await panel('path')
      .locator('svg text')
      .evaluateAll((texts) =>
        texts.map(
          (text) =>
            Number.parseFloat(getComputedStyle(text).fontSize) * ((text as SVGTextElement).getScreenCTM()?.a ?? 0),
        ),
      );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(12);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    // What goes on below in a part that scrolls fades out, and is not cut in the middle of a line.
    const hardCut = await panel('path').evaluate((path) =>
      [...path.querySelectorAll('*')]
        .filter((part) => part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY === 'auto')
        .filter((part) => !getComputedStyle(part).maskImage.includes('gradient'))
        .map((part) => part.className),
    );
    expect(hardCut).toEqual([]);
    const edgeOfSample = await (await board.sample()).evaluate(() => {
      const { position, backgroundImage, bottom } = getComputedStyle(document.body, '::after');
      return { position, fades: backgroundImage.includes('gradient'), bottom };
    });
    expect(edgeOfSample).toEqual({ position: 'fixed', fades: true, bottom: '0px' });
  });

  it('keeps an inquiry number in one line, however little room a scrollbar leaves', async () => {
    // Prepare
    const { panel, rows } = board;
    stack.put(sampleEvent({ track_id: '34007381' }));
    await rows.first().getByText('3400-7381').waitFor();
    await panel('path').locator('.summary').getByText('3400-7381').waitFor();

    // Act
    const lines = await panel('path').evaluate((path) => {
      const timeline = path.querySelector<HTMLElement>('.timeline');
      if (timeline) timeline.style.width = '60px';
      return path.querySelector('.summary .inquiry-number')?.getClientRects().length;
    });

    // Assess
    expect(lines).toBe(1);
  });
});

describe('everybody can use it', () => {
  it.each([
    ['wide, light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
    ['on a telephone, dark', { viewport: { width: 375, height: 800 }, colorScheme: 'dark' }],
  ] as const)('axe finds nothing, and nothing sticks out: %s', async (_, { viewport, colorScheme }) => {
    // Prepare
    const { page, panel } = board;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(stack.url);
    await panel('path').locator('.visits li').first().waitFor();
    await page.evaluate(() => {
      for (const tab of document.querySelectorAll<HTMLElement>('[role="tabpanel"]')) tab.hidden = false;
    });

    // Act
    const violations = await axeViolations(page);

    // Assess
    expect(violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
  });

  it('speaks English, too, and remembers that', async () => {
    // Act
    const { page, panel } = board;
    await page.getByRole('button', { name: 'English' }).click();
    await page.reload();

    // Assess
    await page.getByRole('heading', { name: "The visitor's phone" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    expect(await panel('log').textContent()).toContain('Call log');
    expect(await (await board.sample()).url()).toContain('lang=en');
  });
});

describe('a page that nobody sees', () => {
  it('leaves its connection to the others, and catches up when it is seen again', async () => {
    // Prepare
    const { page, rows } = board;
    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    const isStream = (request: { url(): string }) => request.url().includes('/board/stream');

    // Act
    const closed = page.waitForEvent('requestfailed', isStream);
    await hide(true);
    await closed;
    stack.put(sampleEvent({ inquiry_type: '見ていない間の件' }));
    await hide(false);

    // Assess
    await rows.first().getByText('見ていない間の件').waitFor();
  });
});

describe('a server that is gone', () => {
  it('is said in words, and the page catches up by itself when it is back', async () => {
    // Prepare
    const { page, panel } = board;
    await page.route('**/board/stream*', (route) => route.abort());
    await page.route('**/board/actions', (route) => route.abort());

    // Act
    await board.rows.nth(2).getByRole('link').click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/board/actions'));
    await board.opens('trials');
    await panel('try-out').getByRole('button', { name: 'Send', exact: true }).click();
    await failed;
    await page.unroute('**/board/stream*');

    // Assess
    await panel('path').locator('.visits li').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

/** An event that is refused at once, so that it costs nothing: its number is an emergency call. */
function sampleEvent(content: Record<string, string> = {}) {
  const { rule, stage } = stack.service;
  return {
    'detail-type': 'KARTE Action',
    source: rule.eventBusName,
    detail: { name: stage.file.karte.actionName, content: { phone_e164: '110', user_type: 'visitor', ...content } },
  };
}
