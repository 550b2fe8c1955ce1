import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations, openBrowser } from '../../../../tests/browser/browser-support.ts';
import { commandHere } from '../../../../tests/run-command.ts';
import { FOR_THE_BOARD } from '../../board/board-settings.ts';
import type { Stack } from '../../stack.ts';
import { startStack } from '../../start-stack.ts';

let stack: Stack;
let browser: Browser;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ agents: 1, speed: 100, settings: FOR_THE_BOARD }), openBrowser()]);
  page = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

const widget = (id: string) => page.locator(`section[aria-labelledby="${id}-title"]`);

it('shows what the functions measured: a call, and two requests of a broken action', async () => {
  // Prepare
  for (const phone of ['+819012345678', '{{phone}}', '{{phone}}']) stack.put(request(phone));
  await stack.idle();
  await stack.runScheduled('sweepCalls');

  // Act
  await page.goto(`${stack.url}/dashboard`);

  // Assess
  await widget('funnel').getByText('お申し込み', { exact: true }).waitFor();
  const rows = async (id: string) =>
    (await widget(id).locator('dl > div').allTextContents()).map((text) => text.trim());
  expect(await rows('funnel')).toEqual([
    'お申し込み3',
    '受付不可2',
    '対応不可0',
    '失敗0',
    '順番待ち (最大)0',
    '発信1',
    '応答1',
    'オペレーターに接続1',
  ]);
  expect(await widget('reasons').locator('tbody tr').allTextContents()).toEqual([
    '電話番号の変数に値が入っていません。 number_refused: not_filled_in2',
  ]);
  expect(await rows('cost')).toEqual(['通話$0.414', 'このシステム$0.001']);
  expect((await rows('errors')).at(-1)).toBe('関数のスロットリングAWS でのみ計測');
  expect(await widget('to-agent').locator('path.line').count()).toBe(2);
  // Each page leads to the others.
  await page.getByRole('link', { name: 'オペレーター用' }).click();
  await page.getByRole('link', { name: '発信ボード' }).click();
  await page.getByRole('link', { name: 'ダッシュボード' }).click();
  await widget('now').waitFor();
});

it.each([
  ['wide, light', { viewport: { width: 1366, height: 650 }, colorScheme: 'light' }],
  ['on a telephone, dark', { viewport: { width: 375, height: 812 }, colorScheme: 'dark' }],
] as const)('axe finds nothing, and nothing sticks out: %s', async (_, { viewport, colorScheme }) => {
  // Prepare
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });

  // Act
  const violations = await axeViolations(page);

  // Assess
  expect(violations).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('.widget')]
      .filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)
      .map((one) => one.querySelector('h2')?.textContent),
  );
  expect(cut).toEqual([]);
});

it('has figures that stand side by side in one line on a telephone, however many lines their labels take', async () => {
  // Prepare
  await page.setViewportSize({ width: 375, height: 812 });

  // Act
  await page.getByRole('button', { name: 'English' }).click();
  await widget('now').getByText('lines in use').waitFor();

  // Assess
  const tops = await widget('now')
    .locator('.values dd')
    .evaluateAll((all) => all.map((figure) => Math.round(figure.getBoundingClientRect().y)));
  expect(tops).toHaveLength(5);
  expect(new Set(tops).size).toBe(3);
});

it('speaks English, says when the server is gone, and breaks no rule of the page', async () => {
  // Act
  await page.getByRole('button', { name: 'English' }).click();
  await widget('funnel').getByText('asked', { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await page.route('**/dashboard/values', (route) => route.abort());

  // Assess
  await page.getByRole('status').getByText('The server does not answer').waitFor();
  expect(await widget('funnel').locator('dd').first().textContent()).toBe('3');
});

it('npm run dashboard writes it as a picture, and prints where it is', async () => {
  // Prepare
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  const file = join(folder, 'dashboard.png');
  const env = { PORT: new URL(stack.url).port };

  // Act
  const picture = await commandHere('show-dashboard', ['--stage', 'local', '--png', file], { env });
  const address = await commandHere('show-dashboard', ['--stage', 'local'], { env });

  // Assess
  expect(picture).toEqual({ code: 0, stdout: `${file}\n`, stderr: '' });
  expect(address.stdout).toBe(`${stack.url}/dashboard\n`);
  const png = readFileSync(file);
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(1366);
  rmSync(folder, { recursive: true });
});

function request(phone: string) {
  const { rule, stage } = stack.service;
  return {
    'detail-type': 'KARTE Action',
    source: rule.eventBusName,
    detail: { name: stage.file.karte.actionName, content: { phone_e164: phone, user_type: 'visitor' } },
  };
}
