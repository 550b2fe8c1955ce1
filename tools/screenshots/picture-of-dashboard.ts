import { chromium } from 'playwright-core';
import { launchChromium } from '../../packages/sandbox/chromium/launch-chromium.ts';

/** As wide as the screens that the board is designed for; as high as its contents. */
const SCREEN = { width: 1366, height: 650 };

/**
 * Writes the dashboard of a running local stack as a PNG file, in the language of this machine.
 *
 * @param url where the stack listens
 * @throws NoChromiumError
 */
export async function pictureOfDashboard(url: string, file: string): Promise<void> {
  const { locale } = Intl.DateTimeFormat().resolvedOptions();
  const server = await launchChromium();
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage({ viewport: SCREEN, locale, colorScheme: 'light' });
    await page.goto(`${url}/dashboard`);
    await page.locator('.widget').first().waitFor();
    await page.screenshot({ path: file, fullPage: true, type: 'png' });
  } finally {
    await server.close();
  }
}
