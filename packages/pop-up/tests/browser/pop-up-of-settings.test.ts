import { beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from './harness.ts';
import { type Visitor, visitor } from './pop-up-visitor.ts';

const CLOSED = {
  closed_text: '受付時間は平日9時から18時までです。',
  closed_label: 'お問い合わせフォーム',
  closed_url: '/form',
};

let harness: Harness;
let person: Visitor;

const sent = async () => (await harness.recorded()).sent;

/** Changes a setting while the page is open, as a page does when its opening hours end. */
const set = (name: string, text: string) =>
  harness.page.evaluate(
    ([of, value]) => {
      const element = document.querySelector(`[data-setting="${of}"]`);
      if (element) element.textContent = value;
    },
    [name, text] as const,
  );

beforeAll(async () => {
  harness = await openHarness();
  person = visitor(harness.page);
  return () => harness.close();
});

describe('outside opening hours', () => {
  it('the other way is offered, and no call', async () => {
    await harness.visit({ settings: { ...CLOSED, open: 'no' } });
    await person.tap(person.launcher);
    await person.sees('closed');
    const text = await person.step('closed').innerText();
    expect(text).toContain(CLOSED.closed_text);
    const link = person.step('closed').getByRole('link', { name: CLOSED.closed_label });
    expect(await link.getAttribute('href')).toBe('/form');
    expect(await person.dialog.locator('[data-choice="visitor"], input').count()).toBe(0);
    expect(await sent()).toEqual([]);
  });

  it('that begin while somebody types, nothing is sent; that end while the page is open, a call can be asked for', async () => {
    // Prepare
    await harness.visit({ settings: { ...CLOSED, open: 'yes' } });
    await person.goesTo('confirm');
    // Act
    await set('open', 'no');
    await person.tap(person.button('send'));
    // Assess
    await person.sees('closed');
    expect(await sent()).toEqual([]);
    // Act
    await person.tap(person.button('close'));
    await set('open', 'yes');
    await person.goesTo('done');
    // Assess
    expect(await sent()).toHaveLength(3);
  });
});

describe('the other ways of contact', () => {
  it('are links, and those that could run something are left out', async () => {
    // Act
    await harness.visit({
      settings: {
        contact_phone_label: 'お電話で',
        contact_1_label: 'チャット',
        contact_1_url: 'https://example.com/chat?a=1&b=2',
        contact_2_label: 'メール',
        contact_2_url: 'mailto:support@example.com',
        contact_3_label: '危険なリンク',
        contact_3_url: ' JavaScript:alert(1)',
        contact_4_label: 'よくあるご質問',
        contact_4_url: '/faq',
        consent_url: 'data:text/html,<script>alert(1)</script>',
      },
    });
    await person.goesTo('contact');
    // Assess
    const links = person.step('contact').getByRole('link');
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.com/chat?a=1&b=2',
      'mailto:support@example.com',
      '/faq',
    ]);
    expect(await person.choice('phone').innerText()).toContain('お電話で');
    expect(await person.dialog.innerText()).not.toContain('危険なリンク');
    for (const link of await links.all()) {
      if ((await link.getAttribute('target')) === '_blank')
        expect(await link.getAttribute('rel')).toContain('noopener');
    }
    expect(harness.consoleErrors.join('\n')).toMatch(/contact_3_url[\s\S]*consent_url|consent_url[\s\S]*contact_3_url/);
    await person.tap(person.choice('phone'));
    await person.sees('phone');
    expect(await person.step('phone').getByRole('link').count()).toBe(0);
  });
});

describe('the texts', () => {
  it('are those of the page, which are never anything but text', async () => {
    const text = `<img src=x onerror="recorded.complaints.push('ran')"> "&" 📞`;
    await harness.visit({
      settings: {
        title: `題 ${text}`,
        company: `社 ${text}`,
        user_type_1_value: 'visitor',
        user_type_1_label: `種別 ${text}`,
        inquiry_type_1: `内容 ${text}`,
        phone_question: `番号 ${text}`,
        phone_note: `例 ${text}`,
        consent_text: `同意 ${text}`,
        confirm_note: `確認 ${text}`,
        done_title: `完了 ${text}`,
        done_note: `待機 ${text}`,
        caller_number: '+81311112222',
      },
    });
    const seen: string[] = [];
    for (const step of ['user-type', 'inquiry-type', 'phone', 'confirm', 'done'] as const) {
      await person.goesTo(step);
      seen.push(await person.dialog.innerText());
      if (step !== 'done') await harness.page.keyboard.press('Escape');
    }
    for (const beginning of ['題', '種別', '内容', '番号', '例', '同意', '確認', '完了', '待機']) {
      expect(seen.join('\n')).toContain(`${beginning} ${text}`);
    }
    expect(seen.at(-1)).toContain('03-1111-2222');
    expect((await sent())[2]?.values.inquiry_type).toBe(`内容 ${text}`);
    expect((await harness.recorded()).complaints).toEqual([]);
  });

  it('are English where the page asks for it, refusals and receipt included', async () => {
    // Prepare
    await harness.visit({ settings: { language: 'en' } });
    const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
    const seen: string[] = [await person.launcher.innerText()];
    // Act
    await person.tap(person.launcher);
    for (const step of ['user-type', 'inquiry-type', 'contact', 'phone'] as const) {
      await person.sees(step);
      seen.push(await person.dialog.innerText());
      if (step !== 'phone') await person.tap(person.step(step).locator('[data-choice]').first());
    }
    await person.enters('0570123456');
    seen.push(await person.error.innerText());
    await person.enters('09012345678');
    await person.sees('confirm');
    seen.push(await person.dialog.innerText());
    await person.tap(person.button('send'));
    await person.sees('done');
    seen.push(await person.dialog.innerText());
    // Assess
    for (const text of seen) expect(text).not.toMatch(japanese);
    expect(seen.join('\n')).toMatch(/inquiry number/i);
    expect(
      await harness.page
        .locator('[data-visual-ivr] dialog')
        .evaluate(
          (dialog) =>
            dialog.closest('[lang]')?.getAttribute('lang') ??
            (dialog.getRootNode() as ShadowRoot).host.getAttribute('lang'),
        ),
    ).toBe('en');
  });
});
