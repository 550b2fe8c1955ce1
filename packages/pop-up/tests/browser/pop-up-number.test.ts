import { beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from './harness.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

let harness: Harness;
let person: Visitor;

/** Empties the field and types into it, key by key. */
async function types(text: string): Promise<void> {
  await person.phone.fill('');
  await person.phone.pressSequentially(text);
}

beforeAll(async () => {
  harness = await openHarness();
  person = visitor(harness.page);
  await harness.visit();
  await person.goesTo('phone');
  return () => harness.close();
});

describe('the field of the telephone number', () => {
  it('brings up the keyboard for numbers, is filled in by the browser, and is large enough not to be zoomed', async () => {
    const field = await person.phone.evaluate((input: HTMLInputElement) => ({
      type: input.type,
      autocomplete: input.autocomplete,
      mode: input.inputMode,
      size: Number.parseFloat(getComputedStyle(input).fontSize),
    }));
    expect(field).toMatchObject({ type: 'tel', autocomplete: 'tel' });
    expect(['tel', 'numeric']).toContain(field.mode);
    expect(field.size).toBeGreaterThanOrEqual(16);
  });

  it.each([
    ['digits', '09012345678', '090-1234-5678'],
    ['full-width digits', '０９０１２３４５６７８', '090-1234-5678'],
    ['hyphens', '090-1234-5678', '090-1234-5678'],
    ['long-vowel marks', '０９０ー１２３４ー５６７８', '090-1234-5678'],
    ['a fixed line', '0312345678', '03-1234-5678'],
    ['an IP telephone', '05012345678', '050-1234-5678'],
  ])('shows %s as people write them', async (_, typed, shown) => {
    await types(typed);
    expect(await person.phone.inputValue()).toBe(shown);
    expect(await person.error.count()).toBe(0);
  });

  it('takes what is pasted', async () => {
    await person.phone.fill('');
    await person.phone.focus();
    await harness.page.keyboard.insertText('（０９０）１２３４−５６７８');
    expect((await person.phone.inputValue()).replace(/\D/g, '')).toBe('09012345678');
  });

  it('keeps the caret where somebody fixes a digit in the middle', async () => {
    await types('09012345678');
    for (let presses = 0; presses < 6; presses += 1) await harness.page.keyboard.press('ArrowLeft');
    await harness.page.keyboard.press('Backspace');
    await harness.page.keyboard.type('9');
    expect((await person.phone.inputValue()).replace(/\D/g, '')).toBe('09012945678');
    await harness.page.keyboard.press('Backspace');
    expect((await person.phone.inputValue()).replace(/\D/g, '')).toBe('0901245678');
  });

  it('leaves a character alone while an input method composes it, whose Escape does not close the pop-up', async () => {
    // Prepare
    await types('090');
    const session = await harness.context.newCDPSession(harness.page);
    // Act
    await session.send('Input.imeSetComposition', { text: '１２', selectionStart: 2, selectionEnd: 2 });
    const composing = await person.phone.inputValue();
    await harness.page.keyboard.press('Escape');
    const isOpen = await person.dialog.isVisible();
    await session.send('Input.insertText', { text: '１２３４' });
    // Assess
    expect(composing).toContain('１２');
    expect(isOpen).toBe(true);
    expect((await person.phone.inputValue()).replace(/\D/g, '')).toBe('0901234');
  });

  it.each([
    ['nothing', '', /入力/],
    ['blanks', '　', /入力/],
    ['a toll-free number', '0120-123-456', /フリーダイヤル|0120/],
    ['a toll-free number of 0800', '0800-123-4567', /フリーダイヤル|0800/],
    ['a shared-cost number', '0570-123-456', /0570|ナビダイヤル/],
    ['the police', '110', /緊急/],
    ['the fire brigade', '119', /緊急/],
    ['a special service', '117', /特別/],
    ['a premium-rate number', '0990-123-456', /情報料|0990/],
    ['a machine', '020-1234-5678', /020/],
    ['a number abroad', '+44 113 496 0000', /海外|国/],
    ['too few digits', '090-1234-567', /桁|番号|確認/],
    ['too many digits', '090-1234-56789', /桁|番号|確認/],
    ['letters', 'denwa', /番号/],
  ])('refuses %s with a sentence, and sends nothing', async (_, typed, sentence) => {
    // Act
    await person.enters(typed);
    // Assess
    expect(await person.error.innerText()).toMatch(sentence);
    const field = await person.phone.evaluate((input) => ({
      step: input.closest('[data-step]')?.getAttribute('data-step'),
      invalid: input.getAttribute('aria-invalid'),
      describedBy: (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => (input.getRootNode() as ShadowRoot).getElementById(id)?.textContent)
        .join(),
    }));
    expect(field).toMatchObject({ step: 'phone', invalid: 'true' });
    expect(field.describedBy).toContain(await person.error.innerText());
    expect((await harness.recorded()).sent).toEqual([]);
  });

  it('takes the sentence away when the number is right, and goes on', async () => {
    await person.enters('０９０１２３４５６７８');
    await person.sees('confirm');
    expect(await person.step('confirm').innerText()).toContain('090-1234-5678');
    await person.tap(person.button('back'));
    expect(await person.error.count()).toBe(0);
    expect(await harness.recorded()).toEqual({ sent: [], tokensAskedFor: [], complaints: [] });
  });

  it.each([
    ['full stops', '０９０。１２３４。５６７８', '090-1234-5678'],
    ['a full stop at the end', '090-1234-5678。', '090-1234-5678'],
    ['commas', '０９０、１２３４、５６７８', '090-1234-5678'],
    ['middle dots', '090·1234·5678', '090-1234-5678'],
    ['bullets behind a country code', '+81 90•1234•5678', '090-1234-5678'],
    ['a switchboard', '03-1234-5678（代表）', '03-1234-5678'],
    ['a label', 'TEL:090-1234-5678', '090-1234-5678'],
    ['a picture', '☎ 090-1234-5678', '090-1234-5678'],
    ['an apostrophe', "'09012345678", '090-1234-5678'],
  ])('takes %s as they are written or pasted', async (_, typed, read) => {
    await person.enters(typed);
    await person.sees('confirm');
    expect(await person.step('confirm').innerText()).toContain(read);
    await person.tap(person.button('back'));
  });

  it('does not complain about a number that is still being typed, but when it is left', async () => {
    await types('012012345');
    expect(await person.error.count()).toBe(0);
    await harness.page.keyboard.press('Tab');
    expect(await person.error.innerText()).toMatch(/0120/);
  });
});

it.each([
  ['ja', /内線/, /文字/, /1 つだけ/, /桁が足りません/, /桁が多すぎます/],
  ['en', /Extension/, /letters/, /more than one/, /Digits are missing/, /too many digits/],
] as const)(
  'says in %s what is wrong with a number, and asks for all digits only where some are missing',
  async (language, ...sentences) => {
    await harness.visit({ settings: { language } });
    await person.goesTo('phone');
    const typed = [
      '03-1234-5678 内線 12',
      '090-1234-5678 です',
      '090-1234-5678 / 03-1234-5678',
      '090-1234-567',
      '090-1234-56789',
    ];
    const said: string[] = [];
    for (const number of typed) {
      await person.enters(number);
      said.push(await person.error.innerText());
    }
    for (const [at, sentence] of sentences.entries()) expect(said[at]).toMatch(sentence);
    expect(said.map((each) => /すべての桁|enter all of them/.test(each))).toEqual([false, false, false, true, false]);
  },
);
