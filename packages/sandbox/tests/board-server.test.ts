import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../domain/outcomes.ts';
import { FOR_THE_BOARD } from '../board/board-settings.ts';
import { samplePage } from '../board/sample/sample-page.ts';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';
import { ask, post } from './board-support.ts';

const PAGES = [
  '/',
  '/operator',
  '/docs/runbook.md',
  '/requests/00000000-0000-4000-8000-000000000001',
  '/sample',
  '/sample?lang=en',
];
const JSON_TYPE = { 'content-type': 'application/json' };

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ settings: FOR_THE_BOARD });
});

afterAll(() => stack.close());

const get = (path: string, headers: Record<string, string> = {}) => ask(`${stack.url}${path}`, { headers });

describe("the board's server", () => {
  it('answers a browser with the page, and programs with the addresses', async () => {
    // Act
    const browser = await get('/', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    const program = await get('/', { accept: '*/*' });
    // Assess
    expect(browser.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(browser.text).toContain('<script src="/board/app.js" defer></script>');
    expect(JSON.parse(program.text).addresses).toMatchObject({ board: `GET ${stack.url}/` });
  });

  it.each(['/', '/calls', '/dead-letters', '/sample', '/board/app.js', '/none'])(
    'answers HEAD %s as GET, without the body',
    async (path) => {
      const accept = { accept: 'text/html' };
      const [head, whole] = [await ask(stack.url + path, { method: 'HEAD', headers: accept }), await get(path, accept)];
      expect(head.text).toBe('');
      expect([head.status, head.headers['content-type']]).toEqual([whole.status, whole.headers['content-type']]);
    },
  );

  it('opens no stream for HEAD', async () => {
    expect((await ask(`${stack.url}/board/stream`, { method: 'HEAD' })).status).toBe(404);
  });

  it.each(PAGES)('lets %s run, show and ask only what is its own', async (path) => {
    // Act
    const { status, headers, text } = await get(path, { accept: 'text/html' });
    // Assess
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(text).not.toMatch(/<script(?![^>]*src="\/)|style=|\son\w+=/);
  });

  it.each([
    ['/board/app.js', 'text/javascript', 'use strict'],
    ['/board/style.css', 'text/css', '{'],
    ['/board/icon.svg', 'image/svg+xml', '<svg'],
    ['/operator/app.js', 'text/javascript', '/operator/requests'],
    ['/operator/style.css', 'text/css', '{'],
    ['/sample/krt.js', 'text/javascript', '/karte/send'],
    ['/sample/visual-ivr.js', 'text/javascript', 'call_tracking'],
    ['/sample/style.css', 'text/css', '{'],
  ])('serves %s', async (path, type, part) => {
    // Act
    const { status, headers, text } = await get(path);
    // Assess
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' });
    expect(text).toContain(part);
  });

  it('opens the runbook at the section of every outcome, and no file beside docs/', async () => {
    // Act
    const { status, text } = await get('/docs/runbook.md');
    const others = await Promise.all(
      ['/docs/no-such.md', '/docs/..%2FREADME.md', '/docs/deployer-policy.json'].map((path) => get(path)),
    );
    // Assess
    expect(status).toBe(200);
    for (const outcome of Object.keys(OUTCOMES)) expect(text).toContain(`<h2 id="${outcome}">`);
    expect(others.map((other) => other.status)).toEqual([404, 404, 404]);
  });

  it('has every picture that a document shows, and no other file of that folder', async () => {
    // Prepare
    const pages = await Promise.all(
      ['operations', 'karte-setup', 'operators.ja'].map((name) => get(`/docs/${name}.md`)),
    );
    const shown = pages.flatMap(({ text }) => [...text.matchAll(/<img src="([^"]+)"/g)].map(([, src = '']) => src));
    // Act
    const pictures = await Promise.all(shown.map((src) => get(`/docs/${src}`)));
    const none = await get('/docs/images/..%2Fdeploy.md');
    // Assess
    expect(shown).toEqual(expect.arrayContaining(['images/dashboard.png', 'images/operator.ja.png']));
    for (const { status, headers } of pictures) {
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('image/png');
    }
    expect(none.status).toBe(404);
  });

  it('lets the sample page know whether somebody would be called now', async () => {
    const { status, text } = await get('/availability.json', { 'sec-fetch-site': 'same-origin' });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ stopped: false, queues: { visitors: { open: true } } });
  });

  it.each<[string, string, Record<string, string>]>([
    ['another origin', '/sample', { origin: 'https://example.com' }],
    ['an origin of another scheme', '/sample', { origin: 'https://127.0.0.1' }],
    ['a page that hides its origin', '/board/stream', { origin: 'null' }],
    ['another name', '/board/stream', { host: 'example.com' }],
    ['another port', '/board/stream', { host: '127.0.0.1:1' }],
    ['a page of another site', '/board/app.js', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port of this machine', '/calls', { 'sec-fetch-site': 'same-site' }],
    [
      'a frame in a page of another site',
      '/',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ],
  ])('refuses %s', async (_, path, headers) => {
    expect((await get(path, headers)).status).toBe(403);
  });

  it('answers its own pages, under either name of this machine and by a link, and none that only look alike', async () => {
    // Prepare
    const host = new URL(stack.url).host.replace('127.0.0.1', 'localhost');
    const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    // Act
    const answers = [
      await get('/sample', own),
      await get('/sample', { 'sec-fetch-site': 'none' }),
      await get('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }),
      await get('/sample', { ...own, origin: `https://${host}` }),
      await get('/sample', { ...own, origin: `http://x.${host}` }),
    ];
    // Assess
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403, 403]);
  });

  it('listens on this machine only', async () => {
    // Act
    const elsewhere = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: Number(new URL(stack.url).port) }, () => resolve('answered'));
      socket.on('error', ({ message }) => resolve(message));
    });
    // Assess
    expect(elsewhere).toContain('ECONNREFUSED');
  });

  it.each([
    ['/requests/a/b', 404],
    ['/requests/', 404],
    ['/requests/%E0%A4%A', 200],
    ['/requests/__proto__', 200],
    ['/board/__proto__', 404],
    ['/board/../board/app.tsx', 404],
    ['/board/constructor', 404],
    ['/calls/%E0%A4%A', 404],
    ['//', 400],
  ])('answers the address %s with %i', async (path, expected) => {
    expect((await ask(stack.url, { path })).status).toBe(expected);
  });

  it.each<[string, string, Record<string, string>, string, number, string]>([
    [
      'a form',
      '/board/actions',
      { 'content-type': 'text/plain' },
      '{"do":"stop"}',
      415,
      'expected content-type application/json',
    ],
    ['no type at all', '/karte/send', {}, '{}', 415, 'expected content-type application/json'],
    [
      'a type that only begins so',
      '/board/actions',
      { 'content-type': 'application/json-patch' },
      '{}',
      415,
      'expected content-type application/json',
    ],
    ['no JSON', '/board/actions', JSON_TYPE, 'stop', 400, 'the body is not JSON'],
    [
      'entries that are no events',
      '/events',
      {},
      '{"Entries":["+819012345678"]}',
      400,
      'an entry is not an event: expected JSON objects',
    ],
    ['too much', '/board/actions', JSON_TYPE, ' '.repeat(17_000), 413, 'the body is longer than 16384 bytes'],
  ])('refuses %s', async (_, path, headers, body, status, error) => {
    // Act
    const answer = await ask(`${stack.url}${path}`, { method: 'POST', headers, body });
    // Assess
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { error }]);
  });

  it.each<[unknown, RegExp]>([
    [null, /^the body: expected one of add-agent, remove-agent,/],
    [[], /^the body: expected one of/],
    [{ do: '<img src=x>' }, /^do: expected one of add-agent, .*, crowd$/],
    [{ do: 'constructor' }, /^do: expected one of/],
    [{ do: 'stop', why: 'x', sure: true }, /^the body: found a field that does not exist$/],
    [{ do: 'stop', why: ' ' }, /^why: give a reason, which is kept in the history$/],
    [{ do: 'resume' }, /^why: give a reason, which is kept in the history$/],
    [JSON.parse('{"do":"clear-faults","__proto__":{}}'), /^the body: found a field that does not exist$/],
    [{ do: 'crowd', count: 1_001 }, /^count: expected a whole number from 1 to 1000$/],
    [{ do: 'crowd', count: '200' }, /^count: expected a whole number from 1 to 1000$/],
    [{ do: 'set-agent', agent: 'x', status: 'asleep' }, /^status: expected one of available, offline, break$/],
    [{ do: 'set-agent', agent: 'x', status: 'break' }, /^there is no agent with this id$/],
    [{ do: 'remove-agent', agent: '__proto__' }, /^there is no agent with this id$/],
    [{ do: 'set-queue', queue: 'x', open: true }, /^there is no queue with this id$/],
    [{ do: 'set-queue', queue: 'x', open: 'no' }, /^open: expected true or false$/],
    [
      { do: 'set-queue', queue: 'x', hours: { start: '9', end: '18:00' } },
      /^hours.start: expected a time of day such as/,
    ],
    [{ do: 'call-in', queue: 'x' }, /^there is no queue with this id$/],
    [{ do: 'add-fault', kind: 'x', operation: 'StopContact', times: 1 }, /^kind: expected one of throttle,/],
    [{ do: 'add-fault', kind: 'throttle', operation: 'x', times: 1 }, /^operation: expected one of StartOutbound/],
    [{ do: 'set-answer', answer: 'maybe' }, /^answer: expected one of human, by-hand,/],
    [{ do: 'press', contact: 'x', key: '12' }, /^key: expected one of the keys 0–9, \* and #$/],
    [{ do: 'press', contact: 'x', key: '1' }, /^this call no longer exists$/],
    [{ do: 'answer', contact: 'x' }, /^this call no longer exists$/],
    [{ do: 'hang-up', contact: 'x' }, /^this call no longer exists$/],
    [{ do: 'send-sample', name: '../package' }, /^expected one of the sample events call-request\./],
    [{ do: 'send-sample', name: 'unmatched' }, /^the rule does not take this event: detail\.name/],
  ])('refuses the action %j with one sentence', async (action, sentence) => {
    // Act
    const { status, answer } = await post(`${stack.url}/board/actions`, action);
    // Assess
    expect(status).toBe(400);
    expect(answer.error).toMatch(sentence);
  });

  it.each<[string, unknown, RegExp]>([
    ['no visitor', { access: 'a', event: 'e', values: {} }, /^visitor: expected an id$/],
    ['a visitor of markup', { visitor: '<b>', access: 'a', event: 'e', values: {} }, /^visitor: expected an id of/],
    ['values that are none', { visitor: 'v', access: 'a', event: 'e', values: [] }, /^values: expected an object$/],
    [
      'too many values',
      {
        visitor: 'v',
        access: 'a',
        event: 'e',
        values: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`f${i}`, 1])),
      },
      /^values: expected at most 30 fields$/,
    ],
    ['more than it knows', { visitor: 'v', access: 'a', event: 'e', values: {}, x: 1 }, /found a field that does not/],
  ])('refuses a call of krt with %s', async (_, call, sentence) => {
    // Act
    const { status, answer } = await post(`${stack.url}/karte/send`, call);
    // Assess
    expect(status).toBe(400);
    expect(answer.error).toMatch(sentence);
  });
});

describe('the sample page', () => {
  it('is Japanese unless it is asked in English', async () => {
    // Act
    const [ja, en, other] = [await get('/sample'), await get('/sample?lang=en'), await get('/sample?lang="><b>')];
    // Assess
    expect(ja.text).toContain('<html lang="ja">');
    expect(ja.text).toContain(
      `<span data-setting="company">${stack.service.stage.file.connect.flowValues.CompanyName}</span>`,
    );
    expect(en.text).toContain('<span data-setting="language">en</span>');
    expect(en.text).toContain('<span data-setting="company">Sample site support</span>');
    const asOne = (text: string) => text.replace(/\?page=\d+/, '');
    expect(asOne(other.text)).toBe(asOne(ja.text));
  });

  it('says that nobody is there while every queue is closed, and asks for a token only where the stage does', async () => {
    // Prepare
    const queues = stack.connect.queues().map(({ id }) => id);
    const before = await get('/sample');
    // Act
    for (const id of queues) stack.connect.updateQueue(id, { open: false });
    const closed = await get('/sample');
    for (const id of queues) stack.connect.updateQueue(id, { open: true });
    // Assess
    expect(before.text).not.toContain('data-setting="open"');
    expect(closed.text).toMatch(/data-setting="(?:open">no|availability_url">\/availability\.json\?page=\d+)</);
    expect(before.text).not.toContain('call_token_function');
  });

  it('leaves it to availability.json whether somebody is there, where the stage has one', () => {
    const page = { language: 'ja', open: false, company: undefined, signed: false } as const;
    const told = samplePage({ ...page, availabilityUrl: '/availability.json' });
    expect(told).toContain('<span data-setting="availability_url">/availability.json</span>');
    expect(told).not.toContain('data-setting="open"');
    const untold = samplePage({ ...page, availabilityUrl: undefined });
    expect(untold).toContain('<span data-setting="open">no</span>');
    expect(untold).not.toContain('availability_url');
  });

  it('has no back end that signs where the stage wants no signatures', async () => {
    // Act
    const { status } = await post(`${stack.url}/sample/token`, { phone_e164: '+819012345678' });
    // Assess
    expect(status).toBe(404);
  });
});
