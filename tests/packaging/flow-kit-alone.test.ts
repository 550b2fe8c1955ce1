import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fillTokens, tokensIn } from 'connect-flow-kit/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';

/** The package by itself: its folder, and of all packages only those it declares. */
let folder: string;
let entryPoints: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-kit-'));
  cpSync(join(PROJECT, 'packages/connect-flow-kit'), folder, { recursive: true });
  const { dependencies, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules', name), link, 'junction');
  }
  entryPoints = Object.values<string>(exports);
});

afterAll(() => rmSync(folder, { recursive: true }));

const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

describe('connect-flow-kit without the rest of the project', () => {
  it('checks a flow as Amazon Connect exports it', () => {
    // Prepare
    const text = readFileSync(join(PROJECT, 'contact-flows/call-me-queue.json'), 'utf8');
    const values = Object.fromEntries(tokensIn(text).map((token) => [token, '00000000-0000-4000-8000-00000000d001']));
    writeFileSync(join(folder, 'exported.json'), fillTokens(text, values));
    // Act & Assess
    expect(node('bin/connect-flow-kit.cjs', 'lint', 'exported.json')).toBe('0 errors, 0 warnings in 1 flow\n');
    expect(node('bin/connect-flow-kit.cjs', 'lint', '--help')).toContain(
      'node bin/connect-flow-kit.cjs lint [<flow.json>',
    );
  });

  it('loads from each of its entry points', () => {
    const imports = entryPoints.map((path) => `await import('${path}');`).join('\n');
    expect(node('--input-type=module', '--eval', `${imports}\nconsole.log('loaded');`)).toBe('loaded\n');
  });
});
