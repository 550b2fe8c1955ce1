import { expect, it } from 'vitest';
import { commandHere } from '../../../tests/run-command.ts';
import { run } from '../../../tests/tools/github-support.ts';

const bench = (...args: string[]) => run(process.execPath, ['tools/bench.ts', ...args]);

it('npm run bench -- stack prints what npm start holds after each tenth of the requests', async () => {
  // Act
  const { code, stdout } = await bench('stack', '--requests', '10');
  // Assess
  expect(code).toBe(0);
  const rows = [...stdout.matchAll(/^ +(\d+) +\d+ MB$/gm)].map(([, requests]) => Number(requests));
  expect(rows).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

it('npm run bench -- call compares the commit it is told with the files as they are', async () => {
  const { code, stdout } = await bench('call', '--against', 'HEAD', '--runs', '1');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}[0-9a-f]{7} +\d+ ms\n {2}as it is now +\d+ ms, \d+\.\d\d times as much$/m);
  expect(await commandHere('bench', ['call'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--against') });
});
