import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { functionUrl } from '../../sandbox/function-url.ts';
import { findingOf } from '../check.ts';
import { FUNCTION_URL_CHECKS } from '../checks/function-url-checks.ts';
import { testAccount } from './account-support.ts';
import { ORIGIN, STAGE, wholeAccount } from './whole-account.ts';

/** The function URL of the local stack, with a function that answers by itself. */
async function urlFor(allowedOrigins: string[], headers: Record<string, string> = {}): Promise<string> {
  const cors = { allowedOrigins, allowedMethods: ['GET'], maxAge: 60 };
  const server = createServer(
    functionUrl(
      { function: 'tellAvailability', cors },
      { invoke: async () => ({ statusCode: 200, headers, body: '{}' }) },
    ),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function findings(url: string, stage = STAGE) {
  const { account } = await testAccount(
    wholeAccount({ functions: [{ name: 'karte-connect-call-dev-tellAvailability', url }] }),
  );
  const found = [];
  for (const check of FUNCTION_URL_CHECKS) found.push(await findingOf(check, account, stage));
  return found.map(({ state }) => state);
}

it('a function URL is found to do as the local one', async () => {
  expect(await findings(await urlFor([ORIGIN]))).toEqual(['fine', 'fine']);
});

it('a page of the site that may not read the answer is a problem, and so is one of anywhere that may', async () => {
  expect(await findings(await urlFor([]))).toEqual(['problem', 'fine']);
  expect(await findings(await urlFor([ORIGIN, 'https://conformance.example.org']))).toEqual(['fine', 'problem']);
});

it('a header that is there twice is a problem', async () => {
  expect(await findings(await urlFor([ORIGIN], { 'access-control-allow-origin': ORIGIN }))).toEqual([
    'problem',
    'problem',
  ]);
});

it('a stage without availability.json has nothing to ask', async () => {
  const stage = { ...STAGE, file: { ...STAGE.file, availability: null } };
  expect(await findings('http://127.0.0.1:1', stage)).toEqual(['unchecked', 'unchecked']);
});
