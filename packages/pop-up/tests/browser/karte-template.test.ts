import { beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from './harness.ts';
import { type Delivery, kartePage, variablesOf } from './karte-page.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

/** KARTE's own scripts and styles are inline: a page that has its tag allows that. */
const NO_POLICY = '';

const HOSTILE = `
  * { all: unset !important; } div, dialog { display: none !important; } button { font-size: 60px !important; }
  html { font-size: 40px } body { direction: rtl; letter-spacing: 1em } span { display: block !important; }
`;

let harness: Harness;
let person: Visitor;

const deliver = (delivery: Delivery = {}) => harness.open(kartePage(harness.built, delivery), NO_POLICY);

/** Everything on the page and in the pop-up, as a person sees it. */
const visibleText = () =>
  harness.page.evaluate(() => {
    const popUp = document
      .querySelector('[data-visual-ivr]')
      ?.shadowRoot?.querySelectorAll<HTMLElement>('.launcher, dialog');
    return [document.querySelector('main'), ...(popUp ?? [])].map((part) => part?.innerText).join('\n');
  });

beforeAll(async () => {
  harness = await openHarness();
  person = visitor(harness.page);
  return () => harness.close();
});

describe("the template for KARTE's three tabs", () => {
  it.each<[string, Delivery]>([
    ['with every variable empty', { otherwise: 'empty' }],
    [
      'with every variable left as it is, within an element that is turned and cuts off, beside hostile styles',
      { otherwise: 'left as it is', nested: true, pageStyle: HOSTILE },
    ],
  ])('asks for a call %s', async (_, delivery) => {
    // Prepare
    await deliver(delivery);
    // Act
    const texts: string[] = [];
    for (const step of ['user-type', 'inquiry-type', 'contact', 'phone', 'confirm', 'done'] as const) {
      await person.goesTo(step);
      texts.push(await visibleText());
    }
    // Assess
    for (const text of texts) expect(text).not.toMatch(/[#{}[\]]|undefined|null|NaN/);
    const box = await person.dialog.boundingBox();
    expect(box?.width).toBeGreaterThan(300);
    const recorded = await harness.recorded();
    expect(recorded.sent.map(({ event }) => event)).toEqual(['call_tracking', 'identify', 'call_request']);
    expect(recorded.complaints).toEqual([]);
  });

  it('shows what the marketer has written as text, whatever it is', async () => {
    // Prepare
    const hostile = `"御社" & <b>'係'</b> 📞 </span><img src=x onerror="recorded.complaints.push('ran')">`;
    // Act
    await deliver({
      values: {
        title: `見出し ${hostile}`,
        company: `会社 ${hostile}`,
        user_type_question: `質問 ${hostile}`,
        user_type_1_label: `種別 ${hostile}`,
        user_type_1_value: 'visitor',
      },
    });
    await person.tap(person.launcher);
    await person.sees('user-type');
    // Assess
    const text = await visibleText();
    for (const beginning of ['見出し', '質問', '種別']) expect(text).toContain(`${beginning} ${hostile}`);
    expect(await harness.page.locator('img').count()).toBe(0);
    expect((await harness.recorded()).complaints).toEqual([]);
  });

  it('sends the inquiry type that the marketer has written, as it is', async () => {
    const inquiry = `KARTE "Datahub" & <連携>について 📞`;
    await deliver({ values: { inquiry_type_1: inquiry, user_type_1_value: 'visitor' } });
    await person.goesTo('done');
    expect((await harness.recorded()).sent[2]?.values).toMatchObject({ inquiry_type: inquiry });
  });

  it('keeps one pop-up and what was typed when the action is delivered again', async () => {
    await deliver();
    await person.goesTo('phone');
    await person.phone.fill('0901234');
    await harness.page.evaluate(() => (window as unknown as { deliver(): void }).deliver());
    expect(await person.launcher.count()).toBe(1);
    expect(await person.phone.inputValue()).toBe('090-1234');
    await person.goesTo('done');
    expect((await harness.recorded()).sent).toHaveLength(3);
    expect(await harness.page.locator('[data-visual-ivr]').count()).toBe(1);
  });

  it('has variables in its HTML and CSS only', () => {
    const { script, template, style } = harness.built;
    expect(variablesOf({ ...harness.built, template: '', style: '' })).toEqual([]);
    expect(variablesOf(harness.built).length).toBeGreaterThan(30);
    expect(script).not.toMatch(/#\{|\[\[|\{\{|\{%|\{#|<%|<\/script|<!--/);
    expect(`${template}${style}`).not.toMatch(/\[\[|\{\{|\{%|<%|<script|https?:\/\//);
  });
});

describe('the accent colour', () => {
  const USUAL = ['rgb(21, 94, 168)', 'rgb(255, 255, 255)'] as const;

  /** Background and text of the main button, as red, green and blue. */
  async function buttonColours(accent: string | undefined) {
    await deliver({ values: accent === undefined ? {} : { accent_color: accent }, otherwise: 'left as it is' });
    await person.goesTo('phone');
    return person.button('next').evaluate((button) => {
      const { backgroundColor, color } = getComputedStyle(button);
      return { background: backgroundColor, text: color };
    });
  }

  it.each([
    [
      'is the one the marketer has chosen, with white text on a dark one',
      '#7a1fa2',
      'rgb(122, 31, 162)',
      'rgb(255, 255, 255)',
    ],
    ['has black text on a pale one', 'gold', 'rgb(255, 215, 0)', 'rgb(0, 0, 0)'],
    ['falls back where it was not replaced', undefined, ...USUAL],
    ['falls back where it is a piece of CSS', 'red; color: red', ...USUAL],
  ])('%s', async (_, accent, background, text) => {
    expect(await buttonColours(accent)).toEqual({ background, text });
  });
});
