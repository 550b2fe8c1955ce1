import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { run } from '../../../tests/tools/github-support.ts';

const bench = (...args: string[]) => run(process.execPath, ['tools/bench.ts', ...args]);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

it('npm run bench -- stack prints what npm start holds after each tenth of the requests', async () => {
  // Act
  const { code, stdout } = await bench('stack', '--requests', '20', '--port', String(await freePort()));
  // Assess
  expect(code).toBe(0);
  const rows = [...stdout.matchAll(/^ +(\d+) +\d+ MB$/gm)].map(([, requests]) => Number(requests));
  expect(rows).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
});

it('npm run bench -- call compares the commit it is told with the files as they are', async () => {
  const { code, stdout } = await bench('call', '--against', 'HEAD', '--runs', '1');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}[0-9a-f]{7} +\d+ ms\n {2}as it is now +\d+ ms, \d+\.\d\d times as much$/m);
  expect(await bench('call')).toMatchObject({ code: 2, stderr: expect.stringContaining('--against') });
});
