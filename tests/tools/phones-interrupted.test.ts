import { spawn } from 'node:child_process';
import { on as eventsOf, once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phones-'));
  const rows = Array.from({ length: 300_000 }, (_, row) => `user${row},${row % 2 ? '09012345678' : '110'}\n`).join('');
  writeFileSync(join(folder, 'in.csv'), `id,tel\n${rows}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = (program: string, args: string[]) =>
  spawn(program, args, { cwd: PROJECT, stdio: ['ignore', 'ignore', 'pipe'] });
const args = () => ['tools/phones.ts', join(folder, 'in.csv'), join(folder, 'out.csv')];

describe('npm run phones leaves nothing behind', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('after %s', async (signal, expected) => {
    // Prepare
    const watched = watch(folder);
    const child = start(process.execPath, args());
    // Act
    for await (const [, name] of eventsOf(watched, 'change')) {
      if (name.startsWith('out.csv.') && name.endsWith('.partial')) break;
    }
    child.kill(signal);
    const [code] = await once(child, 'close');
    watched.close();
    // Assess
    expect(code).toBe(expected);
    expect(readdirSync(folder)).toEqual(['in.csv']);
  });

  it('where no more can be written, and says so in a sentence', async () => {
    // Files of this shell and what it starts have at most 64 KB.
    const child = start('bash', ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, ...args()]);
    let told = '';
    child.stderr.on('data', (text: Buffer) => {
      told += String(text);
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
    expect(told).toMatch(/^\S+out(\.rejected)?\.csv cannot be written \(EFBIG\); nothing is left of it\n$/);
    expect(readdirSync(folder)).toEqual(['in.csv']);
  });
});
