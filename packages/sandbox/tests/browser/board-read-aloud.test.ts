import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations, openBrowser } from '../../../../tests/browser/browser-support.ts';
import { FOR_THE_BOARD } from '../../board/board-settings.ts';
import type { Stack } from '../../stack.ts';
import { startStack } from '../../start-stack.ts';
import { type Board, openBoard } from './board-visitor.ts';

/** What a browser was told to say, and by which voice; `(stops)` where it was told to be silent. */
interface Spoken {
  text: string;
  lang?: string;
  voice?: string;
}

/** A machine may have much to do. */
const PATIENCE = { timeout: 30_000 };

let stack: Stack;
let browser: Browser;
let board: Board;

beforeAll(async () => {
  const settings = { ...FOR_THE_BOARD, connect: { pressToConnect: true, ringTimeoutSeconds: null } };
  [stack, browser] = await Promise.all([
    startStack({ speed: 4, agents: 3, answer: 'by-hand', settings }),
    openBrowser(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

beforeEach(async () => {
  board = await openBoard(browser, stack.url);
  return () => board.page.context().close();
});

/**
 * Gives the page a speech synthesis with voices of these languages, which says everything in no time unless told otherwise.
 * A voice whose language is written with a `*` speaks on a server.
 */
async function withVoices(page: Page, languages: string[], { endless = false } = {}): Promise<void> {
  await page.addInitScript(
    ([langs, isEndless]) => {
      const spoken: Spoken[] = [];
      const voiceOf = (lang: string) => ({
        lang: lang.replace('*', ''),
        name: `voice of ${lang}`,
        localService: !lang.endsWith('*'),
      });
      let voices = langs.map(voiceOf);
      const synthesis = Object.assign(new EventTarget(), {
        getVoices: () => voices,
        speak(utterance: EventTarget & { text: string; lang: string; voice: { name: string } }) {
          spoken.push({ text: utterance.text, lang: utterance.lang, voice: utterance.voice.name });
          if (!isEndless) queueMicrotask(() => utterance.dispatchEvent(new Event('end')));
        },
        cancel: () => spoken.push({ text: '(stops)' }),
      });
      class Utterance extends EventTarget {
        text: string;
        constructor(text: string) {
          super();
          this.text = text;
        }
      }
      Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
      Object.assign(globalThis, {
        SpeechSynthesisUtterance: Utterance,
        spoken,
        tellOfVoice(lang: string) {
          voices = [...voices, voiceOf(lang)];
          synthesis.dispatchEvent(new Event('voiceschanged'));
        },
      });
    },
    [languages, endless] as const,
  );
  await page.reload();
  await board.panel('log').waitFor();
}

const spoken = (): Promise<Spoken[]> =>
  board.page.evaluate(() => (globalThis as unknown as { spoken: Spoken[] }).spoken);
const readAloud = () => board.panel('phone').getByLabel('案内を読み上げる');
const NO_VOICE = '日本語の音声がない端末のため、読み上げません。';

/** Has a visitor called, answers, and waits until the flow asks for a key. @returns what the phone shows as heard */
async function answeredCall(): Promise<string[]> {
  const { panel } = board;
  await board.sends('call-request.visitor');
  await panel('phone').getByRole('button', { name: '出る' }).click();
  await panel('phone').getByRole('group', { name: '番号の入力を待っています' }).waitFor();
  return panel('phone').locator('.spoken.prompt .speech').allTextContents();
}

async function hangUp(): Promise<void> {
  await board.panel('phone').getByRole('button', { name: '電話を切る' }).click();
  await board.panel('phone').getByText('通話終了').waitFor();
}

describe('reading prompts aloud', () => {
  it('is off at first', async () => {
    await withVoices(board.page, ['ja-JP']);
    expect(await readAloud().isChecked()).toBe(false);
    await answeredCall();
    await hangUp();
    expect(await spoken()).toEqual([]);
  });

  it('says by the Japanese voice what the customer hears, and nothing that only the agent hears', async () => {
    await withVoices(board.page, ['en-US', 'ja-JP*', 'ja-JP']);
    await readAloud().check();
    const heard = await answeredCall();
    await expect.poll(async () => (await spoken()).at(-1)?.text, PATIENCE).toBe(heard.at(-1));
    const before = await spoken();
    expect(heard).toEqual(expect.arrayContaining(before.map(({ text }) => text)));
    expect(new Set(before.map(({ lang, voice }) => `${lang}, ${voice}`))).toEqual(new Set(['ja-JP, voice of ja-JP']));

    await board.panel('phone').getByRole('button', { name: '1 を押す' }).click();
    await board.panel('phone').getByText('オペレーターだけに聞こえます').first().waitFor();
    const whispers = await board.panel('phone').locator('.spoken.whisper .speech').allTextContents();
    for (const { text } of await spoken()) expect(whispers).not.toContain(text);
    await hangUp();
  });

  it.each([
    ['when the visitor hangs up', hangUp],
    ['when it is switched off', () => readAloud().uncheck()],
  ])('stops in the middle of a word %s', async (_, act) => {
    await withVoices(board.page, ['ja_JP'], { endless: true });
    await readAloud().check();
    await answeredCall();
    expect((await spoken()).at(-1)?.lang).toBe('ja-JP');

    await act();
    const last = async () => (await spoken()).at(-1);
    await expect.poll(last, PATIENCE).toEqual({ text: '(stops)' });
    // Whatever is still to come of the call is not said.
    if (await readAloud().isChecked()) return;
    await hangUp();
    expect(await last()).toEqual({ text: '(stops)' });
  });

  it('is silent where the device has no Japanese voice, and says so, until it has one', async () => {
    await withVoices(board.page, ['en-US', 'jam-JM', 'ja-JP*']);
    await readAloud().check();
    await board.panel('phone').getByText(NO_VOICE).waitFor();
    expect(await axeViolations(board.page, '#phone')).toEqual([]);
    await answeredCall();
    expect(await spoken()).toEqual([]);

    await board.page.evaluate(() => {
      (globalThis as unknown as { tellOfVoice(lang: string): void }).tellOfVoice('ja-JP');
    });
    await board.panel('phone').getByText(NO_VOICE).waitFor({ state: 'detached' });
    await hangUp();
  });

  it('says so, too, in a browser that does not speak at all', async () => {
    await board.page.addInitScript(() => {
      Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined });
    });
    await board.page.reload();
    await readAloud().check();
    await board.panel('phone').getByText(NO_VOICE).waitFor();
    expect(board.wrongs).toEqual([]);
  });
});
