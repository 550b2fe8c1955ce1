import { afterEach, expect, it, vi } from 'vitest';
import { benchLog } from '../bench/bench-log.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('npm run bench -- log shows that no question takes more reads in a larger table', async () => {
  // Prepare
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text) => printed.push(String(text)));
  // Act
  await benchLog(['--records', '1000,3000']);
  // Assess
  const rows = printed
    .join('\n')
    .split('\n')
    .filter((line) => line.includes('this version'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows).toHaveLength(5);
  for (const [, , , small, large] of rows) {
    expect(small).toMatch(/^\d+, [\d.]+ units$/);
    expect(large).toBe(small);
  }
});

it('npm run bench -- log writes no page without a baseline', async () => {
  await expect(benchLog(['--write'])).rejects.toThrow('--write needs --against');
});
