import { beforeAll, describe, expect, it } from 'vitest';
import { computedStyles, shownElements } from './computed-styles.ts';
import { type Harness, openHarness } from './harness.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

let harness: Harness;
let person: Visitor;

beforeAll(async () => {
  harness = await openHarness();
  person = visitor(harness.page);
  return () => harness.close();
});

describe('a page with a strict Content-Security-Policy', () => {
  it('hosts the whole journey without a breach, a request to others, a cookie or anything stored', async () => {
    // Prepare
    await harness.visit();
    // Act: refusal, correction, sending, receipt, once more
    await person.goesTo('phone');
    await person.enters('0120123456');
    await person.error.waitFor();
    await person.goesTo('done');
    await person.tap(person.button('close'));
    await person.tap(person.launcher);
    await person.tap(person.button('again'));
    await person.sees('user-type');
    // Assess
    expect((await harness.recorded()).complaints).toEqual([]);
    expect(harness.consoleErrors).toEqual([]);
    expect(harness.foreignRequests).toEqual([]);
    expect(await harness.context.cookies()).toEqual([]);
    expect(
      await harness.page.evaluate(async () => [
        localStorage.length,
        sessionStorage.length,
        (await indexedDB.databases()).length,
        history.length > 0 && history.state,
      ]),
    ).toEqual([0, 0, 0, null]);
    // And would a violation have been noticed?
    await harness.page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' })),
    );
    await expect.poll(async () => (await harness.recorded()).complaints.join()).toContain('style-src');
  });
});

describe('a page with hostile styles', () => {
  it('shows the very same pop-up at every step', async () => {
    const looks: { calm: string[]; hostile: string[] } = { calm: [], hostile: [] };
    for (const [kind, seen] of Object.entries(looks)) {
      await harness.visit({ hostile: kind === 'hostile' });
      await person.launcher.waitFor();
      seen.push(...(await shownElements(harness.page)));
      for (const step of ['user-type', 'inquiry-type', 'contact', 'phone', 'confirm', 'done'] as const) {
        await person.goesTo(step);
        if (step === 'phone') await person.enters('0120123456');
        seen.push(step, ...(await shownElements(harness.page)));
      }
    }
    expect(looks.calm.length).toBeGreaterThan(50);
    expect(looks.hostile).toEqual(looks.calm);
  });
});

describe('a page that hosts the pop-up', () => {
  it('keeps its own looks, its own globals, its focus and its scroll', async () => {
    // Prepare
    const globals = () => harness.page.evaluate(() => Object.getOwnPropertyNames(window).sort());
    await harness.visit({ withoutPopUp: true });
    const before = await computedStyles(harness.page, '#own, #own *, html, body');
    const globalsBefore = await globals();
    // Act
    await harness.visit();
    await person.launcher.waitFor();
    const beside = await computedStyles(harness.page, '#own, #own *, html, body');
    await person.goesTo('phone');
    const behind = await computedStyles(harness.page, '#own, #own *');
    await harness.page.keyboard.press('Escape');
    const after = await computedStyles(harness.page, '#own, #own *, html, body');
    // Assess
    expect(beside).toEqual(before);
    expect(behind).toEqual(before.filter((line) => !/^(HTML|BODY)/.test(line)));
    expect(after).toEqual(before);
    expect(await globals()).toEqual(globalsBefore);
  });

  it('keeps nothing that was typed when it is left and perhaps kept by the browser', async () => {
    await harness.visit();
    await person.goesTo('confirm');
    await harness.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    expect(await person.dialog.isVisible()).toBe(false);
    expect(await person.dialog.evaluate((dialog) => dialog.outerHTML)).not.toContain('1234');
    await person.tap(person.launcher);
    await person.sees('phone');
    expect(await person.phone.inputValue()).toBe('');
  });

  it('keeps no number that was sent either', async () => {
    await harness.visit();
    await person.goesTo('done');
    await harness.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    await person.tap(person.launcher);
    await person.tap(person.button('again'));
    await person.goesTo('phone');
    expect(await person.phone.inputValue()).toBe('');
  });

  it('is told when the settings stand where the script cannot see them', async () => {
    await harness.visit({ withoutPopUp: true });
    await harness.page.evaluate(() => {
      const settings = document.createElement('div');
      settings.dataset.visualIvr = '';
      document
        .querySelector('main')
        ?.appendChild(document.createElement('div'))
        .attachShadow({ mode: 'open' })
        .append(settings);
    });
    await harness.page.evaluate(harness.built.embed);
    await person.launcher.waitFor();
    expect(harness.consoleErrors.join('\n')).toMatch(/^visual-ivr: .*shadow/);
  });

  it('hears no key that is typed into the pop-up, and is not sent as a form', async () => {
    // Prepare
    await harness.visit();
    await harness.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const type of ['keydown', 'keyup', 'submit', 'input']) {
        document.addEventListener(type, (event) => heard.push(`${type} ${(event as KeyboardEvent).key}`));
      }
    });
    await person.goesTo('phone');
    await person.phone.focus();
    // Act
    await harness.page.keyboard.type('090');
    await harness.page.keyboard.press('Enter');
    // Assess
    expect(harness.page.url()).not.toContain('?');
    const heard = await harness.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(heard.filter((event) => event !== 'input undefined')).toEqual([]);
  });
});
