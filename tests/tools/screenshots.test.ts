import { expect, it } from 'vitest';
import { command } from '../command.ts';

it('npm run screenshots says what to do where there is no browser, and starts nothing', async () => {
  const { code, stdout, stderr } = await command('screenshots', [], { env: { CHROME_PATH: '/nowhere/chrome' } });
  expect(code).toBe(2);
  expect(stderr).toBe('CHROME_PATH is /nowhere/chrome: there is no Chrome or Chromium that runs\n');
  expect(stdout).toBe('');
});
