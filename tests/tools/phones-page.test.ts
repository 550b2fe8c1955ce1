import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandHere, PROJECT } from '../run-command.ts';
import { cp932 } from './phones-files.ts';

it.each(['docs/phones.md', 'docs/phones.ja.md'])('%s shows a run as it is', async (page) => {
  // Prepare
  const [, block = ''] = /```console\n([\s\S]+?)```/.exec(readFileSync(join(PROJECT, page), 'utf8')) ?? [];
  const [, , customers = '', , command = '', shown = '', , datahub] =
    /^\$ cat (\S+).*\n([\s\S]+?)(\$ npm run -s phones -- customers\.csv datahub\.csv(.*)\n)([\s\S]+?)(\$ cat datahub\.csv\n)([\s\S]+)$/.exec(
      block,
    ) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'phones-'));
  const [input, out] = [join(folder, 'customers.csv'), join(folder, 'datahub.csv')];
  writeFileSync(input, cp932(customers.replaceAll('\n', '\r\n')));
  try {
    // Act
    const options = command.split(' ').filter((word) => word !== '');
    const { stdout } = await commandHere('phones', [input, out, ...options]);
    // Assess
    expect(stdout.replaceAll(`${folder}/`, '')).toBe(shown);
    expect(readFileSync(out, 'utf8')).toBe(datahub);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
