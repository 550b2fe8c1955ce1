import { beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from './harness.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

const IN_ORDER = ['call_tracking', 'identify', 'call_request'];

let harness: Harness;
let person: Visitor;

const eventsSent = async () => (await harness.recorded()).sent.map(({ event }) => event);

beforeAll(async () => {
  harness = await openHarness();
  person = visitor(harness.page);
  return () => harness.close();
});

describe('a request is made once', () => {
  it('by a double click', async () => {
    await harness.visit();
    await person.goesTo('confirm');
    await person.button('send').dblclick();
    await person.sees('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
  });

  it('by many clicks while the signature is being made', async () => {
    // Prepare
    await harness.visit({ settings: { call_token_function: 'callToken' }, token: 'waits' });
    await person.goesTo('confirm');
    const send = person.button('send');
    // Act
    await person.tap(send);
    await expect.poll(async () => (await harness.recorded()).tokensAskedFor).toHaveLength(1);
    await send.evaluate((button: HTMLButtonElement) => {
      for (let click = 0; click < 5; click += 1) button.click();
    });
    // Assess
    expect(await eventsSent()).toEqual([]);
    expect(await person.step('confirm').locator('[aria-busy="true"]').count()).toBeGreaterThan(0);
    await harness.page.evaluate(() => (window as unknown as { answerToken(): void }).answerToken());
    await person.sees('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
    expect((await harness.recorded()).tokensAskedFor).toEqual(['+819012345678']);
  });

  it("by somebody who goes back in the browser's history and comes again", async () => {
    await harness.visit();
    await person.goesTo('done');
    expect(await person.button('back').count()).toBe(0);
    expect(await person.button('send').count()).toBe(0);
    await harness.page.evaluate(() => history.pushState({}, '', '#elsewhere'));
    await harness.page.goBack();
    await harness.page.goForward();
    expect(await eventsSent()).toEqual(IN_ORDER);
    await harness.page.keyboard.press('Escape');
    await person.tap(person.launcher);
    await person.sees('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
  });

  it('on a page whose script runs twice, which keeps one pop-up', async () => {
    await harness.visit({ twice: true });
    expect(await person.launcher.count()).toBe(1);
    await person.goesTo('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
  });
});

it('a tag that fails again and again gets no event twice', async () => {
  // Prepare: each attempt gets one event further
  await harness.visit({ krtFailsAt: [1, 3, 5] });
  await person.goesTo('confirm');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    // Act
    await person.tap(person.button('send'));
    await person.error.waitFor();
    // Assess
    expect(await eventsSent()).toEqual(IN_ORDER.slice(0, attempt));
  }
  await person.tap(person.button('send'));
  await person.sees('done');
  expect(await eventsSent()).toEqual(IN_ORDER);
  const { sent } = await harness.recorded();
  expect(sent[2]?.values.track_id).toBe(sent[0]?.values.track_id);
});

describe('a page that signs', () => {
  it('has its token sent along with the request, and nowhere else', async () => {
    await harness.visit({ settings: { call_token_function: 'callToken' }, token: 'answers' });
    await person.goesTo('done');
    const { sent, tokensAskedFor } = await harness.recorded();
    expect(tokensAskedFor).toEqual(['+819012345678']);
    expect(sent.map(({ values }) => values.call_token)).toEqual([undefined, undefined, 'a-token-for-+819012345678']);
  });

  it('has nothing sent for a visitor who has left, even where an application has emptied the page', async () => {
    // Prepare
    await harness.visit({ settings: { call_token_function: 'callToken' }, token: 'waits' });
    await person.goesTo('confirm');
    await person.tap(person.button('send'));
    await expect.poll(async () => (await harness.recorded()).tokensAskedFor).toHaveLength(1);
    // Act
    await harness.page.evaluate(() => {
      for (const popUp of document.querySelectorAll('[data-visual-ivr]')) popUp.remove();
      (window as unknown as { answerToken(): void }).answerToken();
    });
    // Assess: the next pop-up of the page works, and is the only one that sends
    expect(await eventsSent()).toEqual([]);
    await harness.visit();
    await person.goesTo('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
  });

  it('whose function fails is told so, sends nothing, and may try again', async () => {
    // Prepare
    await harness.visit({ settings: { call_token_function: 'callToken' }, token: 'fails in all ways' });
    await person.goesTo('confirm');
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      // Act
      await person.tap(person.button('send'));
      await person.error.waitFor();
      // Assess
      const { sent, tokensAskedFor, complaints } = await harness.recorded();
      expect(tokensAskedFor).toHaveLength(attempt);
      expect([...sent, ...complaints]).toEqual([]);
    }
    await person.tap(person.button('send'));
    await person.sees('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
  });

  it('whose function has no answer within ten seconds may be asked once more', async () => {
    // Prepare
    await harness.page.clock.install();
    await harness.visit({ settings: { call_token_function: 'callToken' }, token: 'waits' });
    await person.goesTo('confirm');
    await harness.page.clock.pauseAt(Date.now() + 3_600_000);
    await person.tap(person.button('send'));
    await expect.poll(async () => (await harness.recorded()).tokensAskedFor.length).toBe(1);
    // Act
    await harness.page.clock.runFor(9_900);
    expect(await person.error.count()).toBe(0);
    await harness.page.clock.runFor(200);
    await person.error.waitFor();
    // Assess: a response that comes too late sends nothing
    await harness.page.evaluate(() => (window as unknown as { answerToken(): void }).answerToken());
    expect(await eventsSent()).toEqual([]);
    await person.tap(person.button('send'));
    await expect.poll(async () => (await harness.recorded()).tokensAskedFor.length).toBe(2);
    await harness.page.evaluate(() => (window as unknown as { answerToken(): void }).answerToken());
    await person.sees('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
    await harness.page.clock.resume();
  });
});

describe('what it sends with', () => {
  it('is the tracker of a KARTE action script where the page has no tag', async () => {
    await harness.visit({ sends: 'tracker' });
    await person.goesTo('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
  });

  it('is the function that the page has the tag under', async () => {
    await harness.visit({ settings: { krt: 'krtAlt' } });
    await harness.page.evaluate(() =>
      Object.assign(window, { krtAlt: (window as unknown as { krt: unknown }).krt, krt: undefined }),
    );
    await person.goesTo('done');
    expect(await eventsSent()).toEqual(IN_ORDER);
  });

  it('is nothing on a page without KARTE, which is said, with the other ways', async () => {
    await harness.visit({ sends: 'nothing', settings: { closed_label: 'よくあるご質問', closed_url: '/faq' } });
    await person.goesTo('confirm');
    await person.tap(person.button('send'));
    await person.sees('failed');
    expect(await person.step('failed').getByRole('link').getAttribute('href')).toBe('/faq');
    expect(await eventsSent()).toEqual([]);
    expect((await harness.recorded()).complaints).toEqual([]);
  });

  it('has the names that the settings give, and the usual ones in place of those KARTE refuses', async () => {
    await harness.visit({
      settings: {
        event_request: 'ask_for_call',
        event_tracking: '問い合わせ',
        event_identify: 'Identify',
        field_phone_e164: 'tel_e164',
        field_user_type: 'kind',
        field_track_id: '1st',
      },
    });
    await person.goesTo('done');
    const { sent } = await harness.recorded();
    expect(sent.map(({ event }) => event)).toEqual(['call_tracking', 'identify', 'ask_for_call']);
    expect(sent.map(({ values }) => Object.keys(values))).toEqual([
      ['track_id'],
      ['phone', 'tel_e164'],
      ['tel_e164', 'kind', 'inquiry_type', 'track_id'],
    ]);
    for (const name of ['event_tracking', 'event_identify', 'field_track_id']) {
      expect(harness.consoleErrors.join('\n')).toContain(name);
    }
    expect(harness.consoleErrors).toHaveLength(3);
  });
});
