import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandHere, PROJECT } from '../../../tests/run-command.ts';
import { patchedCopy, patchedTexts } from '../bench/patched-copy.ts';
import { PLANTED_BUGS } from '../bench/planted-bugs.ts';

const CLAIM = 'functions/claim-request.ts';

describe('planted bugs', () => {
  it.each(PLANTED_BUGS.map((bug) => [`${bug.number}: ${bug.planted}`, bug] as const))(
    'fit the sources: %s',
    (_, bug) => {
      const texts = [...patchedTexts(bug.patches)];
      expect(texts.length).toBeGreaterThan(0);
      for (const [file, text] of texts) expect(text).not.toBe(readFileSync(join(PROJECT, file), 'utf8'));
    },
  );

  it('that something else holds stand once more, together with it', () => {
    for (const { number, heldBy } of PLANTED_BUGS) {
      if (heldBy === undefined) continue;
      const together = PLANTED_BUGS.filter((bug) => bug.number === number && bug.heldBy === undefined);
      expect(together.map(({ patches }) => patches.length)).toEqual([2]);
    }
  });

  it.each([
    ['not there', 'no such words'],
    ['there twice', 'request'],
  ])('whose words are %s do not fit, and say where to fix it', (_name, find) => {
    expect(() => patchedTexts([{ file: CLAIM, find, replace: '' }])).toThrow(
      /^functions\/claim-request\.ts has ".*" \d+ times instead of once: adapt packages\/sandbox\/bench\/planted-bugs\.ts$/,
    );
  });

  it('are put into a copy, one patch after the other, and leave the project alone', () => {
    // Act
    const copy = patchedCopy([
      { file: CLAIM, find: "reason: 'already_claimed'", replace: '$&' },
      { file: CLAIM, find: '$&', replace: 'fixed' },
    ]);

    // Assess
    const text = readFileSync(join(copy, CLAIM), 'utf8');
    rmSync(copy, { recursive: true });
    expect(text).toContain("outcome: 'duplicate', fixed");
    expect(readFileSync(join(PROJECT, CLAIM), 'utf8')).not.toContain('fixed');
    expect(readdirSync(join(PROJECT, 'node_modules')).length).toBeGreaterThan(10);
  });
});

describe('npm run bench -- faults --planted', () => {
  const few = ['--requests', '20', '--seeds', '1'];
  const planted = (...args: string[]) => commandHere('bench', ['faults', '--planted', ...few, ...args]);

  it('sees a bug, and tells by what', async () => {
    const { code, stdout, stderr } = await planted('--only', '6', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).planted).toMatchObject([
      { number: 6, found: 'seen', seed: 1, invariants: expect.arrayContaining(['held number']) },
    ]);
    expect(stderr).toContain('6: recordOutcome gives nothing back, seed 1 …');
  });

  it('fails where a bug is not seen', async () => {
    // So few requests never come to the deadline.
    const { code, stdout } = await planted('--only', '18');
    expect(code).toBe(1);
    expect(stdout).toMatch(/18 +startCall does not look at the deadline +not seen/);
  });

  it('tells which bug no simulation sees', async () => {
    const { code, stdout } = await planted('--only', '17');
    expect(code).toBe(0);
    expect(stdout).toContain('outside the model: ');
  });

  it('knows what is planted, and by what it is asked for', async () => {
    expect(await planted('--only', '99')).toMatchObject({ code: 2, stderr: expect.stringContaining('--only is 99') });
    const { code, stderr } = await commandHere('bench', ['faults', '--only', '1']);
    expect([code, stderr]).toEqual([2, '--only needs --planted\n']);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    // Prepare
    const place = mkdtempSync(join(tmpdir(), 'planted-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));

    // Act
    const child = spawn(process.execPath, ['tools/bench.ts', 'faults', '--planted', '--only', '1'], {
      cwd: PROJECT,
      env: { ...process.env, TMPDIR: place, TEMP: place },
    });
    await once(child.stderr, 'data');
    const copies = readdirSync(place).length;
    child.kill('SIGINT');
    const [code] = await once(child, 'close');

    // Assess
    expect(copies).toBeGreaterThan(0);
    expect(code).toBe(130);
    expect(readdirSync(place)).toEqual([]);
  });
});
