import { describe, expect, it } from 'vitest';
import { command } from '../command.ts';

describe('npm run bench', () => {
  it('keeps every bundle within 1.3 times its AWS clients', async () => {
    const { code, stdout } = await command('bench', ['load', '--runs', '1', '--json']);
    expect(code).toBe(0);
    const { rows } = JSON.parse(stdout) as { rows: Record<string, number | string | boolean>[] };
    expect(rows.map((row) => row.function)).toHaveLength(6);
    const bound = rows.filter((row) => row.targetApplies);
    expect(bound).toHaveLength(5);
    for (const row of bound) expect(Number(row.kilobytes) / Number(row.floorKilobytes)).toBeLessThanOrEqual(1.3);
  });

  it('exits 2 on a bench that does not exist', async () => {
    expect(await command('bench', ['speed'])).toMatchObject({ code: 2, stderr: expect.stringContaining('"speed"') });
  });
});
