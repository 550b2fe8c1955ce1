import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchAvailability } from '../browser/availability-watch.ts';

/** Serves `/300000` with valid JSON of that many characters. */
const server = createServer(({ url = '' }, response) => {
  response.end('{}'.padEnd(Number(url.slice(1))));
});
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

it.each([
  ['is read', 300_000, {}],
  ['counts as none', 300_001, undefined],
])('a file %s at %i characters', async (_, length, expected) => {
  const watch = watchAvailability(() => () => undefined);
  await watch.read(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${length}`);
  expect(watch.latest()).toEqual(expected);
});
