import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { slsInShell } from '../packaging/sls.ts';
import { command, PROJECT } from '../run-command.ts';
import { freePort } from './free-port.ts';
import { sample } from './path-support.ts';

/** A folder of this test's own: a home with AWS settings, and what was seen. */
const folder = mkdtempSync(join(tmpdir(), 'shell-'));
const inFolder = (name: string) => join(folder, name);
/** Where nobody may ask: nothing listens there. */
const ELSEWHERE = 'http://127.0.0.1:9';

const SETTINGS = `region = us-gov-west-1
use_fips_endpoint = true
use_dualstack_endpoint = true
endpoint_url = ${ELSEWHERE}
ignore_configured_endpoint_urls = true
retry_mode = adaptive
max_attempts = 1
defaults_mode = auto
sigv4a_signing_region_set = *
endpoint_discovery_enabled = true
services = elsewhere
`;
/** The session of the profile is over; anyone who takes the default profile instead runs a command. */
const CONFIG = `[default]
credential_process = touch ${inFolder('credentials-were-asked-for')}
${SETTINGS}
[profile work]
sso_session = over
sso_account_id = 123456789012
sso_role_name = Developer
${SETTINGS}
[sso-session over]
sso_region = ap-northeast-1
sso_start_url = ${ELSEWHERE}/start

[services elsewhere]
dynamodb =
  endpoint_url = ${ELSEWHERE}
connect =
  endpoint_url = ${ELSEWHERE}
sfn =
  endpoint_url = ${ELSEWHERE}
sqs =
  endpoint_url = ${ELSEWHERE}
`;

/** Loaded into every process first: notes where its connections go. */
const WITNESS = `
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const [{ host = 'localhost', port } = {}] = [args[0]].flat();
  if (port !== undefined) appendFileSync(${JSON.stringify(inFolder('connections'))}, host + ':' + port + '\\n');
  return connect.apply(this, args);
};
`;

/** Everything of AWS an engineer's shell may have set, all of it wrong for the local stack. */
const SHELL = {
  HOME: folder,
  NODE_OPTIONS: `--require ${inFolder('witness.cjs')}`,
  AWS_PROFILE: 'work',
  AWS_DEFAULT_PROFILE: 'work',
  AWS_LOCAL_PROFILE: 'work',
  AWS_SDK_LOAD_CONFIG: '1',
  AWS_CONFIG_FILE: inFolder('.aws/config'),
  AWS_SHARED_CREDENTIALS_FILE: inFolder('.aws/credentials'),
  AWS_ACCESS_KEY_ID: 'of-another-account',
  AWS_SECRET_ACCESS_KEY: 'of-another-account',
  AWS_SESSION_TOKEN: 'a-token-that-is-over',
  AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
  AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/developer',
  AWS_WEB_IDENTITY_TOKEN_FILE: inFolder('no-token'),
  AWS_CONTAINER_CREDENTIALS_FULL_URI: `${ELSEWHERE}/credentials`,
  AWS_EC2_METADATA_SERVICE_ENDPOINT: ELSEWHERE,
  AWS_EC2_METADATA_DISABLED: 'false',
  AWS_REGION: 'us-gov-west-1',
  AWS_DEFAULT_REGION: 'us-gov-west-1',
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  AWS_ENDPOINT_URL: ELSEWHERE,
  AWS_ENDPOINT_URL_DYNAMODB: ELSEWHERE,
  AWS_ENDPOINT_URL_CONNECT: ELSEWHERE,
  AWS_ENDPOINT_URL_STS: ELSEWHERE,
  AWS_ENDPOINT_DISCOVERY_ENABLED: 'true',
  AWS_ENABLE_ENDPOINT_DISCOVERY: 'true',
  AWS_RETRY_MODE: 'adaptive',
  AWS_MAX_ATTEMPTS: '1',
  AWS_DEFAULTS_MODE: 'auto',
  AWS_SIGV4A_SIGNING_REGION_SET: '*',
  AWS_CA_BUNDLE: inFolder('no-bundle'),
  HTTP_PROXY: ELSEWHERE,
  HTTPS_PROXY: ELSEWHERE,
};

describe("in an engineer's shell, full of AWS settings", () => {
  let port: number;
  let nobodysPort: number;
  let stack: ChildProcess;
  const onStack = () => ({ ...SHELL, PORT: String(port) });
  const withoutStack = () => ({ ...SHELL, PORT: String(nobodysPort) });

  beforeAll(async () => {
    mkdirSync(inFolder('.aws'));
    writeFileSync(inFolder('.aws/config'), CONFIG);
    writeFileSync(inFolder('.aws/credentials'), '[work]\naws_session_token = over\n');
    writeFileSync(inFolder('witness.cjs'), WITNESS);
    port = await freePort();
    nobodysPort = await freePort();
    stack = spawn(process.execPath, ['tools/start.ts', '--speed', '100'], {
      cwd: PROJECT,
      env: { ...process.env, ...onStack() },
    });
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        printed += chunk;
        if (printed.includes('Try: ')) resolve();
      };
      stack.stdout?.on('data', read);
      stack.stderr?.on('data', read);
      stack.once('exit', () => reject(new Error(`npm start ended: ${printed}`)));
    });
  });

  afterAll(() => {
    stack.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('npm start calls, and npm run calls finds the record', async () => {
    // Act
    const event = sample('call-request.visitor.json');
    await fetch(`http://127.0.0.1:${port}/events`, { method: 'POST', body: JSON.stringify(event) });
    await vi.waitUntil(
      async () => {
        const response = await fetch(`http://127.0.0.1:${port}/calls/${event.id}`);
        return ((await response.json()) as { outcome?: string }).outcome === 'completed';
      },
      { timeout: 120_000, interval: 20 },
    );
    const listed = await command('calls', ['list', '--json'], { env: onStack() });
    // Assess
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(listed.stdout)).toMatchObject([{ requestId: event.id, outcome: 'completed' }]);
  });

  it('npm run call calls', async () => {
    const args = ['events/call-request.visitor.json', '--now', '--json'];
    const { code, stdout, stderr } = await command('call', args, { env: SHELL });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'completed' });
  });

  it('npm run flows reads the flows of the local stack', async () => {
    const args = ['export', '--stage', 'local', '--out', inFolder('flows')];
    expect(await command('flows', args, { env: onStack() })).toMatchObject({ code: 0, stderr: '' });
  });

  it('sls invoke local runs a function of the local stage, served by npm start', async () => {
    const { code, output } = await slsInShell(
      onStack(),
      ...['invoke', 'local', '-f', 'acceptSnsNotification', '--stage', 'local', '-p', 'events/sns-guide-test.json'],
    );
    expect(output).toContain('"started": true');
    expect(code).toBe(0);
  });

  it('sls invoke local without npm start says in a sentence what to do', async () => {
    const { code, output } = await slsInShell(
      withoutStack(),
      ...['invoke', 'local', '-f', 'road', '--stage', 'local', '-p', 'events/check-queue.json'],
    );
    expect(output).toContain(
      `nothing listens at http://127.0.0.1:${nobodysPort}: start the local stack with npm start, and give both the same PORT.`,
    );
    expect(output).not.toMatch(/stackTrace|^\s+at /m);
    expect(code).toBe(1);
  });

  it('npm run calls without npm start says in a sentence what to do', async () => {
    const { code, stderr } = await command('calls', ['list'], { env: withoutStack() });
    expect(stderr).toMatch(/^nothing listens at .*npm start.*\n$/);
    expect(code).toBe(2);
  });

  it('tests pass', async () => {
    const args = [join(PROJECT, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/adapters/release-queue.test.ts'];
    const output = await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: PROJECT, env: { ...process.env, ...SHELL } }, (error, stdout, stderr) =>
        resolve(error ? `${stdout}${stderr}` : 'passed'),
      );
    });
    expect(output).toBe('passed');
  });

  it('nothing but the local stack was asked, by any of them', () => {
    const asked = new Set(readFileSync(inFolder('connections'), 'utf8').trim().split('\n'));
    expect([...asked]).toContain(`127.0.0.1:${port}`);
    expect([...asked].filter((place) => !/^(?:127\.0\.0\.1|localhost):(?!9$)\d+$/.test(place))).toEqual([]);
    expect(existsSync(inFolder('credentials-were-asked-for'))).toBe(false);
  });
});
