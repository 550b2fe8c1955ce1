import type { Page } from 'playwright-core';

/** The texts of the pop-up as shown that break a line within this word. */
export const breaksWithin = (page: Page, word: string): Promise<string[]> =>
  page.evaluate((wanted) => {
    const root = document.querySelector('[data-visual-ivr]')?.shadowRoot;
    if (!root) return ['there is no pop-up'];
    const found: string[] = [];
    for (const block of root.querySelectorAll('*')) {
      if (!block.checkVisibility()) continue;
      for (const text of block.childNodes) {
        if (!(text instanceof Text)) continue;
        const said = text.data;
        for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + wanted.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(said);
        }
      }
    }
    return found;
  }, word);
