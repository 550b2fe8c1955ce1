import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const stageOf = createRequire(import.meta.url)('../../resources/stage.cjs');

/** Loads a stage as the framework does for its commands, `sls invoke local -f checkQueue` by default. */
async function load(stage: string, port = '', command = ['invoke', 'local']): Promise<string> {
  vi.stubEnv('PORT', port);
  const { argv } = process;
  process.argv = [...argv, ...command];
  onTestFinished(() => {
    process.argv = argv;
  });
  const options = { function: 'checkQueue' };
  return stageOf({ options, resolveVariable: async () => stage }).then(
    () => 'loaded',
    // What the framework prints of an error is its stack.
    ({ stack }: Error) => stack,
  );
}

/** A server of this machine that is not the local stack. */
async function somethingElse(): Promise<string> {
  const server = createServer((_, response) => response.writeHead(500).end('<p>no</p>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

describe('the stage that a function is invoked for', () => {
  it('asks for a port where PORT is none', async () => {
    expect(await load('local', 'abc')).toBe('PORT is abc: expected a whole number from 1 to 65535.');
  });

  it('says that what listens is not the local stack', async () => {
    const port = await somethingElse();
    expect(await load('local', port)).toBe(
      `what listens at http://127.0.0.1:${port} is not the local stack: give the PORT of npm start.`,
    );
  });

  it('does not look at PORT where it is a stage of an account', async () => {
    expect(await load('dev', 'abc')).toBe('loaded');
  });
});

describe('the stage that is deployed', () => {
  it('has no example ids, which AWS would refuse halfway', async () => {
    expect(await load('dev', '', ['deploy'])).toMatch(
      /^settings\/dev\.yml: connect\.instanceId: found "00000000-0000-4000-8000-000000000001", expected the id of your own/,
    );
  });

  it('is not the local one', async () => {
    expect(await load('local', '', ['deploy'])).toMatch(/^the stage "local" is for this machine only/);
  });
});
