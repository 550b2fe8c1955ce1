import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { flows } from 'connect-flow-kit/commands';
import { flowOf, say, setVoice } from 'connect-flow-kit/flow-builder';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { axeViolations, openBrowser } from '../../../../tests/browser/browser-support.ts';

const TONE = readFileSync(new URL('../../../connect-flow-kit/tests/tone.mp3', import.meta.url));
/** 24 frames of it. */
const TONE_SECONDS = 0.576;
/** Of a line that makes no sound. */
const EVENT_SECONDS = 0.5;

const HOSTILE = '</script><script>document.title = "hacked"</script><img src=x onerror="document.title = 1">';

const FLOW = flowOf(
  setVoice('Kazuha', 'Neural'),
  say('こんにちは。'),
  { Type: 'MessageParticipant', Parameters: { SSML: '<speak><break time="4s"/></speak>' } },
  say('こんにちは。'),
  say(HOSTILE),
);
/** The customer answers, four lines of the flow, it hangs up. */
const LINES = 6;

let browser: Browser;
let polly: Server;
let folder: string;
let page: Page;
let wrongs: string[];
let requests: string[];

beforeAll(async () => {
  browser = await openBrowser();
  polly = createServer((_, response) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(TONE));
  await new Promise<void>((resolve) => polly.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'listen-'));
  mkdirSync(join(folder, 'contact-flows'));
  writeFileSync(join(folder, 'contact-flows/call.json'), JSON.stringify(FLOW));

  vi.stubEnv('AWS_ENDPOINT_URL_POLLY', `http://127.0.0.1:${(polly.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_REGION', 'ap-northeast-1');
  const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await flows(['listen', 'call', '--yes'], folder);
  quiet.mockRestore();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await browser?.close();
  polly?.closeAllConnections();
  polly?.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 375, height: 800 }, colorScheme: 'dark' });
  page = await context.newPage();
  [wrongs, requests] = [[], []];
  page.on('console', (message) => wrongs.push(message.text()));
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(join(folder, 'spoken-calls/call.html')).href);
  await page.waitForFunction(() => document.body.dataset.state === 'ready');
  return () => context.close();
});

const player = () => page.locator('#call');
/** Waits until the call is so long. */
const lasts = (seconds: number) =>
  page.waitForFunction(
    (expected) => Math.abs((document.querySelector('#call') as HTMLAudioElement).duration - expected) < 0.01,
    seconds,
  );
const current = () => page.locator('#lines > li').evaluateAll((lines) => lines.findIndex((line) => line.ariaCurrent));

describe('a listen page', () => {
  it('holds the whole call as one sound: prompts, silence, and a moment for what happens', async () => {
    await lasts(2 * EVENT_SECONDS + 3 * TONE_SECONDS + 4);
    await page.getByLabel('Cut every silence to two seconds').check();
    await lasts(2 * EVENT_SECONDS + 3 * TONE_SECONDS + 2);
  });

  it('sounds where its lines are, and is silent between them', async () => {
    await page.addInitScript(() => {
      const make = URL.createObjectURL;
      URL.createObjectURL = (sound) => {
        Object.assign(globalThis, { sound });
        return make(sound);
      };
    });
    await page.reload();
    await page.waitForFunction(() => document.body.dataset.state === 'ready');
    const loudest = (from: number, to: number) =>
      page.evaluate(
        async ([start, end]) => {
          const { sound } = globalThis as unknown as { sound: Blob };
          const samples = new Int16Array((await sound.arrayBuffer()).slice(44));
          return samples
            .slice(start * 16_000, end * 16_000)
            .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        },
        [from, to] as const,
      );
    const firstPrompt = EVENT_SECONDS;
    const secondPrompt = EVENT_SECONDS + TONE_SECONDS + 4;
    expect(await loudest(0, firstPrompt)).toBe(0);
    expect(await loudest(firstPrompt, firstPrompt + TONE_SECONDS)).toBeGreaterThan(2_000);
    expect(await loudest(firstPrompt + TONE_SECONDS + 0.01, secondPrompt - 0.01)).toBe(0);
    expect(await loudest(secondPrompt, secondPrompt + TONE_SECONDS)).toBeGreaterThan(2_000);
  });

  it('plays from the first line to the last, and marks each as it is heard', async () => {
    await page.getByLabel('Cut every silence to two seconds').check();
    await page.evaluate(() => {
      const marked: number[] = [];
      Object.assign(globalThis, { marked });
      const lines = [...document.querySelectorAll('#lines > li')];
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          if ((target as Element).ariaCurrent) marked.push(lines.indexOf(target as Element));
        }
      }).observe(document, { subtree: true, attributeFilter: ['aria-current'] });
    });

    // A machine that has much to do draws seldom: no line is too short to be seen.
    await player().evaluate((audio: HTMLAudioElement) => {
      audio.playbackRate = 0.5;
    });
    // By hand, as browsers want it before a page may make a sound.
    await page.locator('#lines button').first().click();
    await page.waitForFunction(() => (document.querySelector('#call') as HTMLAudioElement).ended);

    const marked = await page.evaluate(() => (globalThis as unknown as { marked: number[] }).marked);
    expect([...new Set(marked)]).toEqual(Array.from({ length: LINES }, (_, index) => index));
  });

  it('jumps to a line, and keeps it when silences are cut', async () => {
    const times = await page.locator('#lines button').allTextContents();
    expect(times).toEqual(['0:00', '0:00', '0:01', '0:05', '0:05', '0:06']);
    await page.locator('#lines button').nth(3).click();
    await player().evaluate((audio: HTMLAudioElement) => audio.pause());
    const line = await current();
    expect(line).toBeGreaterThanOrEqual(3);
    await page.getByLabel('Cut every silence to two seconds').check();
    await expect.poll(current, { timeout: 30_000 }).toBe(line);
  });

  it('runs no script of a flow, and asks no network', async () => {
    expect(await page.locator('.said').last().textContent()).toContain('<img src=x');
    expect(await page.title()).toBe('call: the call as it sounds');
    expect(await page.locator('img').count()).toBe(0);
    expect(wrongs).toEqual([]);
    expect(requests.filter((url) => !/^(file|blob):/.test(url))).toEqual([]);
  });

  it('is usable by everybody, on a telephone, too', async () => {
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
  });
});
