import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What of a machine decides where its browsers are. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
}

/** `CHROME_PATH` names something that is no browser: a person's mistake, which no other browser should hide. */
export class UnusableChromePathError extends Error {
  override readonly name = 'UnusableChromePathError';
}

const COMMANDS = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const LINUX_PLACES = [
  '/opt/google/chrome/chrome',
  '/usr/bin/chromium',
  '/usr/lib/chromium/chromium',
  '/usr/lib64/chromium-browser/chromium-browser',
  '/snap/bin/chromium',
  '/opt/microsoft/msedge/msedge',
];

const MAC_APPLICATIONS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Paths at which a browser of the Chromium family may be, in the order in which they are tried: those of the search
 * path, then the usual places of the platform. None is checked yet.
 */
export function candidates({ platform, env }: Machine): string[] {
  const { join, delimiter } = platform === 'win32' ? win32 : posix;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    const programs = WINDOWS_PROGRAMS.flatMap((program) => roots.map((root) => join(root, program)));
    const onPath = ['chrome.exe', 'chromium.exe', 'msedge.exe'];
    return [...onPath.flatMap((name) => folders.map((folder) => join(folder, name))), ...programs];
  }
  const onPath = COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)));
  if (platform !== 'darwin') return [...onPath, ...LINUX_PLACES];
  const roots = ['/Applications', ...(env.HOME === undefined ? [] : [join(env.HOME, 'Applications')])];
  return [...onPath, ...MAC_APPLICATIONS.flatMap((application) => roots.map((root) => join(root, application)))];
}

/**
 * The browser to drive: the one `CHROME_PATH` names, else the first that works.
 *
 * @param more further paths, tried last
 * @throws UnusableChromePathError
 */
export function findChromium(
  machine: Machine = process,
  more: readonly string[] = [],
  works: (path: string) => boolean = (path) => browserWorks(path, machine.platform),
): string | undefined {
  const named = machine.env.CHROME_PATH;
  if (named) {
    if (works(named)) return named;
    throw new UnusableChromePathError(`CHROME_PATH is ${named}: there is no Chrome or Chromium that runs`);
  }
  return [...candidates(machine), ...more].find(works);
}

/**
 * On Linux it is asked for its version: Ubuntu's `chromium-browser` is a stub that only asks for a snap. Elsewhere its
 * being there must do: on Windows the question would open a window.
 */
function browserWorks(path: string, platform: NodeJS.Platform): boolean {
  if (!existsSync(path)) return false;
  if (platform !== 'linux') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /\d+\.\d+\.\d+/.test(stdout);
}
