import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser } from '../../../../tests/browser/browser-support.ts';
import { FOR_THE_BOARD } from '../../board/board-settings.ts';
import { dramaNumber } from '../../drama-numbers.ts';
import type { Stack } from '../../stack.ts';
import { startStack } from '../../start-stack.ts';
import type { Execution } from '../../state-machine.ts';
import { type Board, openBoard } from './board-visitor.ts';

/** Most are refused at once, which costs little; the others wait in line, since no agent is there. More than one page of the log. */
const REFUSED = 30;
const WAITING = 2;

let stack: Stack;
let browser: Browser;
let board: Board;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ agents: 0, speed: 1, settings: FOR_THE_BOARD }), openBrowser()]);
  board = await openBoard(browser, stack.url);
});

afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

describe('many requests at once', { timeout: 180_000 }, () => {
  it('are all in the log, counted rightly, and few of them are drawn', async () => {
    // Prepare
    const { page, panel, rows } = board;

    // Act: what is seen is looked at when all of them are where they stay, however long that takes.
    const refused = Array.from({ length: REFUSED }, (_, index) => starts('0120000000', `断られる件 ${index}`));
    const waiting = Array.from({ length: WAITING }, (_, index) => starts(dramaNumber(index), `待つ件 ${index}`));
    await Promise.all(refused.map(({ done }) => done));
    await vi.waitUntil(() => waiting.every(({ states }) => states.at(-1)?.name === 'WaitForAgent'), EVENTUALLY);

    // Assess
    const outcome = panel('log').getByLabel('結果');
    await expect
      .poll(() => outcome.locator('option').allTextContents(), EVENTUALLY)
      .toEqual([
        `すべて (${REFUSED + WAITING})`,
        `処理中 (${WAITING})`,
        '発信依頼済み (0)',
        '通話済み (0)',
        'つながらず (0)',
        `受付不可 (${REFUSED})`,
        '対応不可 (0)',
        '失敗 (0)',
        'つながらなかった件すべて (0)',
      ]);
    // However many there are, few are drawn.
    expect(await rows.count()).toBe(25);
    await panel('log')
      .getByText(`${REFUSED + WAITING} 件中 1〜25 件目`)
      .waitFor();
    await page.getByRole('link', { name: `${REFUSED} 受付不可 今日` }).waitFor();
    await page.getByRole('link', { name: new RegExp(`^${WAITING} 順番待ち 最長`) }).waitFor();
    await panel('path')
      .getByRole('option', { name: new RegExp(`^WaitForAgent.*${WAITING} 件が処理中`) })
      .waitFor();
    expect(board.wrongs).toEqual([]);
  });

  it('are found by outcome, by text and page by page, and the address says what is seen', async () => {
    // Prepare
    const { page, panel, rows } = board;
    const query = () => new URL(page.url()).search;

    // Act
    await panel('log').getByLabel('結果').selectOption('running');

    // Assess
    await expect.poll(() => rows.count(), EVENTUALLY).toBe(WAITING);
    expect(await rows.first().textContent()).toContain(`ご検討中の方 (visitor) 待つ件 ${WAITING - 1}`);
    expect((await rows.locator('.tag').allTextContents()).toSorted()).toEqual(['順番 1 / 2', '順番 2 / 2']);
    expect(query()).toBe('?result=running');
    await page.getByRole('link', { name: /受付不可 今日/ }).click();
    await panel('log').getByRole('button', { name: '古い 25 件' }).click();
    await panel('log').getByText(`${REFUSED} 件中 26〜${REFUSED} 件目`).waitFor();
    await page.reload();
    await panel('log').getByText(`${REFUSED} 件中 26〜${REFUSED} 件目`).waitFor();
    await page.goBack();
    await panel('log').getByText(`${REFUSED} 件中 1〜25 件目`).waitFor();
    await rows.nth(20).getByRole('link').click();
    await panel('path').getByText('number_refused / toll_free').waitFor();
    await expect
      .poll(() => panel('path').evaluate((path) => Math.abs(path.getBoundingClientRect().top)), EVENTUALLY)
      .toBeLessThan(20);
    expect(query()).toBe('?result=refused');
    await panel('log').getByLabel('結果').selectOption('all');
    await panel('log').getByLabel('検索').fill('断られる件２９');
    await expect.poll(() => rows.count()).toBe(1);
    await panel('log').getByLabel('検索').fill('そんな件はない');
    await panel('log').getByText('条件に合うお申し込みはありません。').waitFor();
  });
});

/** Whatever else the machine does. */
const EVENTUALLY = { timeout: 120_000 };

/** @returns the execution that a request started */
function starts(phone: string, inquiry: string): Execution {
  const delivery = stack.put(request(phone, inquiry));
  if (delivery.result !== 'started') throw new Error(`not started: ${delivery.result}`);
  return delivery.execution;
}

function request(phone: string, inquiry: string) {
  const { rule, stage } = stack.service;
  return {
    'detail-type': 'KARTE Action',
    source: rule.eventBusName,
    detail: {
      name: stage.file.karte.actionName,
      content: { phone_e164: phone, user_type: 'visitor', inquiry_type: inquiry },
    },
  };
}
