import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const stageOf = createRequire(import.meta.url)('../../resources/stage.cjs');

class Ended extends Error {}

/**
 * Loads a stage as the framework does for its commands, `sls invoke local -f checkQueue` by default.
 *
 * @returns what stands on standard error when the process ends, or "loaded"
 */
async function load(stage: string, port = '', command = ['invoke', 'local'], given: object = {}): Promise<string> {
  vi.stubEnv('PORT', port);
  const { argv } = process;
  process.argv = ['node', 'serverless.js', ...command, '--stage', stage];
  const said = vi.spyOn(console, 'error').mockReturnValue();
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Ended();
  });
  onTestFinished(() => {
    process.argv = argv;
    said.mockRestore();
    exit.mockRestore();
  });
  const options = { function: 'checkQueue', stage, ...given };
  try {
    await stageOf({ options, resolveVariable: async () => 'dev' });
    return 'loaded';
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    expect(exit).toHaveBeenCalledExactlyOnceWith(1);
    return said.mock.calls.map(([line]) => String(line)).join('\n');
  }
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
  it.each([
    [['deploy']],
    [['deploy', 'function', '--function', 'admit']],
    [['deploy', '--stage=dev']],
    [['deploy', '-s', 'dev']],
  ])('has no example ids, which AWS would refuse halfway: %j', async (command) => {
    expect(await load('dev', '', command)).toMatch(
      /^settings\/dev\.yml: karte\.eventBusName: found the example "aws\.partner\/.*\nsettings\/dev\.yml: connect\.instanceId: found/,
    );
  });

  it.each([
    [['package']],
    [['print']],
    [['remove']],
    [['info']],
    [['logs', '--function', 'deploy']],
    [['deploy', 'list']],
    [['deploy', 'list', 'functions']],
    [['rollback']],
    [['package', '--package', 'deploy']],
  ])('may have them where nothing is deployed: %j', async (command) => {
    expect(await load('dev', '', command)).toBe('loaded');
  });

  it('is not the local one', async () => {
    expect(await load('local', '', ['deploy'])).toMatch(/^the stage "local" only exists on this machine/);
  });

  it('is not sent to another region than that of its file', async () => {
    expect(await load('dev', '', ['package'], { region: 'us-east-1' })).toBe(
      '--region is us-east-1, and settings/dev.yml has region: ap-northeast-1: leave the option out, or create a stage for that region.',
    );
    expect(await load('dev', '', ['package'], { region: 'ap-northeast-1' })).toBe('loaded');
  });

  it('is dev where none is named', async () => {
    expect(await load('dev', '', ['package'], { stage: null, region: null })).toBe('loaded');
  });

  it.each(['stage_of_mine', 'Dev', '本番'])('has a name that AWS takes, unlike %s', async (name) => {
    expect(await load(name, '', ['package'])).toBe(
      `the stage name "${name}" cannot be used, expected a lower-case letter followed by lower-case letters, digits and hyphens, such as dev.`,
    );
  });
});
