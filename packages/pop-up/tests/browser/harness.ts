import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { loadStage } from '../../../../resources/load-stage.ts';
import { openBrowser } from '../../../../tests/browser/browser-support.ts';
import { buildVisualIvr } from '../../build-pop-up.ts';
import type { BuiltInAddresses } from '../../stage-facts.ts';
import {
  type HostPage,
  hostHtml,
  hostScript,
  hostStyle,
  type Recorded,
  STRICT_POLICY,
  withTracker,
} from './host-page.ts';

export type VisualIvr = Awaited<ReturnType<typeof buildVisualIvr>>;

/** A web site on 127.0.0.1 with pages that host the pop-up, and a browser that visits them. */
export interface Harness {
  built: VisualIvr;
  /** The one page of this file's tests, which `visit` sends from host page to host page. */
  page: Page;
  context: BrowserContext;
  /**
   * Shows a host page in `page`. If the page itself is unchanged, only its stub, settings and pop-up are recreated:
   * that takes a tenth of the time of loading it.
   */
  visit(hostPage?: HostPage): Promise<void>;
  /** Opens a page whose files are all given; the tests of the KARTE template make their own. */
  open(html: string, policy?: string): Promise<void>;
  /** What the host page has recorded so far. */
  recorded(): Promise<Recorded>;
  /** Addresses that were requested but are not part of the site. */
  foreignRequests: string[];
  /** Errors written to the console on this page. */
  consoleErrors: string[];
  close(): Promise<void>;
}

/** The pop-up of the local stage, as if its appointments were these. @param addresses as for the build */
export function popUpOf(appointments: object | null, addresses?: BuiltInAddresses): Promise<VisualIvr> {
  const stage = loadStage('local');
  return buildVisualIvr({ ...stage, file: Object.assign({}, stage.file, { appointments }) }, addresses);
}

/** @param popUp what is embedded; the pages may ask their own site for something with `connect-src` */
export async function openHarness(
  options: BrowserContextOptions = {},
  popUp: { built?: Promise<VisualIvr>; sitePolicy?: string } = {},
): Promise<Harness> {
  const { built: building = popUpOf(null), sitePolicy = STRICT_POLICY } = popUp;
  const [built, browser] = await Promise.all([building, openBrowser()]);
  const files = new Map<string, { type: string; body: string; policy: string }>();
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(url);
    response.writeHead(file ? 200 : 404, {
      'content-type': `${file?.type ?? 'text/plain'}; charset=utf-8`,
      'content-security-policy': file?.policy ?? "default-src 'none'",
    });
    response.end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const context = await browser.newContext({
    locale: 'ja-JP',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const foreignRequests: string[] = [];
  const consoleErrors: string[] = [];
  context.on('request', (request) => {
    if (!files.has(request.url().slice(site.length).replace(/#.*$/, ''))) foreignRequests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });

  let pages = 0;
  let keepsPage = false;
  const put = (path: string, type: string, body: string, policy = sitePolicy) =>
    files.set(path, { type, body, policy });
  put('/visual-ivr.js', 'text/javascript', built.embed);
  put('/favicon.ico', 'text/plain', '');

  return {
    built,
    page,
    context,
    foreignRequests,
    consoleErrors,
    async visit(hostPage = {}) {
      const script = hostPage.sends === 'tracker' ? withTracker(built.embed) : built.embed;
      const isPlain = !hostPage.hostile && !hostPage.withoutPopUp && !hostPage.twice;
      consoleErrors.length = 0;
      if (keepsPage && isPlain) {
        await page.evaluate(hostScript(hostPage));
        await page.evaluate(replaceSettings, hostPage.settings);
        await page.evaluate(script);
        return;
      }
      pages += 1;
      const base = `/pages/${pages}`;
      put(base, 'text/html', hostHtml(hostPage, base));
      put(`${base}/host.js`, 'text/javascript', hostScript(hostPage));
      put(`${base}/host.css`, 'text/css', hostStyle(hostPage));
      put('/visual-ivr.js', 'text/javascript', script);
      await page.goto(site + base);
      keepsPage = isPlain;
    },
    async open(html, policy = sitePolicy) {
      pages += 1;
      put(`/pages/${pages}`, 'text/html', html, policy);
      consoleErrors.length = 0;
      await page.goto(`${site}/pages/${pages}`);
      keepsPage = false;
    },
    recorded: () => page.evaluate(() => (window as unknown as { recorded: Recorded }).recorded),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Runs in the page: removes the pop-up and inserts the settings of the next one. */
function replaceSettings(settings: HostPage['settings']): void {
  document.querySelector('[data-visual-ivr]')?.remove();
  if (settings === undefined) return;
  const element = document.createElement('div');
  element.dataset.visualIvr = '';
  element.hidden = true;
  for (const [name, text] of Object.entries(settings)) {
    const setting = document.createElement('span');
    setting.dataset.setting = name;
    setting.textContent = text;
    element.append(setting);
  }
  document.querySelector('.moved div')?.append(element);
}
