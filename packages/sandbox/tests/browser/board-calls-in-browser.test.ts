import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, openBrowser } from '../../../../tests/browser/browser-support.ts';
import { FOR_THE_BOARD } from '../../board/board-settings.ts';
import type { Stack } from '../../stack.ts';
import { startStack } from '../../start-stack.ts';
import { putRecord } from '../board-support.ts';
import { type Board, openBoard } from './board-visitor.ts';

const PATIENTLY = { timeout: 30_000 };

let stack: Stack;
let browser: Browser;
let board: Board;

beforeAll(async () => {
  // Nobody is called once more while this file runs.
  const retryUnanswered = { times: 1, afterSeconds: 3_600 };
  const settings = { ...FOR_THE_BOARD, retryUnanswered, connect: { ringTimeoutSeconds: null } };
  [stack, browser] = await Promise.all([
    // A phone rings for a minute of the clock, however long the browser takes to pick it up; what is spoken is over at once.
    startStack({ speed: 1, secondsPerCharacter: 0.01, agents: 3, answer: 'by-hand', talkSeconds: 400, settings }),
    openBrowser(),
  ]);
  board = await openBoard(browser, stack.url);
});

afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

/** What the log may be filtered by, with how many there are of each. */
const kinds = () => board.panel('log').getByLabel('結果').locator('option').allTextContents();

/** The rows of a table, each as one text. */
const figures = async () =>
  (await board.panel('figures').getByRole('row').allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());

describe('a call on the board', () => {
  it('is told by its row while it goes on, and by how it ended, without a reload', async () => {
    // Prepare
    const { panel, rows, page } = board;
    const row = rows.first();
    await page.evaluate(() => Object.assign(globalThis, { samePage: true }));

    // Act, Assess
    await board.sends('call-request.visitor');
    // It counts, second by second.
    await expect.poll(() => row.textContent(), PATIENTLY).toMatch(/発信依頼済み call_placed 呼び出し中 [1-9]\d* 秒/);
    await panel('phone').getByRole('button', { name: '出る' }).click();
    await row.getByText('オペレーターと通話中 (agent-1)').waitFor();
    await board.panel('path').getByText('Amazon Connect に発信を依頼しました。 オペレーターと通話中').waitFor();
    await board.opens('centre');
    await panel('agents').getByRole('button', { name: 'agent-1: 転送' }).click();
    await board.opens('log');
    await row.getByText('オペレーターと通話中 (agent-2, 転送後)').waitFor();
    expect(await kinds()).toContain('発信依頼済み (1)');
    const violations = await axeViolations(page);
    await panel('phone').getByRole('button', { name: '電話を切る' }).click();
    await row.getByText('通話済み').waitFor();

    expect(violations).toEqual([]);
    expect(await row.textContent()).toMatch(
      /completed 待ち [\d.]+ 秒 ?通話 [\d.]+ 秒 お客様がオペレーターとお話しになりました。/,
    );
    expect(await row.locator('.tag').count()).toBe(0);
    expect(await kinds()).toEqual(expect.arrayContaining(['発信依頼済み (0)', '通話済み (1)']));
    expect(await page.evaluate(() => 'samePage' in globalThis)).toBe(true);
  });

  it('is told in words from the click to the hang-up', async () => {
    // Act
    const steps = board
      .panel('path')
      .getByRole('region', { name: 'お申し込みから通話の終わりまで' })
      .getByRole('listitem');
    await expect.poll(() => steps.count(), PATIENTLY).toBe(8);
    const told = await steps.allTextContents();

    // Assess
    expect(told.map((text) => text.replace(/^\d\d:\d\d:\d\d/, '').replaceAll(/[\d.]+ 秒/g, 'N 秒'))).toEqual([
      'お客様が電話を申し込みました。',
      'Amazon Connect が発信を受け付けました。 お申し込みから N 秒',
      '電話に出ました。 呼び出し N 秒',
      'オペレーターを待ち始めました。',
      'オペレーター agent-1 につながりました。 待ち N 秒',
      '転送されました。',
      'オペレーター agent-2 につながりました。',
      'お客様が電話を切りました。 通話 N 秒',
    ]);
    await board.panel('path').getByText('completed / agent_connected').waitFor();
  });

  it('shows its times in the zone of the stage, wherever the browser is', async () => {
    // Prepare
    const elsewhere = await openBoard(browser, stack.url, { timezoneId: 'America/New_York' });

    // Act
    const shown = await elsewhere.rows.first().locator('time').textContent();

    // Assess
    expect(shown).toBe(await board.rows.first().locator('time').textContent());
    const [{ receivedAt = '' } = {}] = await stack.records();
    const inTokyo = new Date(Date.parse(receivedAt) + 9 * 3_600_000).toISOString();
    expect(shown?.slice(0, 2)).toBe(inTokyo.slice(11, 13));
    await elsewhere.page.context().close();
  });

  it('that is declined was missed, which the log finds', async () => {
    // Prepare
    const { panel, rows } = board;
    await board.sends('call-request.member');

    // Act
    await panel('phone').getByRole('button', { name: '拒否' }).click();
    await rows.first().getByText('つながらず').waitFor();
    await panel('log').getByLabel('結果').selectOption('missed');

    // Assess
    await expect.poll(() => rows.count(), PATIENTLY).toBe(1);
    expect(await rows.first().textContent()).toContain('busy');
    await panel('log').getByLabel('結果').selectOption('all');
    await panel('path').getByText('つながらないまま終わりました。').waitFor();
  });

  it('leads to the request with which the customer was called once more', async () => {
    // Prepare
    const [record] = await stack.records();
    const { requestId = '' } = record ?? {};
    await board.page.goto(`${stack.url}/requests/${encodeURIComponent(requestId)}`);

    // Act
    await putRecord(stack, { ...record, triedAgainAs: `${requestId}.try2` });
    await board.opens('record');
    await board
      .panel('record')
      .getByRole('link', { name: `${requestId}.try2` })
      .click();

    // Assess
    await expect.poll(() => board.page.url(), PATIENTLY).toBe(`${stack.url}/requests/${requestId}.try2?tab=record`);
    await board.page.goBack();
    const settings = board.panel('settings');
    await board.opens('settings');
    expect(await settings.getByRole('region', { name: '応答がなかったときのかけ直し' }).textContent()).toContain(
      'times1',
    );
    expect(await settings.getByRole('region', { name: 'お待ちの間の折り返しのご案内' }).textContent()).toContain(
      'afterSeconds60',
    );
  });

  it('tells of an agent who did not take it, as soon as the record does', async () => {
    // Prepare
    const [record] = await stack.records();

    // Act
    await putRecord(stack, { ...record, agentMissed: true });
    await board.opens('log');

    // Assess
    await board.rows.last().getByText('オペレーターが出ませんでした').waitFor();
  });

  it('of a customer who calls has a row and a page of its own', async () => {
    // Prepare
    const { panel, rows } = board;

    // Act
    await board.opens('centre');
    await panel('queues').getByRole('button', { name: '別のお客様から着信させる' }).first().click();
    await board.opens('log');
    const row = rows.first();
    await row.getByText('お客様からの着信').waitFor();
    await row.getByText('オペレーターと通話中').waitFor();
    await row.getByRole('link').click();

    // Assess
    await panel('path').getByText('お客様からお電話をいただきました。').waitFor();
    await panel('phone').getByRole('button', { name: '電話を切る' }).click();
    await row.getByText('通話済み').waitFor();
    expect(board.wrongs).toEqual([]);
  });
});

describe('the figures of the day', () => {
  it('are a table for everybody, and bars for the eye', async () => {
    // Act, Assess
    await board.opens('figures');
    await expect
      .poll(figures, PATIENTLY)
      .toEqual(
        expect.arrayContaining([
          '● 通話済み1',
          'completed お客様がオペレーターとお話しになりました。1',
          '○ つながらず1',
          'busy お話し中か、着信が拒否されました。1',
        ]),
      );
    const told = await figures();
    expect(told.filter((text) => /^(?:中央値|95% の方はこの時間以内)[\d.]+ 秒$/.test(text))).toHaveLength(4);
    const bars = board.panel('figures').locator('.outcomes rect:not(.whole)');
    expect(await bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('width')))).toEqual([
      '50',
      '50',
      '50',
      '50',
    ]);
    expect(await board.panel('figures').getByRole('img').count()).toBe(0);
  });
});
