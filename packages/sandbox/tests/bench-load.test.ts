import { describe, expect, it } from 'vitest';
import { command, commandHere } from '../../../tests/run-command.ts';
import { readService } from '../service.ts';

describe('npm run bench', () => {
  it('keeps every bundle within 1.3 times the clients and libraries it cannot do without', async () => {
    const { code, stdout } = await command('bench', ['load', '--runs', '1', '--json']);
    expect(code).toBe(0);
    const { rows } = JSON.parse(stdout) as { rows: Record<string, number | string>[] };
    expect(rows.map((row) => row.function)).toEqual(Object.keys(readService('dev', 0).functions));
    for (const { function: name, kilobytes, floorKilobytes } of rows) {
      expect(Number(kilobytes) / Number(floorKilobytes), String(name)).toBeLessThanOrEqual(1.3);
    }
  });

  it('exits 2 on a bench that does not exist', async () => {
    expect(await commandHere('bench', ['speed'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"speed"'),
    });
  });
});
