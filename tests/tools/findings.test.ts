import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Finding, runFindings, scriptsOf } from '../../tools/findings/run-findings.ts';
import { commandHere, PROJECT } from '../run-command.ts';

const FOLDER = join(PROJECT, 'findings');

describe.each(scriptsOf(FOLDER))('findings/%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');

  it('says the surprise and the version it was seen with', () => {
    const [, title, next] = text.split('\n');
    const library = /^# (@?[\w/-]+): .{20,}$/.exec(title ?? '')?.[1];
    const version = /^# Version (\d+\.\d+\.\d+)\. /.exec(next ?? '')?.[1];
    expect(text).toMatch(
      new RegExp(`^npm install .*--ignore-scripts (\\S+ )?${library}@${version} > npm.txt \\|\\| exit 2$`, 'm'),
    );
  });

  it('can be run, stops at the first fault, and leaves nothing behind', () => {
    expect(statSync(join(FOLDER, name)).mode & 0o111).toBe(0o111);
    expect(text).toMatch(/^set -euo pipefail\nfolder=\$\(mktemp -d\)\ntrap 'rm -rf "\$folder"' EXIT\ncd "\$folder"$/m);
    // Nothing of the project.
    expect(text).not.toMatch(/\.\.\/|functions\/|domain\//);
  });
});

describe('npm run findings', () => {
  it('tells what holds, what has changed, and what could not be tried', async () => {
    // Prepare
    const folder = mkdtempSync(join(tmpdir(), 'findings-'));
    const script = (name: string, body: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\n# ${name}!\n${body}\n`);
    script('a.sh', 'exit 0');
    script('b.sh', 'echo "< before"; exit 1');
    script('c.sh', 'echo "no network" >&2; exit 2');
    writeFileSync(join(folder, 'README.md'), '');
    const found: Finding[] = [];
    // Act
    for await (const finding of runFindings(folder)) found.push(finding);
    rmSync(folder, { recursive: true });
    // Assess
    expect(found).toEqual([
      { name: 'a.sh', says: 'a.sh!', verdict: 'holds', told: '' },
      { name: 'b.sh', says: 'b.sh!', verdict: 'changed', told: '< before\n' },
      { name: 'c.sh', says: 'c.sh!', verdict: 'not tried', told: 'no network\n' },
    ]);
  });

  it('helps, and takes nothing else', async () => {
    expect(await commandHere('findings', ['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Exit code 0'),
    });
    expect(await commandHere('findings', ['--all'])).toMatchObject({ code: 2, stdout: '' });
  });
});
