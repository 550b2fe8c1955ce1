import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listen } from '../../packages/sandbox/tests/board-support.ts';
import { sls } from '../packaging/sls.ts';
import { commandHere, PROJECT } from '../run-command.ts';
import { freePort } from './free-port.ts';
import { NUMBER_FORMS, sample } from './path-support.ts';

describe('npm start', () => {
  let port: number;
  let stack: ChildProcess;
  let printed = '';

  const url = (path: string) => `http://127.0.0.1:${port}${path}`;
  const get = async (path: string) => (await (await fetch(url(path))).json()) as Record<string, unknown>;
  const post = (body: unknown) => fetch(url('/events'), { method: 'POST', body: JSON.stringify(body) });

  /** The call record, once the request, and a call it became, have ended. */
  const endedRecord = (requestId: string): Promise<Record<string, unknown>> =>
    vi.waitUntil(
      async () => {
        const record = await get(`/calls/${requestId}`);
        return record.status === 'ended' && record.outcome !== 'call_placed' && record;
      },
      { timeout: 120_000, interval: 20 },
    );

  beforeAll(async () => {
    port = await freePort();
    stack = spawn(process.execPath, ['tools/start.ts', '--speed', '100', '--agents', '20', '--press-to-connect'], {
      cwd: PROJECT,
      env: { ...process.env, PORT: String(port) },
    });
    await new Promise<void>((resolve, reject) => {
      stack.stdout?.on('data', (chunk) => {
        printed += chunk;
        if (printed.includes('Try: ')) resolve();
      });
      stack.once('exit', () => reject(new Error(`npm start ended: ${printed}`)));
    });
  });

  afterAll(() => {
    stack.kill('SIGKILL');
  });

  it('says first where to look, and shows the board there', async () => {
    expect(printed).toMatch(new RegExp(`^Open ${url('')} to see`));
    const page = await fetch(url('/'), { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('/board/app.js');
    const board = await listen(url(''));
    board.close();
    expect(board.hello().stage.settings.connect.pressToConnect).toBe(true);
    expect(board.hello().world.limits).toMatchObject({ requestsPerMinute: null, callsPerDay: null });
  });

  it.each([
    ['+81120000000', 'toll_free'],
    ['+12025550123', 'country_not_allowed'],
    ['+442079470000', 'prefix_not_allowed'],
  ])('refuses %s as %s, no matter who may be called for the board', async (phone_e164, reason) => {
    const { detail, ...event } = sample('call-request.foreign.json');
    const id = `00000000-0000-4000-8000-${phone_e164.slice(1).padStart(12, '0')}`;
    await post({ ...event, id, detail: { ...(detail as object), content: { phone_e164 } } });
    expect(await endedRecord(id)).toMatchObject({ outcome: 'number_refused', reason });
  });

  it('accepts an event, and serves its record without the number', async () => {
    const event = sample('call-request.visitor.json');
    const response = await post(event);
    expect(response.status).toBe(202);
    const record = await endedRecord(String(event.id));
    expect(record).toMatchObject({ outcome: 'completed', phone: '+81******5678' });
    expect(JSON.stringify(await get('/calls'))).not.toMatch(NUMBER_FORMS);
  });

  it('accepts a PutEvents request and an SNS notification', async () => {
    const entry = {
      Source: 'aws.partner/karte.io/000000000000/local-project/call',
      DetailType: 'KARTE Action',
      Detail: JSON.stringify(sample('call-request.member.json').detail),
    };
    const { results } = (await (await post({ Entries: [entry] })).json()) as { results: { eventId: string }[] };
    expect(await endedRecord(results[0]?.eventId ?? '')).toMatchObject({ outcome: 'completed', userType: 'member' });
    expect((await post(sample('sns-guide-test.json'))).status).toBe(202);
    expect((await post([entry])).status).toBe(202);
    expect(await (await post({ Entries: [] })).json()).toEqual({ error: expect.stringContaining('an empty list') });
  });

  it('accepts an event that begins with a byte order mark', async () => {
    const event = { ...sample('call-request.visitor.json'), id: '00000000-0000-4000-8000-0000000000f7' };
    const response = await fetch(url('/events'), { method: 'POST', body: `\uFEFF${JSON.stringify(event)}` });
    expect(response.status).toBe(202);
    expect(await endedRecord(event.id)).toMatchObject({ userType: 'visitor' });
  });

  it('answers what it cannot use with the reason', async () => {
    expect((await post(sample('unmatched.json'))).status).toBe(422);
    expect((await post([1])).status).toBe(400);
    expect((await post({ Records: 5 })).status).toBe(400);
    expect((await post({ text: 'x'.repeat(3_000_000) })).status).toBe(413);
    expect((await post({ DetailType: 'KARTE Action', Detail: '{' })).status).toBe(400);
    const text = await fetch(url('/events'), { method: 'POST', body: 'not json' });
    expect(await text.json()).toEqual({ error: 'the body is not JSON' });
  });

  it('answers no foreign page and no foreign name', async () => {
    const foreignOrigin = await fetch(url('/calls'), { headers: { origin: 'https://example.com' } });
    expect(foreignOrigin.status).toBe(403);
    const foreignHost = await new Promise<string>((resolve) => {
      execFile(process.execPath, ['-e', rawRequest(port, 'example.com')], (_error, stdout) => resolve(stdout));
    });
    expect(foreignHost).toContain('403');
  });

  it('serves sls invoke local', async () => {
    vi.stubEnv('PORT', String(port));
    const { code, output } = await sls(
      ...['invoke', 'local', '-f', 'road', '--stage', 'local', '-p', 'events/check-queue.json'],
    );
    expect(output).toContain('"decision": "continue"');
    expect(code).toBe(0);
  });

  it.each<[string, string[], string, RegExp]>([
    ['half an agent', ['--agents', '2.5'], '', /^--agents is 2\.5: expected a whole number from 0 to 100\n$/],
    ['no speed', ['--speed', '0'], '', /^--speed is 0: expected a whole number from 1 to 1000\n$/],
    ['a port that is none', [], '70000', /^PORT is 70000: expected a whole number from 1 to 65535\n$/],
  ])('is refused %s with one sentence', async (_, args, PORT, sentence) => {
    const { code, stderr } = await commandHere('start', args, { env: { PORT } });
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('is refused a port that is taken, with what to do', async () => {
    const { code, stderr } = await commandHere('start', [], { env: { PORT: String(port) } });
    expect(code).toBe(2);
    expect(stderr).toContain(`port ${port} cannot be used`);
  });

  it('ends on Ctrl-C and leaves nothing behind', async () => {
    const gone = new Promise<number | null>((resolve) => stack.once('exit', resolve));
    stack.kill('SIGINT');
    expect(await gone).toBe(0);
    await expect(fetch(url('/calls'))).rejects.toThrow();
  });
});

describe('npm start -- --signed', () => {
  it('calls a number whose token was made as docs/signed-requests.md shows, and none without', async () => {
    // Prepare
    const port = await freePort();
    const stack = spawn(process.execPath, ['tools/start.ts', '--speed', '100', '--signed'], {
      cwd: PROJECT,
      env: { ...process.env, PORT: String(port) },
    });
    let printed = '';
    const says = (text: string) =>
      new Promise<void>((resolve, reject) => {
        stack.stdout.on('data', (chunk) => {
          printed += chunk;
          if (printed.includes(text)) resolve();
        });
        stack.once('exit', () => reject(new Error(`npm start ended: ${printed}`)));
      });
    const page = readFileSync(join(PROJECT, 'docs/signed-requests.md'), 'utf8');
    const shown = /```sh\n(phone=[\s\S]*?)npm run calls/.exec(page)?.[1]?.replaceAll('4545', String(port)) ?? '';
    try {
      await says('Try: ');
      // Act
      const placed = says('call_placed');
      const refused = says('signature_refused');
      await promisify(execFile)('sh', ['-ec', shown], { cwd: PROJECT });
      await Promise.all([placed, refused]);
      // Assess
      expect(printed).toContain(`${sample('call-request.visitor.json').id}  call_placed`);
      expect(printed).toContain(`${sample('call-request.member.json').id}  signature_refused`);
    } finally {
      stack.removeAllListeners('exit');
      stack.kill('SIGKILL');
    }
  });
});

describe('sls invoke local', () => {
  it('runs admit on the sample event with nothing running and no credentials', async () => {
    const { code, stdout } = await sls(
      ...['invoke', 'local', '-f', 'admit', '--stage', 'local', '-p', 'events/validate-request.json'],
    );
    expect(stdout).toContain('"decision": "continue"');
    expect(code).toBe(0);
  });

  it('refuses to call the number of the sample event outside the local stage', async () => {
    const { stdout } = await sls('invoke', 'local', '-f', 'road', '-p', 'events/start-call.json');
    expect(stdout).toContain('"reason": "example_number"');
  });
});

/** A request whose Host header fetch would not send. */
const rawRequest = (port: number, host: string): string => `
  const socket = require('node:net').connect(${port}, '127.0.0.1', () => {
    socket.end('GET /calls HTTP/1.1\\r\\nHost: ${host}\\r\\nConnection: close\\r\\n\\r\\n');
  });
  socket.on('data', (data) => console.log(String(data).split('\\r\\n')[0]));
`;
