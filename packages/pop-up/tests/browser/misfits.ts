import type { Page } from 'playwright-core';

/** What of the pop-up is outside the window, too small for a finger, or unreachable by keyboard. */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const root = document.querySelector('[data-visual-ivr]')?.shadowRoot;
    if (!root) return ['there is no pop-up'];
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    const dialog = root.querySelector('dialog');
    if (dialog && dialog.scrollWidth > dialog.clientWidth) found.push('the dialog scrolls sideways');
    for (const element of root.querySelectorAll('*')) {
      if (!element.checkVisibility()) continue;
      const { left, right, width, height } = element.getBoundingClientRect();
      const name = `${element.tagName} ${element.textContent?.slice(0, 20)}`;
      const isHiddenFromSight = [element, element.parentElement ?? element].some((each) => {
        const box = each.getBoundingClientRect();
        return box.width <= 1 && box.height <= 1;
      });
      if (!isHiddenFromSight && (left < -0.5 || right > innerWidth + 0.5)) found.push(`${name} is cut off`);
      if (
        !isHiddenFromSight &&
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).display !== 'inline'
      )
        found.push(`${name} holds more than fits`);
      if (element.matches('button, input, select, a[data-choice]') && (width < 44 || height < 44))
        found.push(`${name} is too small`);
      const scrolls =
        /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight;
      if (scrolls && !element.querySelector('button, input, select, a[href]'))
        found.push(`${name} scrolls by the mouse alone`);
      if (element.matches('[data-error]:not(:empty)')) {
        const { x, bottom } = element.getBoundingClientRect();
        if (root.elementFromPoint(x + 4, bottom - 12) !== element) found.push(`${name} is out of sight`);
      }
    }
    return found;
  });
