import type { Route } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { textOf as textOfField } from '../../../../domain/visitor-text.ts';
import { axeViolations } from '../../../../tests/browser/browser-support.ts';
import { availabilityFile, inMinutes, slotsFrom } from './availability-file.ts';
import { type Harness, openHarness, popUpOf } from './harness.ts';
import { STRICT_POLICY } from './host-page.ts';
import { misfits } from './misfits.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

const FORM = { contact_1_label: 'お問い合わせフォーム', contact_1_url: '/form' };
/** What the server reads as no time at all, while KARTE keeps it as a value. */
const NO_TIME = 'null';
const CONDITION = { ja: /お電話できないことがあります/, en: /we may be unable to call you/ };
const TOMORROW = 24 * 60;
const CLOSED = { open: false, nextOpening: inMinutes(2 * TOMORROW) };

let harness: Harness;
let person: Visitor;
/** What the company's server answers to the next requests for availability.json. */
let answer: (route: Route) => unknown;
let asked: string[];

const says = (file: unknown) => {
  answer = (route) => route.fulfill({ json: file });
};
const requests = async () => (await harness.recorded()).sent.filter(({ event }) => event === 'call_request');
const textOf = (step: Parameters<Visitor['step']>[0]) => person.step(step).innerText();
/** The response has arrived when this resolves: the page handles what came before it. */
const answered = async (count = 1) => {
  await expect.poll(() => asked.length).toBe(count);
  await harness.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
};
/** Opens the pop-up and waits for the file. */
const opens = async () => {
  asked = [];
  await person.tap(person.launcher);
  await answered();
};
const goesOnAs = async (userType: 'member' | 'visitor') => {
  await person.tap(person.choice(userType));
  await person.tap(person.inquiryType(0));
  await person.tap(person.choice('phone'));
};

beforeAll(async () => {
  const popUp = {
    built: popUpOf(
      { maxDays: 7, slotMinutes: 30, perSlot: 1 },
      { availabilityUrl: '/availability.json', consentUrl: '/privacy' },
    ),
    sitePolicy: `${STRICT_POLICY}; connect-src 'self'`,
  };
  harness = await openHarness({ timezoneId: 'Asia/Tokyo' }, popUp);
  person = visitor(harness.page);
  await harness.page.clock.install();
  await harness.context.route('**/availability.json', async (route) => {
    asked.push(route.request().url());
    await answer(route);
  });
  return () => harness.close();
});

beforeEach(() => {
  asked = [];
  says(availabilityFile());
});

it('the consent links the privacy policy that was built in, unless the page names its own', async () => {
  for (const [consent_url, linked] of [
    ['', '/privacy'],
    ['/own-policy', '/own-policy'],
  ]) {
    await harness.visit({ settings: { ...FORM, consent_url: consent_url ?? '' } });
    await person.goesTo('phone');
    expect(await person.step('phone').getByRole('link').getAttribute('href')).toBe(linked);
  }
});

describe('what will happen', () => {
  it('is a call while the company is open', async () => {
    await harness.visit({ settings: FORM });
    await opens();
    await person.goesTo('confirm');
    expect(await textOf('confirm')).toMatch(/\d{1,2}:\d\d まで受付中です。オペレーターの手が空き次第、050-0000-0000/);
    await person.tap(person.button('send'));
    await person.sees('done');
    expect(await textOf('done')).toMatch(/まで受付中です/);
    expect((await requests())[0]?.values.call_at).toBe(NO_TIME);
  });

  it('is a call after the opening where the company keeps the request', async () => {
    says(availabilityFile({ ...CLOSED, calledAtOpening: true }));
    await harness.visit({ settings: { ...FORM, language: 'en' } });
    await opens();
    await person.goesTo('done');
    expect(await textOf('done')).toMatch(/We open at \d{1,2}:\d\d on \w{3},? \d+ \w+, and then call you in turn/);
    expect(await requests()).toHaveLength(1);
  });

  it('is another way where the company is closed, before a number is typed; for another queue it is a call', async () => {
    says(availabilityFile(CLOSED));
    await harness.visit({ settings: FORM });
    await opens();
    await goesOnAs('visitor');
    await person.sees('closed');
    expect(await textOf('closed')).toMatch(/次の受付開始は\s*\d+月\d+日（.）\d{1,2}:\d\d です/);
    expect(await person.step('closed').getByRole('link').getAttribute('href')).toBe('/form');
    // Act: members reach another queue
    for (const step of ['contact', 'inquiry-type', 'user-type'] as const) {
      await person.tap(person.button('back'));
      await person.sees(step);
    }
    await goesOnAs('member');
    await person.sees('phone');
  });

  it('is another way while the company has stopped calling', async () => {
    says(availabilityFile({ slots: slotsFrom(60) }, { stopped: true }));
    await harness.visit({ settings: FORM });
    await opens();
    await goesOnAs('visitor');
    await person.sees('closed');
    expect(await textOf('closed')).toMatch(/受付を停止しております/);
    expect(await textOf('closed')).not.toMatch(/次の受付開始/);
    expect(await person.step('closed').getByRole('link').count()).toBe(1);
  });

  it('is looked at again before sending, once half a minute has passed', async () => {
    await harness.visit({ settings: FORM });
    await opens();
    await person.goesTo('confirm');
    says(availabilityFile(CLOSED));
    await harness.page.clock.fastForward(31_000);
    await person.tap(person.button('send'));
    await person.sees('closed');
    expect(await requests()).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('is asked without cookies', async () => {
    await harness.visit();
    await harness.page.evaluate(() => {
      const send = window.fetch;
      window.fetch = (address, how) => {
        window.name = String(how?.credentials);
        return send(address, how);
      };
    });
    await opens();
    expect(await harness.page.evaluate(() => window.name)).toBe('omit');
  });
});

describe('an availability.json that says nothing', () => {
  it.each<[string, (route: Route) => unknown]>([
    ['is not there', (route) => route.fulfill({ status: 404, body: 'not found' })],
    ['is no JSON', (route) => route.fulfill({ body: '<!doctype html>' })],
    ['has other types', (route) => route.fulfill({ json: { at: 1, stopped: 'no', queues: [] } })],
    ['is of yesterday', (route) => route.fulfill({ json: availabilityFile({}, { at: inMinutes(-TOMORROW) }) })],
    ['cannot be reached', (route) => route.abort()],
  ])('because it %s leaves the condition, and the way to a call', async (_, does) => {
    answer = does;
    await harness.visit({ settings: FORM });
    await opens();
    await person.goesTo('confirm');
    expect(await textOf('confirm')).toMatch(CONDITION.ja);
    await person.tap(person.button('send'));
    await person.sees('done');
    const receipt = await textOf('done');
    expect(receipt).toMatch(CONDITION.ja);
    expect(receipt).not.toMatch(/まもなく/);
    expect(await requests()).toHaveLength(1);
    expect((await harness.recorded()).complaints).toEqual([]);
  });

  it('because it is slow holds nobody up for longer than four seconds', async () => {
    answer = () => undefined;
    await harness.visit({ settings: { ...FORM, language: 'en' } });
    await opens();
    await person.goesTo('confirm');
    expect(await textOf('confirm')).toMatch(CONDITION.en);
    await person.tap(person.button('send'));
    expect(await requests()).toEqual([]);
    await harness.page.clock.fastForward(4_100);
    await person.sees('done');
    expect(await requests()).toHaveLength(1);
  });
});

describe('the time of the call', () => {
  it('is chosen with the keyboard, sent, and stands on the receipt', async () => {
    // Prepare
    const slots = slotsFrom(TOMORROW);
    says(availabilityFile({ slots }));
    await harness.visit({ settings: FORM });
    await opens();
    await person.goesTo('phone');
    await person.enters('090-1234-5678');
    await person.sees('time');
    const press = (key: string) => harness.page.keyboard.press(key);
    const focused = () =>
      harness.page.evaluate(
        () => document.querySelector('[data-visual-ivr]')?.shadowRoot?.activeElement?.getAttribute('name') ?? '',
      );
    // Act
    for (let presses = 0; presses < 10 && (await focused()) !== 'day'; presses += 1) await press('Tab');
    await press('ArrowDown');
    await press('Tab');
    expect(await focused()).toBe('clock');
    await press('Tab');
    await press('Tab');
    await press('Enter');
    // Assess
    await person.sees('confirm');
    const at = slots[3]?.at ?? '';
    const clock = at.slice(11, 16).replace(/^0/, '');
    expect(await textOf('confirm')).toMatch(new RegExp(`お電話の日時\\s*\\d+月\\d+日（.）${clock}`));
    await person.tap(person.button('send'));
    await person.sees('done');
    expect(await textOf('done')).toMatch(
      new RegExp(`${clock} ごろ、050-0000-0000 からお電話いたします。同じ時間に.*お電話できないことがあります`),
    );
    expect((await requests())[0]?.values.call_at).toBe(at);
    // Act: a later request to be called at once
    await person.tap(person.button('close'));
    await opens();
    expect(await textOf('done')).toContain(clock);
    await person.tap(person.button('again'));
    await person.goesTo('done', '090-8765-4321');
    expect((await requests())[1]?.values.call_at).toBe(NO_TIME);
  });

  it('shows the free times alone, and keeps the one chosen on the way back', async () => {
    const slots = slotsFrom(TOMORROW);
    says(availabilityFile({ ...CLOSED, slots }));
    await harness.visit({ settings: FORM });
    await opens();
    await person.goesTo('phone');
    await person.enters('090-1234-5678');
    await person.sees('time');
    expect(await person.choice('now').count()).toBe(0);
    const all = person.step('time').locator('option');
    expect(await all.evaluateAll((options) => options.map((each) => (each as HTMLOptionElement).value))).not.toContain(
      slots[2]?.at,
    );
    await person.step('time').locator('[name="clock"]').selectOption({ index: 1 });
    await person.tap(person.button('next'));
    await person.tap(person.button('back'));
    await person.sees('time');
    expect(await person.step('time').locator('[name="clock"]').inputValue()).toBe(slots[1]?.at);
  });

  it('that is taken meanwhile is told, and another is offered', async () => {
    // Prepare
    const slots = slotsFrom(TOMORROW);
    says(availabilityFile({ slots }));
    await harness.visit({ settings: FORM });
    await opens();
    await person.goesTo('phone');
    await person.enters('090-1234-5678');
    await person.tap(person.button('next'));
    await person.sees('confirm');
    // Act
    says(availabilityFile({ slots: slots.slice(1) }));
    await harness.page.clock.fastForward(31_000);
    await person.tap(person.button('send'));
    // Assess
    await person.sees('time');
    expect(await person.error.innerText()).toMatch(/お選びの日時は受付を終了しました/);
    expect(await requests()).toEqual([]);
    await person.tap(person.button('next'));
    await person.tap(person.button('send'));
    await person.sees('done');
    expect((await requests())[0]?.values.call_at).toBe(slots[1]?.at);
  });

  it('is not asked for where nothing is known', async () => {
    answer = (route) => route.abort();
    await harness.visit({ settings: FORM });
    await opens();
    await person.goesTo('phone');
    await person.enters('090-1234-5678');
    await person.sees('confirm');
  });
});

it('is nothing to the server where none was chosen', () => {
  expect(textOfField(NO_TIME)).toBeUndefined();
});

describe("a browser that keeps KARTE's script back", () => {
  it('is told so after some seconds, with other ways, and nothing is sent; later it may be tried again', async () => {
    await harness.visit({ settings: FORM, sends: 'blocked' });
    await opens();
    await person.goesTo('confirm');
    await person.tap(person.button('send'));
    expect(await person.button('send').innerText()).toBe('送信しています…');
    await harness.page.clock.runFor(8_500);
    await person.sees('failed');
    expect(await person.step('failed').getByRole('link').count()).toBe(1);
    const karteComes = () => harness.page.evaluate(() => (window as unknown as { karteComes(): void }).karteComes());
    await karteComes();
    expect(await requests()).toEqual([]);
    await person.tap(person.button('back'));
    await person.tap(person.button('send'));
    await person.sees('done');
    expect(await requests()).toHaveLength(1);
    await harness.page.clock.resume();
  });

  it('is no matter where the script is only late', async () => {
    await harness.visit({ settings: FORM, sends: 'blocked' });
    await opens();
    await person.goesTo('confirm');
    await person.tap(person.button('send'));
    await harness.page.evaluate(() => (window as unknown as { karteComes(): void }).karteComes());
    await person.sees('done');
    expect(await requests()).toHaveLength(1);
  });
});

it.each([
  ['ja', { width: 1280, height: 800 }],
  ['ja', { width: 320, height: 568 }],
  ['en', { width: 1280, height: 800 }],
  ['en', { width: 320, height: 256 }],
] as const)('each of its steps in %s is without a violation and fits: %o', async (language, size) => {
  const found: string[] = [];
  const look = async (step: string) => {
    for (const what of [...(await axeViolations(harness.page)), ...(await misfits(harness.page))])
      found.push(`${step}: ${what}`);
  };
  await harness.page.setViewportSize(size);
  const settings = { ...FORM, language };
  // Times, after an opening far away
  says(availabilityFile({ ...CLOSED, calledAtOpening: true, slots: slotsFrom(3 * TOMORROW) }));
  await harness.visit({ settings });
  await opens();
  await person.goesTo('phone');
  await person.enters('090-1234-5678');
  await person.sees('time');
  await look('time');
  await person.tap(person.button('next'));
  await person.sees('confirm');
  says(availabilityFile({ ...CLOSED, slots: slotsFrom(4 * TOMORROW) }));
  await harness.page.clock.fastForward(31_000);
  await person.tap(person.button('send'));
  await person.sees('time');
  await look('time taken');
  says(availabilityFile({ slots: slotsFrom(5 * TOMORROW) }));
  await harness.page.clock.fastForward(31_000);
  await person.tap(person.button('next'));
  await person.tap(person.button('send'));
  await person.choice('now').waitFor();
  expect(await person.error.count()).toBe(1);
  await look('time taken, or now');
  await person.tap(person.button('next'));
  await person.tap(person.button('send'));
  await person.sees('done');
  await look('done');
  // Closed
  says(availabilityFile(CLOSED));
  await harness.visit({ settings });
  await opens();
  await goesOnAs('visitor');
  await person.sees('closed');
  await look('closed');
  // Blocked
  says(availabilityFile());
  await harness.visit({ settings, sends: 'blocked' });
  await opens();
  await person.goesTo('confirm');
  await look('confirm');
  await person.tap(person.button('send'));
  await harness.page.clock.runFor(8_500);
  await person.sees('failed');
  await harness.page.clock.resume();
  await look('failed');
  expect(found).toEqual([]);
});
