import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Availability } from '../../../../domain/availability.ts';
import { axeViolations, openBrowser } from '../../../../tests/browser/browser-support.ts';
import { callFigures } from '../../../../tools/calls/call-figures.ts';
import { type Visitor, visitor } from '../../../pop-up/tests/browser/pop-up-visitor.ts';
import { FOR_THE_BOARD } from '../../board/board-settings.ts';
import { operatorFile } from '../../board/operator/operator-page.ts';
import type { Stack } from '../../stack.ts';
import { startStack } from '../../start-stack.ts';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ speed: 100, agents: 5, settings: FOR_THE_BOARD }), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.close();
  vi.useRealTimers();
});

/** Opens the sample page in a browser that has read nothing of it before. */
async function onSamplePage(language: 'ja' | 'en', use: (person: Visitor, page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  // The file is there before anything is pressed faster than people do.
  const opens = async () => {
    await page.goto(`${stack.url}/sample?lang=${language}`);
    const read = page.waitForResponse('**/availability.json*').then((response) => response.finished());
    await page.locator('[data-action="launcher"]').click();
    await read;
  };
  await opens();
  await use(visitor(page), page);
  await context.close();
}

/** What availability.json says when a minute has passed: by then nothing that was read before counts. */
async function availabilityLater(): Promise<Availability> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  return (await (await fetch(`${stack.url}/availability.json`)).json()) as Availability;
}

const newest = async () => (await stack.records()).toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt))[0];

it('an English inquiry is recorded, spoken and counted as the Japanese one', async () => {
  const called = async () => (await stack.records()).filter(({ outcome }) => outcome === 'completed');
  for (const [at, language] of (['ja', 'en'] as const).entries()) {
    await onSamplePage(language, async (person) => {
      await person.goesTo('done', '090-1234-5678');
      await vi.waitUntil(async () => (await called()).length > at, { timeout: 30_000 });
    });
  }
  const records = await called();
  expect(records.map(({ inquiryType }) => inquiryType)).toEqual(Array(2).fill('サービスの内容について'));
  for (const { contactId = '' } of records) {
    const heard = stack.connect.contact(contactId)?.transcript.map(({ text }) => text);
    expect(heard?.join()).toContain('サービスの内容についてのお問い合わせですね');
  }
  expect(callFigures(records, 'Asia/Tokyo').inquiries).toHaveLength(1);
});

it('loads anew when the board switches something, and not while the pop-up is open', async () => {
  await onSamplePage('ja', async (person, page) => {
    const loadedAt = () => page.evaluate(() => performance.timeOrigin);
    const switched = () =>
      page.evaluate(async () => {
        const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
        postMessage({ switched: true }, location.origin);
        await heard;
      });
    const first = await loadedAt();
    await switched();
    const whileOpen = await loadedAt();
    await person.tap(person.button('close'));
    await switched().catch(() => undefined);
    expect(whileOpen).toBe(first);
    await expect.poll(loadedAt).not.toBe(first);
  });
});

it('an operator types the number that the customer says, sees its request, and copies what KARTE is searched for', async () => {
  // Prepare
  const { trackId = '' } = (await stack.records()).find(({ outcome }) => outcome === 'completed') ?? {};
  const context = await browser.newContext({ locale: 'ja-JP', permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(`${stack.url}/operator`);
  const number = page.getByLabel('お客様の問い合わせ番号');
  // Act: one digit misheard, then as it is, in full width
  await number.fill(trackId.slice(0, -1) + ((Number(trackId.at(-1)) + 1) % 10));
  const wrong = await page.getByRole('main').innerText();
  await number.fill(trackId.replaceAll(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? ''));
  await page.getByText('お客様が電話を申し込みました。').waitFor();
  await page.getByRole('button', { name: '値: コピー' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const right = await page.getByRole('main').innerText();
  const violations = await axeViolations(page);
  await page.getByRole('button', { name: 'English' }).click();
  const english = await page.getByRole('main').innerText();
  await context.close();
  // Assess
  expect(wrong).toMatch(/番号が違います.*もう一度番号を伺ってください/s);
  expect(wrong).not.toContain('コピー');
  expect(copied).toBe(trackId);
  expect(right).toMatch(/通話済み.*JST.*ご検討中の方 \(visitor\)/s);
  expect(english).toContain('The customer spoke with an agent.');
  expect(violations).toEqual([]);
});

it('the page for operators needs no server', async () => {
  // Prepare
  const folder = mkdtempSync(join(tmpdir(), 'operator-'));
  const file = join(folder, 'operator.html');
  writeFileSync(file, await operatorFile());
  const page = await browser.newPage({ locale: 'ja-JP' });
  // Act
  await page.goto(pathToFileURL(file).href);
  await page.getByLabel('お客様の問い合わせ番号').fill('4829-1532');
  const said = await page.getByRole('main').innerText();
  await page.close();
  rmSync(folder, { recursive: true });
  // Assess
  expect(said).toMatch(/番号の形式に誤りはありません.*call_tracking.*track_id.*48291532/s);
});

// From here on the clock is moved, which Amazon Connect's quotas do not bear.
it('a time that a visitor chooses is booked, stands on the receipt, and is less free for the next', async () => {
  await onSamplePage('ja', async (person) => {
    // Act
    await person.goesTo('phone');
    await person.enters('090-1234-5678');
    await person.sees('time');
    const clocks = person.step('time').locator('[name="clock"]');
    await person.step('time').locator('[name="day"]').selectOption({ index: 1 });
    await clocks.selectOption({ index: 3 });
    const chosen = await clocks.inputValue();
    await person.tap(person.button('next'));
    await person.tap(person.button('send'));
    await person.sees('done');
    await vi.waitUntil(async () => (await newest())?.bookedAt, { timeout: 30_000 });
    // Assess
    const record = await newest();
    expect(new Date(record?.callAt ?? 0)).toEqual(new Date(chosen));
    const clock = chosen.slice(11, 16).replace(/^0/, '');
    expect(await person.step('done').innerText()).toContain(`${clock} ごろ`);
    const { states } = stack.stateMachine.executions.get(record?.executionId?.split(':').at(-1) ?? '') ?? {};
    expect(states?.map(({ name }) => name)).toContain('BookAppointment');
    const { queues } = await availabilityLater();
    const freeOf = (queue: string) => queues[queue]?.slots?.find(({ at }) => at === chosen)?.free;
    expect([freeOf('visitors'), freeOf('members')]).toEqual([9, 10]);
  });
});

it('while calling is stopped, other ways are offered before a number is asked for', async () => {
  await stack.controls.setStopped(true, { by: 'test', at: '2026-11-22T03:00:00.000Z', why: 'a test' });
  expect((await availabilityLater()).stopped).toBe(true);
  await onSamplePage('ja', async (person) => {
    await person.choice('visitor').click();
    await person.inquiryType(0).click();
    await person.choice('phone').click();
    await person.sees('closed');
    expect(await person.step('closed').innerText()).toContain('ただいまお電話を承っておりません');
    expect(await person.step('closed').getByRole('link').allTextContents()).toEqual(['お問い合わせフォーム']);
  });
});
