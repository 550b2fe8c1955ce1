import type { Locator, Page } from 'playwright-core';

type Step = 'user-type' | 'inquiry-type' | 'contact' | 'phone' | 'time' | 'confirm' | 'done' | 'closed' | 'failed';

/** What a visitor can see and do in the pop-up, through the hooks that its elements carry. */
export interface Visitor {
  launcher: Locator;
  dialog: Locator;
  phone: Locator;
  /** What is wrong with the number, or with the request. */
  error: Locator;
  step(name: Step): Locator;
  /** A button of the step that is shown. */
  button(action: 'next' | 'back' | 'close' | 'send' | 'again'): Locator;
  choice(value: string): Locator;
  inquiryType(at: number): Locator;
  /** A click without mouse movement: ten times cheaper than a real one, for what is not itself under test. */
  tap(what: Locator): Promise<void>;
  /** Resolves when this step is shown. */
  sees(name: Step): Promise<void>;
  /** Submits a telephone number. */
  enters(number: string): Promise<void>;
  /** Opens the pop-up and goes from where it is to a step, by the shortest path, all at once. */
  goesTo(name: Exclude<Step, 'closed' | 'failed'>, number?: string): Promise<void>;
}

export function visitor(page: Pick<Page, 'locator' | 'evaluate'>): Visitor {
  const phone = page.locator('input[name="phone"]');
  const step = (name: Step) => page.locator(`[data-step="${name}"]:visible`);
  const button = (action: string) => page.locator(`dialog [data-action="${action}"]:visible`);
  const tap = (what: Locator) => what.evaluate((element: HTMLElement) => element.click());
  return {
    launcher: page.locator('[data-action="launcher"]'),
    dialog: page.locator('[data-visual-ivr] dialog'),
    phone,
    error: page.locator('[data-error]:not(:empty):visible'),
    step,
    button,
    choice: (value) => page.locator(`[data-choice="${value}"]:visible`),
    inquiryType: (at) => page.locator('[data-step="inquiry-type"] [data-choice]').nth(at),
    tap,
    sees: (name) => step(name).waitFor(),
    async enters(number) {
      await phone.fill(number);
      await tap(button('next'));
    },
    async goesTo(name, number = '090-1234-5678') {
      await page.locator('[data-action="launcher"]').waitFor();
      const arrived = await page.evaluate(walk, [name, number] as const);
      if (arrived === name) return;
      // If it asks for availability.json before it sends, that takes a moment.
      await step(name)
        .waitFor({ timeout: 5_000 })
        .catch((cause) => {
          throw new Error(`the pop-up shows ${arrived} on the way to ${name}`, { cause });
        });
    },
  };
}

/** Runs in the page. @returns the step that was reached */
async function walk([goal, number]: readonly [string, string]): Promise<string | undefined> {
  const root = document.querySelector('[data-visual-ivr]')?.shadowRoot;
  const click = (selector: string) => root?.querySelector<HTMLElement>(selector)?.click();
  const shown = () => root?.querySelector<HTMLElement>('dialog[open] [data-step]')?.dataset.step;
  click('[data-action="launcher"]');
  // Sending takes a turn, if only that of promises.
  for (let turn = 0; turn < 50 && shown() !== goal; turn += 1) {
    const at = shown();
    if (at === 'user-type') click('[data-choice="visitor"]');
    if (at === 'inquiry-type') click('[data-choice]');
    if (at === 'contact') click('[data-choice="phone"]');
    if (at === 'time') click('[data-choice="now"]');
    if (at === 'confirm') click('[data-action="send"]');
    if (at === 'phone') {
      const field = root?.querySelector<HTMLInputElement>('input[name="phone"]');
      if (field) field.value = number;
      field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
      click('[data-action="next"]');
    }
    await Promise.resolve();
  }
  return shown();
}
