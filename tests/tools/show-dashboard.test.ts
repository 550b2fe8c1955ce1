import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandHere } from '../run-command.ts';

describe('npm run dashboard', () => {
  const other = createServer((_, response) => response.writeHead(404).end('not this'));
  let port = '';
  let free = '';

  beforeAll(async () => {
    const listen = (server: typeof other) =>
      new Promise<string>((done) =>
        server.listen(0, '127.0.0.1', () => done(String((server.address() as AddressInfo).port))),
      );
    port = await listen(other);
    const gone = createServer();
    free = await listen(gone);
    await new Promise((done) => gone.close(done));
  });

  afterAll(() => void other.close());

  it('prints the address of the stage’s own in the AWS console, without asking AWS', async () => {
    const { code, stdout } = await commandHere('show-dashboard', ['--stage', 'dev']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#dashboards/dashboard/karte-connect-call-dev\n',
    );
  });

  it.each([
    ['no stage', [], /^--stage is missing: name a stage, or local for npm start\n$/],
    ['a stage that is not there', ['--stage', 'nowhere'], /^there is no stage "nowhere": /],
    ['a picture of AWS', ['--stage', 'dev', '--png', 'x.png'], /^--png draws the dashboard of the local stack only: /],
    ['an option that is none', ['--stage', 'dev', '--pgn', 'x.png'], /--pgn/],
  ])('says in one sentence what is wrong: %s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await commandHere('show-dashboard', args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });

  it('says what to do where no stack runs, and where something else listens', async () => {
    const run = (PORT: string) => commandHere('show-dashboard', ['--stage', 'local'], { env: { PORT } });
    expect(await run(free)).toEqual({
      code: 2,
      stdout: '',
      stderr: `nothing listens at http://127.0.0.1:${free}: start the local stack with npm start, and give both the same PORT\n`,
    });
    expect((await run(port)).stderr).toBe(
      `what listens at http://127.0.0.1:${port} is not this version's local stack: give the PORT of npm start\n`,
    );
  });
});
