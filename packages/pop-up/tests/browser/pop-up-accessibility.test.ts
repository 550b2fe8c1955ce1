import { beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../../../../tests/browser/browser-support.ts';
import { breaksWithin } from './broken-words.ts';
import { type Harness, openHarness } from './harness.ts';
import { misfits as misfitsOf } from './misfits.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

let harness: Harness;
let person: Visitor;

beforeAll(async () => {
  harness = await openHarness();
  person = visitor(harness.page);
  return () => harness.close();
});

const misfits = () => misfitsOf(harness.page);

/** Goes through all steps and checks each. */
async function everyStep(look: (step: string) => Promise<void>): Promise<void> {
  await person.launcher.waitFor();
  await look('the page');
  for (const step of ['user-type', 'inquiry-type', 'contact', 'phone', 'confirm', 'done'] as const) {
    await person.goesTo(step);
    if (step === 'phone') {
      await person.enters('0120123456');
      await person.error.waitFor();
    }
    await look(step);
  }
}

const CONFIGURED = {
  company: 'サンプル株式会社',
  contact_1_label: 'チャットで相談する',
  contact_1_url: '/chat',
  contact_2_label: 'メールを送る',
  contact_2_url: 'mailto:support@example.com',
  consent_text: '入力いただいた電話番号は、お電話を差し上げるために利用します。',
  consent_label: 'プライバシーポリシー',
  consent_url: '/privacy',
};

it.each([
  ['on a wide screen', { width: 1280, height: 800 }],
  ['at 320 pixels, as at 400 % of 1280', { width: 320, height: 256 }],
])('every step is without a violation, fits, and can be hit %s', async (_, size) => {
  await harness.page.setViewportSize(size);
  await harness.visit({ settings: CONFIGURED });
  const found: string[] = [];
  await everyStep(async (step) => {
    for (const what of [...(await axeViolations(harness.page)), ...(await misfits())]) found.push(`${step}: ${what}`);
  });
  expect(found).toEqual([]);
});

it('long texts wrap, and a dialog that is higher than the screen scrolls', async () => {
  await harness.page.setViewportSize({ width: 320, height: 480 });
  const long = 'https://example.com/とても長いお問い合わせ内容の名前/'.repeat(4);
  await harness.visit({
    settings: {
      ...CONFIGURED,
      title: long,
      inquiry_type_1: long,
      user_type_1_value: 'visitor',
      user_type_1_label: long,
      consent_text: long,
    },
  });
  const found: string[] = [];
  await everyStep(async (step) => {
    for (const what of await misfits()) found.push(`${step}: ${what}`);
  });
  expect(found).toEqual([]);
});

it('no line of a small telephone breaks within お問い合わせ, whether or not the browser knows Japanese phrases', async () => {
  await harness.page.setViewportSize({ width: 320, height: 568 });
  await harness.visit({ settings: CONFIGURED });
  await person.dialog.evaluate((dialog) => dialog.style.setProperty('word-break', 'normal'));
  const found: string[] = [];
  await everyStep(async (step) => {
    // Where a line ends depends on the font: over all widths, the word is at the end of some line.
    for (let shift = 0; shift < 10; shift += 1) {
      await person.dialog.evaluate((dialog, px) => dialog.style.setProperty('padding-right', `${px}px`), shift * 12);
      for (const text of await breaksWithin(harness.page, '問い合わせ')) found.push(`${step}: ${text}`);
    }
    await person.dialog.evaluate((dialog) => dialog.style.removeProperty('padding-right'));
  });
  expect(found).toEqual([]);
});

it('every step of a small telephone is in reach, also beside its keyboard', async () => {
  // Prepare
  await harness.page.setViewportSize({ width: 320, height: 568 });
  await harness.visit({ settings: CONFIGURED });
  const leaveFree = (height: number) =>
    harness.page.evaluate((free) => {
      if (!visualViewport) return;
      Object.defineProperty(visualViewport, 'height', { value: free, configurable: true });
      visualViewport.dispatchEvent(new Event('resize'));
    }, height);
  // Act
  await person.goesTo('phone');
  for (const height of [300, 240]) {
    await leaveFree(height);
    await person.enters('0120123456');
    // Assess
    expect((await person.dialog.boundingBox())?.height).toBe(height);
    expect(await misfits()).toEqual([]);
  }
  await leaveFree(568);
  for (const step of ['confirm', 'done'] as const) {
    await person.goesTo(step);
    expect(await misfits()).toEqual([]);
  }
});

it('a key that is held down does one thing', async () => {
  await harness.visit();
  await person.goesTo('done');
  await person.step('done').locator('[data-action="finish"]').focus();
  for (let repeat = 0; repeat < 3; repeat += 1) await harness.page.keyboard.down('Enter');
  await harness.page.keyboard.up('Enter');
  expect(await person.dialog.isVisible()).toBe(false);
  await harness.page.keyboard.press('Enter');
  await person.sees('done');
});

describe('for people who have set their device so', () => {
  beforeAll(async () => {
    await harness.page.setViewportSize({ width: 375, height: 667 });
    await harness.visit({ settings: CONFIGURED });
    await person.goesTo('phone');
  });

  it('nothing moves', async () => {
    const moving = () =>
      harness.page.evaluate(() => {
        const root = document.querySelector('[data-visual-ivr]')?.shadowRoot;
        return [...(root?.querySelectorAll('*') ?? [])].flatMap((element) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
          const seconds = Math.max(...transitionDuration.split(',').map((part) => Number.parseFloat(part)));
          const moves = seconds > 0.01 || (animationName !== 'none' && Number.parseFloat(animationDuration) > 0.01);
          return moves ? [`${element.tagName} ${element.getAttribute('class')}`] : [];
        });
      });
    expect(await moving()).toEqual([]);
    // And would a movement have been noticed?
    await harness.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await moving()).not.toEqual([]);
    await harness.page.emulateMedia({ reducedMotion: 'reduce' });
  });

  it('buttons and fields have edges in forced colours', async () => {
    await harness.page.emulateMedia({ forcedColors: 'active' });
    for (const part of [person.button('next'), person.button('back'), person.phone]) {
      const edge = await part.evaluate((element) => getComputedStyle(element).borderTopWidth);
      expect(Number.parseFloat(edge)).toBeGreaterThanOrEqual(1);
    }
    await harness.page.emulateMedia({ forcedColors: 'none' });
  });

  it('a screen reader is told names, language, step and the digits of the inquiry number', async () => {
    const page = harness.page;
    expect(await page.getByRole('dialog', { name: 'お電話でのお問い合わせ' }).count()).toBe(1);
    expect(await person.dialog.getAttribute('lang')).toBe('ja');
    expect(await page.getByRole('heading', { name: /5.*4.*電話番号をご入力ください/ }).count()).toBe(1);
    expect(await page.getByRole('textbox', { name: '電話番号' }).count()).toBe(1);
    await person.goesTo('confirm');
    const number = await page.locator('[data-inquiry-number]').getAttribute('data-inquiry-number');
    expect(await person.step('confirm').ariaSnapshot()).toContain([...(number ?? '')].join('、'));
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'お電話でのお問い合わせ' }).count()).toBe(1);
  });
});
