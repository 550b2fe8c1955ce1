import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of a machine decides whether a browser may be put on it, and how. */
export interface Host {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  root: boolean;
  /** Text of /etc/os-release; empty if there is none. */
  osRelease: string;
}

interface Installation {
  /** One line for people to type. */
  byHand: string;
  /** The same for this process; missing if it may not. */
  commands?: { what: string; lines: string[][] };
}

/** The browser, its sandbox for those who are not root, and a small font that has Japanese. */
const PACKAGES = ['chromium', 'chromium-sandbox', 'fonts-ipafont-gothic'];

const PLAYWRIGHT = join(import.meta.dirname, '../../../node_modules/playwright-core/cli.js');

/**
 * How a browser comes onto a machine that has none. Root on Debian or Ubuntu, and anyone who runs with CI=true there, need
 * not ask. Ubuntu's archive has no browser, only stubs that ask for a snap: there, and on other systems, the browser's
 * driver downloads one.
 */
export function installation({ platform, env, root, osRelease }: Host): Installation {
  const distribution = platform === 'linux' ? /^ID="?(\w+)"?$/m.exec(osRelease)?.[1] : undefined;
  const may = root || env.CI === 'true';
  if (distribution === 'debian') {
    const apt = ['apt-get', '-o', 'DPkg::Lock::Timeout=300'];
    const lines = [
      [...apt, 'update'],
      [...apt, 'install', '-y', '--no-install-recommends', ...PACKAGES],
    ];
    const sudo = root ? '' : 'sudo ';
    return {
      byHand: `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}`,
      ...(may && {
        commands: {
          what: "Debian's chromium with apt-get",
          lines: lines.map((line) => [
            ...(root ? [] : ['sudo', '-n']),
            'env',
            'DEBIAN_FRONTEND=noninteractive',
            ...line,
          ]),
        },
      }),
    };
  }
  const download = ['install', '--with-deps', '--no-shell', 'chromium'];
  return {
    byHand: `npx playwright-core ${download.join(' ')}`,
    ...(may &&
      distribution === 'ubuntu' && {
        commands: { what: "Playwright's chromium", lines: [[process.execPath, PLAYWRIGHT, ...download]] },
      }),
  };
}

/** This machine. */
export function thisHost(): Host {
  let osRelease = '';
  try {
    osRelease = readFileSync('/etc/os-release', 'utf8');
  } catch {
    // Only Linux has it.
  }
  return { platform: process.platform, env: process.env, root: process.getuid?.() === 0, osRelease };
}

/** Runs the lines one after another. @returns what the one that failed said last, or undefined when all went well */
export async function run(lines: string[][]): Promise<string | undefined> {
  for (const [file = '', ...args] of lines) {
    const failure = await new Promise<string | undefined>((resolve) => {
      const child = execFile(file, args, { timeout: 600_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        const lastLine = `${stdout}\n${stderr}`.trim().split('\n').at(-1);
        resolve(error === null ? undefined : lastLine || error.message);
      });
      child.stdin?.end();
    });
    if (failure !== undefined) return failure;
  }
  return undefined;
}
