import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candidates, findChromium, type Machine, UnusableChromePathError } from '../chromium/find-chromium.ts';
import { type Host, installation, run } from '../chromium/install-chromium.ts';
import { chromiumPath, NoChromiumError } from '../chromium/launch-chromium.ts';

const LINUX: Machine = { platform: 'linux', env: { PATH: '/usr/local/bin:/usr/bin' } };
const MAC: Machine = { platform: 'darwin', env: { PATH: '/usr/bin', HOME: '/home/me' } };
const WINDOWS: Machine = {
  platform: 'win32',
  env: { Path: 'C:\\tools', ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' },
};

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n';
const UBUNTU = 'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n';
const FEDORA = 'NAME="Fedora Linux"\nID=fedora\n';

const host = (more: Partial<Host> = {}): Host => ({
  platform: 'linux',
  env: {},
  root: false,
  osRelease: DEBIAN,
  ...more,
});

describe('the browser that is driven', () => {
  it.each<[string, Machine, string, string]>([
    ['Chrome before Chromium, on the search path', LINUX, '/usr/bin/google-chrome', '/usr/local/bin/chromium'],
    ['Chromium before Edge', LINUX, '/usr/bin/chromium', '/usr/bin/microsoft-edge'],
    ['the search path before usual places', LINUX, '/usr/bin/microsoft-edge', '/opt/google/chrome/chrome'],
    [
      "everybody's application before a person's own",
      MAC,
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/home/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    [
      'Chrome before Edge on Windows',
      WINDOWS,
      'C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  ])('is %s', (_, machine, first, second) => {
    expect(candidates(machine)).toEqual(expect.arrayContaining([first, second]));
    expect(findChromium(machine, [], (path) => path === first || path === second)).toBe(first);
    expect(findChromium(machine, [], (path) => path === second)).toBe(second);
  });

  it('is the one that CHROME_PATH names, before all others', () => {
    const machine = { ...LINUX, env: { ...LINUX.env, CHROME_PATH: '/home/me/chrome' } };
    expect(findChromium(machine, [], () => true)).toBe('/home/me/chrome');
  });

  it('is no other when the one that CHROME_PATH names does not run', () => {
    const machine = { ...LINUX, env: { ...LINUX.env, CHROME_PATH: '/home/me/chrome' } };
    const find = () => findChromium(machine, [], (path) => path !== '/home/me/chrome');
    expect(find).toThrow(UnusableChromePathError);
    expect(find).toThrow('CHROME_PATH is /home/me/chrome');
  });

  it('is the one that its driver downloaded, when there is no other', () => {
    expect(findChromium(LINUX, ['/cache/chrome'], (path) => path === '/cache/chrome')).toBe('/cache/chrome');
    expect(findChromium(LINUX, [], () => false)).toBeUndefined();
  });

  it('need not tell its version where the question would open a window', () => {
    const file = join(import.meta.dirname, 'chromium.test.ts');
    expect(findChromium({ platform: 'win32', env: { CHROME_PATH: file } })).toBe(file);
    expect(() => findChromium({ platform: 'linux', env: { CHROME_PATH: file } })).toThrow(UnusableChromePathError);
  });

  describe('on Linux', () => {
    let folder: string;

    const browser = (name: string, script: string): Machine => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
      return { platform: 'linux', env: { CHROME_PATH: join(folder, name) } };
    };

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'browsers-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('must tell its version', () => {
      expect(findChromium(browser('real', 'echo Chromium 156.0.8078.79'))).toBe(join(folder, 'real'));
    });

    it('is not the stub that asks for a snap', () => {
      const stub = browser('stub', 'echo "2.63.1: requires the chromium snap to be installed."; exit 1');
      expect(() => findChromium(stub)).toThrow(UnusableChromePathError);
    });
  });
});

describe('a machine without a browser', () => {
  it.each<[string, Partial<Host>, string | undefined]>([
    ['root on Debian', { root: true }, 'env'],
    ['anybody on Debian with CI=true', { env: { CI: 'true' } }, 'sudo'],
    ['anybody else on Debian', {}, undefined],
    ['anybody with another value of CI', { env: { CI: 'false' } }, undefined],
    ['root on Ubuntu', { root: true, osRelease: UBUNTU }, process.execPath],
    ['anybody on Ubuntu with CI=true', { env: { CI: 'true' }, osRelease: UBUNTU }, process.execPath],
    ['anybody else on Ubuntu', { osRelease: UBUNTU }, undefined],
    ['root on Fedora', { root: true, osRelease: FEDORA }, undefined],
    ['CI=true on a Mac', { platform: 'darwin', env: { CI: 'true' }, osRelease: '' }, undefined],
    ['CI=true on Windows', { platform: 'win32', env: { CI: 'true' }, osRelease: '' }, undefined],
  ])('gets one by itself or does not: %s', (_, more, file) => {
    expect(installation(host(more)).commands?.lines[0]?.[0]).toBe(file);
  });

  it("gets Debian's, with a Japanese font and without asking", () => {
    const { lines } = installation(host({ root: true })).commands ?? { lines: [] };
    expect(lines.map((line) => line.join(' '))).toEqual([
      'env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update',
      'env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends ' +
        'chromium chromium-sandbox fonts-ipafont-gothic',
    ]);
    const withSudo = installation(host({ env: { CI: 'true' } })).commands?.lines ?? [];
    for (const line of withSudo) expect(line.slice(0, 3)).toEqual(['sudo', '-n', 'env']);
  });

  it('says once what it installs, and goes on', async () => {
    // Prepare
    const said: string[] = [];
    const ran: string[][] = [];
    let installed = false;
    // Act
    const path = await chromiumPath({
      host: host({ root: true }),
      find: () => (installed ? '/usr/bin/chromium' : undefined),
      runLines: async (lines) => {
        ran.push(...lines);
        installed = true;
        return undefined;
      },
      say: (line) => said.push(line),
    });
    // Assess
    expect(path).toBe('/usr/bin/chromium');
    expect(said).toEqual([
      "There is no Chrome or Chromium on this machine: installing Debian's chromium with apt-get, once.",
    ]);
    expect(ran).toEqual(installation(host({ root: true })).commands?.lines);
  });

  it.each<[string, Partial<Host>, string]>([
    [
      'Debian',
      {},
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium chromium-sandbox fonts-ipafont-gothic',
    ],
    ['Ubuntu', { osRelease: UBUNTU }, 'npx playwright-core install --with-deps --no-shell chromium'],
    ['a Mac', { platform: 'darwin' }, 'npx playwright-core install --with-deps --no-shell chromium'],
  ])('is told the one command on %s', async (_, more, line) => {
    const asked = chromiumPath({
      host: host(more),
      find: () => undefined,
      runLines: () => Promise.reject(new Error('nothing may be installed')),
      say: () => expect.fail('nothing is installed'),
    });
    await expect(asked).rejects.toThrow(NoChromiumError);
    await expect(asked).rejects.toThrow(
      `There is no Chrome or Chromium to drive. Install one: ${line} (or set CHROME_PATH to one you have).`,
    );
  });

  it('is told why the installation did not help', async () => {
    const asked = chromiumPath({
      host: host({ root: true }),
      find: () => undefined,
      runLines: () => run([[process.execPath, '-e', 'console.error("E: no network"); process.exit(100)']]),
      say: () => {},
    });
    await expect(asked).rejects.toThrow("Installing Debian's chromium with apt-get did not help: E: no network.");
  });

  it('runs no second line after one that failed', async () => {
    const fail = [process.execPath, '-e', 'process.exit(1)'];
    expect(await run([fail, ['a-command-that-does-not-exist']])).toContain('Command failed');
    expect(await run([[process.execPath, '-e', '']])).toBeUndefined();
  });
});
