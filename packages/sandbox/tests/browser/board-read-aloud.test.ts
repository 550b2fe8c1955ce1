import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
  // Visitors answer by themselves and press nothing, so that nobody has to be quick: the calls may be.
  const settings = { ...FOR_THE_BOARD, connect: { pressToConnect: false } };
  [stack, browser] = await Promise.all([
    startStack({ speed: 30, agents: 6, answer: 'human', talkSeconds: 10_000, settings }),
    openBrowser(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

afterEach(() => board.page.context().close());

/**
 * Opens the board on a device with a speech synthesis with voices of these languages, which says everything in no time unless told otherwise.
 * A voice whose language is written with a `*` speaks on a server.
 */
async function withVoices(languages: string[], { endless = false } = {}): Promise<void> {
  board = await openBoard(browser, stack.url, { prepare: (page) => addVoices(page, languages, endless) });
}

const addVoices = (page: Page, languages: string[], endless: boolean): Promise<unknown> =>
  page.addInitScript(
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

const spoken = (): Promise<Spoken[]> =>
  board.page.evaluate(() => (globalThis as unknown as { spoken: Spoken[] }).spoken);
const readAloud = () => board.panel('phone').getByLabel('案内を読み上げる');
const NO_VOICE = 'この端末には日本語の音声がないため、読み上げできません。';

/** Has a visitor called. */
const call = () => board.sends('call-request.visitor');

/** Waits until an agent talks to the visitor, and no prompt is to come. @returns what the phone shows as heard */
async function heardUntilAgent(): Promise<string[]> {
  await board.panel('phone').locator('.with-agent').waitFor();
  return board.panel('phone').locator('.spoken.prompt .speech').allTextContents();
}

async function hangUp(): Promise<void> {
  await board.panel('phone').getByRole('button', { name: '電話を切る' }).click();
  await board.panel('phone').getByText('通話終了').waitFor();
}

describe('reading prompts aloud', () => {
  it('is off at first', async () => {
    await withVoices(['ja-JP']);
    expect(await readAloud().isChecked()).toBe(false);
    await call();
    expect(await heardUntilAgent()).not.toEqual([]);
    await hangUp();
    expect(await spoken()).toEqual([]);
  });

  it('says by the Japanese voice what the customer hears, and nothing that only the agent hears', async () => {
    await withVoices(['en-US', 'ja-JP*', 'ja-JP']);
    await readAloud().check();
    await call();
    const heard = await heardUntilAgent();
    await expect.poll(async () => (await spoken()).at(-1)?.text, PATIENCE).toBe(heard.at(-1));
    // Where three come at once, the first is let go.
    const said = (await spoken()).filter(({ lang }) => lang !== undefined);
    expect(heard).toEqual(expect.arrayContaining(said.map(({ text }) => text)));
    expect(new Set(said.map(({ lang, voice }) => `${lang}, ${voice}`))).toEqual(new Set(['ja-JP, voice of ja-JP']));

    const whispers = await board.panel('phone').locator('.spoken.whisper .speech').allTextContents();
    expect(whispers).not.toEqual([]);
    for (const { text } of said) expect(whispers).not.toContain(text);
    await hangUp();
  });

  it.each([
    ['when the visitor hangs up', hangUp],
    ['when it is switched off', () => readAloud().uncheck()],
  ])('stops in the middle of a word %s', async (_, act) => {
    await withVoices(['ja_JP'], { endless: true });
    await readAloud().check();
    await call();
    const last = async () => (await spoken()).at(-1);
    await expect.poll(async () => (await last())?.lang, PATIENCE).toBe('ja-JP');

    await act();
    await expect.poll(last, PATIENCE).toEqual({ text: '(stops)' });
    // Whatever is still to come of the call is not said.
    if (await readAloud().isChecked()) return;
    await heardUntilAgent();
    await hangUp();
    expect(await last()).toEqual({ text: '(stops)' });
  });

  it('is silent where the device has no Japanese voice, and says so, until it has one', async () => {
    await withVoices(['en-US', 'jam-JM', 'ja-JP*']);
    await readAloud().check();
    await board.panel('phone').getByText(NO_VOICE).waitFor();
    expect(await axeViolations(board.page, '#phone')).toEqual([]);
    await call();
    await heardUntilAgent();
    expect(await spoken()).toEqual([]);

    await board.page.evaluate(() => {
      (globalThis as unknown as { tellOfVoice(lang: string): void }).tellOfVoice('ja-JP');
    });
    await board.panel('phone').getByText(NO_VOICE).waitFor({ state: 'detached' });
    await hangUp();
  });

  it('says so, too, in a browser that does not speak at all', async () => {
    const prepare = (page: Page) =>
      page.addInitScript(() => Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined }));
    board = await openBoard(browser, stack.url, { prepare });
    await readAloud().check();
    await board.panel('phone').getByText(NO_VOICE).waitFor();
    expect(board.wrongs).toEqual([]);
  });
});
