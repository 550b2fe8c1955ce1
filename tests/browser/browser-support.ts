import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { inject } from 'vitest';
import './shared-chromium.ts';

/**
 * The run's browser. Contexts of it see nothing of each other. `close()` closes the contexts of this connection, not the
 * browser.
 */
export async function openBrowser(): Promise<Browser> {
  const shared = inject('chromium');
  if ('missing' in shared) throw new Error(shared.missing);
  return chromium.connect(shared.endpoint);
}

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds against WCAG 2.2 A and AA and its best practices, one line for each element; open shadow roots are
 * looked into, frames are not (hand each over).
 *
 * @param scope CSS selector of the part to look at
 * @see https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
 */
export async function axeViolations(page: Page | Frame, scope?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const options: RunOptions = { runOnly: RULES, resultTypes: ['violations'], iframes: false };
  const { violations } = await page.evaluate(
    ([within, settings]): Promise<AxeResults> => {
      // What is still fading in has the contrast of its beginning.
      for (const animation of document.getAnimations()) {
        if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
      }
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      return axe.run(within ?? document, settings);
    },
    [scope, options] as const,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.flat().join(' ')}: ${failureSummary ?? ''}`),
  );
}
