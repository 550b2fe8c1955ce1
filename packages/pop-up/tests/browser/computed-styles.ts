import type { Page } from 'playwright-core';

/** Every computed style of the elements that match a selector, one line for each element. */
export const computedStyles = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate(
    (within) =>
      [...document.querySelectorAll(within)].map((element) => {
        const style = getComputedStyle(element);
        return `${element.tagName} ${[...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ')}`;
      }),
    selector,
  );

/** What a person sees of the pop-up: position, size and appearance of each of its elements, one line for each. */
export const shownElements = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const looks = [
      'color background-color border font-family font-size font-weight line-height letter-spacing word-spacing',
      'text-transform text-align text-shadow direction opacity visibility transform filter clip-path box-sizing',
      'pointer-events user-select z-index cursor outline-style float',
    ]
      .join(' ')
      .split(' ');
    const root = document.querySelector('[data-visual-ivr]')?.shadowRoot;
    if (!root) throw new Error('there is no pop-up');
    return [...root.querySelectorAll('*')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const place = [x, y, width, height].map((length) => length.toFixed(1)).join(' ');
        const over = root.elementFromPoint(x + width / 2, y + height / 2);
        const hit =
          element.matches('button, input, a') && (over === element || element.contains(over)) ? 'can be hit' : '';
        return `${element.tagName} ${element.getAttribute('data-action') ?? ''} at ${place} ${hit}: ${looks.map((name) => style.getPropertyValue(name)).join('; ')}`;
      });
  });
