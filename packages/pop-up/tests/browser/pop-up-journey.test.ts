import { beforeAll, describe, expect, it } from 'vitest';
import { isInquiryNumber } from '../../../../domain/inquiry-number.ts';
import { type Harness, openHarness } from './harness.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

/** Eight digits, as displayed. */
const SHOWN_NUMBER = /[1-9]\d{3}-\d{4}/;

let harness: Harness;
let person: Visitor;

const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => harness.page.keyboard.press(key)), Promise.resolve());

const focused = () =>
  harness.page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return {
      action: element?.getAttribute('data-action'),
      choice: element?.getAttribute('data-choice'),
      name: element?.getAttribute('name'),
      tag: element?.tagName,
      inStep: element?.closest('[data-step]')?.getAttribute('data-step'),
      inDialog: element?.closest('dialog') !== null,
    };
  });

/** Presses Tab until this is reached, as somebody without a mouse does; throws if it is not. */
async function tabTo(reached: (at: Awaited<ReturnType<typeof focused>>) => boolean): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (reached(await focused())) return;
    await press('Tab');
  }
  throw new Error('the keyboard does not get there');
}

beforeAll(async () => {
  harness = await openHarness();
  person = visitor(harness.page);
  return () => harness.close();
});

describe('a visitor who asks for a call', () => {
  it('goes from the icon to the inquiry number, and three events are sent', async () => {
    // Prepare
    await harness.visit();
    // Act
    await person.launcher.click();
    await person.choice('visitor').click();
    await person.inquiryType(0).click();
    await person.choice('phone').click();
    await person.phone.click();
    await harness.page.keyboard.type('09012345678');
    await person.button('next').click();
    await person.sees('confirm');
    // Assess: the facts of the call are shown before anything is sent
    const confirmation = await person.step('confirm').innerText();
    expect(confirmation).toContain('090-1234-5678');
    expect(confirmation).toContain('050-0000-0000');
    const inquiryNumber = SHOWN_NUMBER.exec(confirmation)?.[0] ?? '';
    expect(isInquiryNumber(inquiryNumber)).toBe(true);
    expect((await harness.recorded()).sent).toEqual([]);
    // Act
    await person.button('send').click();
    // Assess
    await person.sees('done');
    const receipt = await person.step('done').innerText();
    expect(receipt).toContain(inquiryNumber);
    expect(receipt).toContain('050-0000-0000');
    const track_id = inquiryNumber.replace('-', '');
    expect(await harness.recorded()).toEqual({
      sent: [
        { event: 'call_tracking', values: { track_id } },
        { event: 'identify', values: { phone: '09012345678', phone_e164: '+819012345678' } },
        {
          event: 'call_request',
          values: { phone_e164: '+819012345678', user_type: 'visitor', inquiry_type: expect.any(String), track_id },
        },
      ],
      tokensAskedFor: [],
      complaints: [],
    });
  });

  it('needs no mouse', async () => {
    await harness.visit();
    await tabTo(({ action }) => action === 'launcher');
    await press('Enter');
    await person.sees('user-type');
    await tabTo(({ choice }) => choice === 'member');
    await press('Enter');
    await person.sees('inquiry-type');
    expect((await focused()).inStep).toBe('inquiry-type');
    await tabTo(({ choice }) => choice !== null);
    await press('Space');
    await person.sees('contact');
    await tabTo(({ choice }) => choice === 'phone');
    await press('Enter');
    await person.sees('phone');
    await tabTo(({ name }) => name === 'phone');
    await harness.page.keyboard.type('09012345678');
    await press('Enter');
    await person.sees('confirm');
    await tabTo(({ action }) => action === 'send');
    await press('Enter');
    await person.sees('done');
    expect((await harness.recorded()).sent.at(-1)?.values).toMatchObject({
      phone_e164: '+819012345678',
      user_type: 'member',
    });
  });

  it('goes back step by step and loses nothing', async () => {
    // Prepare
    await harness.visit();
    await person.goesTo('confirm', '050-1234-5678');
    const inquiryNumber = SHOWN_NUMBER.exec(await person.step('confirm').innerText())?.[0];
    // Act
    for (const step of ['phone', 'contact', 'inquiry-type', 'user-type'] as const) {
      await person.tap(person.button('back'));
      await person.sees(step);
    }
    expect(await person.button('back').count()).toBe(0);
    // Assess: another answer changes that answer alone
    await person.tap(person.choice('member'));
    await person.sees('inquiry-type');
    await person.tap(person.inquiryType(1));
    await person.tap(person.choice('phone'));
    expect(await person.phone.inputValue()).toBe('050-1234-5678');
    await person.tap(person.button('next'));
    await person.sees('confirm');
    expect(await person.step('confirm').innerText()).toContain(inquiryNumber);
    await person.tap(person.button('send'));
    await person.sees('done');
    expect((await harness.recorded()).sent).toHaveLength(3);
    expect((await harness.recorded()).sent.at(-1)?.values).toMatchObject({
      phone_e164: '+815012345678',
      user_type: 'member',
    });
  });

  it.each([
    ['Esc', () => press('Escape')],
    ['the closing button', () => person.button('close').click()],
  ])('closes it with %s, which forgets the telephone number and gives the focus back', async (_, close) => {
    await harness.visit();
    await person.goesTo('confirm');
    await close();
    await person.dialog.waitFor({ state: 'hidden' });
    expect((await focused()).action).toBe('launcher');
    expect(await harness.page.content()).not.toMatch(/1234/);
    expect(await person.phone.count()).toBe(0);
    // Act: whatever step it opens at, the number must be typed again
    await person.goesTo('phone');
    expect(await person.phone.inputValue()).toBe('');
    expect((await harness.recorded()).sent).toEqual([]);
  });

  it('finds the receipt on opening it again, without the telephone number, which is in its field when asking anew', async () => {
    // Prepare
    await harness.visit();
    await person.goesTo('done');
    const inquiryNumber = SHOWN_NUMBER.exec(await person.step('done').innerText())?.[0] ?? '';
    // Act
    await person.tap(person.button('close'));
    await person.tap(person.launcher);
    // Assess
    await person.sees('done');
    const receipt = await person.step('done').innerText();
    expect(receipt).toContain(inquiryNumber);
    expect(receipt).not.toContain('1234');
    // Act
    await person.tap(person.button('again'));
    expect(await harness.page.content()).not.toContain('1234');
    await person.goesTo('phone');
    expect(await person.phone.inputValue()).toBe('090-1234-5678');
    await person.goesTo('done', '09087654321');
    // Assess: another request has another number
    const { sent } = await harness.recorded();
    expect(sent).toHaveLength(6);
    expect(sent[3]?.values.track_id).not.toBe(sent[0]?.values.track_id);
  });
});

describe('the focus', () => {
  it('goes to the heading of each step, and stays within the pop-up both ways', async () => {
    await harness.visit();
    await person.goesTo('phone');
    expect(await focused()).toMatchObject({ inStep: 'phone', inDialog: true });
    for (const key of ['Tab', 'Shift+Tab']) {
      const seen = new Set<string>();
      for (let presses = 0; presses < 12; presses += 1) {
        await press(key);
        const at = await focused();
        expect(at.inDialog).toBe(true);
        seen.add(`${at.action} ${at.name} ${at.tag}`);
      }
      expect(seen.size).toBeGreaterThanOrEqual(4);
    }
  });
});
