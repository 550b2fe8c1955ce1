import { type BrowserServer, chromium } from 'playwright-core';
import { findChromium, UnusableChromePathError } from './find-chromium.ts';
import { type Host, installation, run, thisHost } from './install-chromium.ts';

/** There is no browser to drive. The message says what to type. */
export class NoChromiumError extends Error {
  override readonly name = 'NoChromiumError';
}

interface Ways {
  host?: Host;
  find?: () => string | undefined;
  runLines?: typeof run;
  say?: (line: string) => void;
}

const findAny = (): string | undefined => findChromium(process, [chromium.executablePath()]);

/**
 * Path of a Chrome or Chromium, which is installed first where there is none and it may be.
 *
 * @throws NoChromiumError
 */
export async function chromiumPath({
  host = thisHost(),
  find = findAny,
  runLines = run,
  say = console.log,
}: Ways = {}): Promise<string> {
  const found = lookFor(find);
  if (found !== undefined) return found;
  const { byHand, commands } = installation(host);
  let because = '';
  if (commands) {
    say(`There is no Chrome or Chromium on this machine: installing ${commands.what}, once.`);
    const failure = await runLines(commands.lines);
    const installed = lookFor(find);
    if (installed !== undefined) return installed;
    because = ` Installing ${commands.what} did not help${failure === undefined ? '' : `: ${failure}`}.`;
  }
  throw new NoChromiumError(
    `There is no Chrome or Chromium to drive.${because} Install one: ${byHand} (or set CHROME_PATH to one you have).`,
  );
}

function lookFor(find: () => string | undefined): string | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnusableChromePathError) throw new NoChromiumError(error.message);
    throw error;
  }
}

/**
 * Starts a browser without a window that any process of this machine can be connected to. Root must do without
 * Chromium's sandbox, and so must containers that forbid its making: it opens this project's own pages only.
 *
 * @throws NoChromiumError
 */
export async function launchChromium(): Promise<BrowserServer> {
  const options = { executablePath: await chromiumPath(), host: '127.0.0.1' };
  if (process.getuid?.() === 0) return chromium.launchServer(options);
  try {
    return await chromium.launchServer({ ...options, chromiumSandbox: true });
  } catch (error) {
    if (!/sandbox/i.test(String(error))) throw error;
    return chromium.launchServer(options);
  }
}
