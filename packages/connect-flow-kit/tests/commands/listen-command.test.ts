import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { errors, flowOf, say, setVoice } from '../../src/flow-builder.ts';
import { startPolly } from '../polly-double.ts';
import { inCode, wavOf } from '../wav-files.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

let polly: Awaited<ReturnType<typeof startPolly>>;
let project: TemporaryProject;

beforeAll(async () => {
  polly = await startPolly();
});
afterAll(() => polly.close());

beforeEach(() => {
  project = temporaryProject();
  project.write('contact-flows/call.json', FLOW);
  polly.seen.length = 0;
  polly.errors.length = 0;
  polly.regions.length = 0;
  for (const [name, value] of Object.entries(polly.env)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  project.delete();
});

const markup = (SSML: string) => ({ Type: 'MessageParticipant', Parameters: { SSML } });

const FLOW = flowOf(
  say('Hello.'),
  setVoice('Kazuha', 'Neural'),
  say('こんにちは。'),
  markup('<speak>はい<break time="300ms"/>どうぞ</speak>'),
  say('こんにちは。'),
);

const listen = (...args: string[]) => runFlows(project.folder, 'listen', 'call', ...args);
const page = (name = 'spoken-calls/call.html'): string => readFileSync(join(project.folder, name), 'utf8');

/** The person at the terminal and types this. */
async function atTerminal<T>(typed: string, what: () => Promise<T>): Promise<T> {
  const { stdin } = process;
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  Object.defineProperty(process, 'stdin', { configurable: true, value: terminal });
  terminal.write(typed);
  try {
    return await what();
  } finally {
    Object.defineProperty(process, 'stdin', { configurable: true, value: stdin });
  }
}

describe('listen with Amazon Polly', () => {
  it('has each prompt spoken once, with its voice, its engine, and as text or markup', async () => {
    const { code, stdout } = await listen('--yes');
    expect(code).toBe(0);
    expect(polly.seen).toEqual([
      { VoiceId: 'Joanna', Engine: 'standard', TextType: 'text', Text: 'Hello.', OutputFormat: 'mp3' },
      { VoiceId: 'Kazuha', Engine: 'neural', TextType: 'text', Text: 'こんにちは。', OutputFormat: 'mp3' },
      {
        VoiceId: 'Kazuha',
        Engine: 'neural',
        TextType: 'ssml',
        Text: '<speak>はい<break time="300ms"/>どうぞ</speak>',
        OutputFormat: 'mp3',
      },
    ]);
    expect(stdout).toMatch(
      /^Not spoken yet: 3 prompts, 17 characters, about \$0\.0002 \(Standard: \$4 a million, Neural: \$16 a million\)\.\nAmazon Polly charged 17 characters\.\n.*spoken-calls\/call\.html has the call as it sounds: open it in a browser\.\n$/,
    );
    expect(page()).toContain(polly.mp3.toString('base64'));
  });

  it('pays for nothing twice: asks, and asks about, only what is not there yet', async () => {
    await listen('--yes');
    project.write('contact-flows/call.json', flowOf(say('Hello.'), setVoice('Takumi', 'Neural'), say('こんにちは。')));
    polly.seen.length = 0;

    const second = await listen('--yes');
    expect(polly.seen.map(({ VoiceId }) => VoiceId)).toEqual(['Takumi']);
    expect(second.stdout).toContain(
      'Not spoken yet: 1 prompt, 6 characters, less than $0.0001 (Neural: $16 a million).\n',
    );
    // Nothing is missing: nobody needs to agree to anything.
    const third = await listen();
    expect(third.code).toBe(0);
    expect(third.stdout).not.toContain('Polly');
    expect(polly.seen).toHaveLength(1);
  });

  it('keeps what git is not to see, and no halves', async () => {
    project.git('init', '--quiet');
    project.commit('flows');
    await listen('--yes');
    expect(project.git('status', '--porcelain')).toBe('');
    expect(readdirSync(join(project.folder, 'spoken-calls/cache')).map((name) => name.replace(/^\w{64}/, ''))).toEqual([
      '.mp3',
      '.mp3',
      '.mp3',
    ]);
  });

  it.each([
    ['y\n', 0, 3],
    ['n\n', 1, 0],
    ['\n', 1, 0],
  ])('asks anyone who sits at a terminal, who types %j', async (typed, expected, asked) => {
    const { code } = await atTerminal(typed, () => listen());
    expect(code).toBe(expected);
    expect(polly.seen).toHaveLength(asked);
    expect(existsSync(join(project.folder, 'spoken-calls'))).toBe(expected === 0);
  });

  it('asks nobody where nobody is, and says what to do', async () => {
    const { code, stdout, stderr } = await listen();
    expect(code).toBe(2);
    expect(stdout).toContain('3 prompts, 17 characters');
    expect(stderr).toBe(
      'Amazon Polly costs money and nobody is here to agree: give --yes, or --speak with a program\n',
    );
    expect(polly.seen).toEqual([]);
  });

  it('asks again where it was asked too often', async () => {
    polly.errors.push({ name: 'ThrottlingException', message: 'Rate exceeded' });
    expect((await listen('--yes')).code).toBe(0);
    expect(polly.seen.map(({ Text }) => Text).slice(0, 2)).toEqual(['Hello.', 'Hello.']);
  });

  it.each([
    ['ThrottlingException', 'Rate exceeded', 'it was asked too often, so run this again in a minute'],
    ['AccessDeniedException', 'not authorized', 'your credentials must allow polly:SynthesizeSpeech'],
    ['UnrecognizedClientException', 'invalid token', 'it takes a network that reaches AWS, and credentials (such as'],
    [
      'ValidationException',
      'This voice does not support the selected engine: standard',
      'Amazon Polly cannot speak as Joanna (Standard) in the region of your shell',
    ],
    ['EngineNotSupportedException', 'not in this region', 'set a voice in the flow that this region has'],
  ])('says what to do about %s, and keeps what is paid', async (name, message, advice) => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    await listen('--yes');
    project.write('contact-flows/call.json', flowOf(say('Good morning.'), say('Hello.')));
    polly.errors.push({ name, message });
    const { code, stderr } = await listen('--yes');
    expect(code).toBe(2);
    expect(stderr).toContain(`${name}: ${message}`);
    expect(stderr).toContain(advice);
    expect(readdirSync(join(project.folder, 'spoken-calls/cache'))).toHaveLength(3);
  });

  it('says so where there are no credentials', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    const { code, stderr } = await listen('--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('Could not load credentials');
    expect(stderr).toContain('credentials (such as AWS_PROFILE) that allow polly:SynthesizeSpeech');
  });

  it('goes on after a text that it refuses, and names it as not heard', async () => {
    polly.errors.push({ name: 'InvalidSsmlException', message: 'Invalid SSML request' });
    project.write('contact-flows/call.json', flowOf(markup('<speak><emphasis>a</emphasis></speak>'), say('Hello.')));
    const { code, stdout } = await listen('--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('Nobody has heard:\n  「a」 (Amazon Polly: Invalid SSML request)\n');
    expect(page()).toContain('not heard: Amazon Polly: Invalid SSML request');
  });

  it('speaks in the region and with the texts of a stage, as the shell is known at AWS', async () => {
    // As a stage does that is on this machine: it forgets what the shell says about AWS.
    project.write(
      'connect-flow-kit.config.ts',
      `export default { stages: { default: 'local', load() {
        for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
        process.env.AWS_CONFIG_FILE = '/nowhere';
        return { region: 'eu-central-1', flowValues: { CompanyName: '見本' } };
      } } };`,
    );
    project.write('contact-flows/call.json', flowOf(say('${CompanyName}です。')));
    expect((await listen('--yes')).code).toBe(0);
    expect(polly.seen.map(({ Text }) => Text)).toEqual(['見本です。']);
    expect(polly.regions).toEqual(['eu-central-1']);
    expect(process.env.AWS_CONFIG_FILE).not.toBe('/nowhere');
  });
});

describe('listen with a program', () => {
  const WAV = wavOf(2);
  const SAYS = `require('node:fs').writeFileSync(process.argv[3], ${inCode(WAV)});`;
  const program = () => {
    const path = join(project.folder, 'say.cjs');
    writeFileSync(path, SAYS);
    return `'${process.execPath}' '${path}' {text} {out.wav}`;
  };

  it('asks Amazon Polly for nothing, and takes the options of simulate', async () => {
    const flow = flowOf(
      say('$.Attributes.name様', {
        Identifier: 'Greet',
        Transitions: { Errors: errors({ NoMatchingError: 'block 2' }) },
      }),
      { Type: 'MessageParticipant', Parameters: { PromptId: 'arn:music' } },
    );
    project.write('contact-flows/call.json', flow);
    const heard = await listen('--speak', program(), '--attribute', 'name=山田', '--out', 'pages/one.html');
    expect(heard.code).toBe(0);
    expect(heard.stdout).toMatch(
      /pages\/one\.html has the call as it sounds: open it in a browser\.\nNobody has heard:\n {2}the recording arn:music\n$/,
    );
    expect(page('pages/one.html')).toContain('<p class="said">山田様</p>');
    expect(page('pages/one.html')).toContain(WAV.toString('base64'));

    const failed = await listen('--speak', program(), '--fail', 'Greet=NoMatchingError');
    expect(failed.stdout).toMatch(
      /Nobody has heard:\n {2}a prompt, because Greet fails: .*\n {2}the recording arn:music\n$/,
    );
    expect(polly.seen).toEqual([]);
  });

  it('says which flows of the call are not known here', async () => {
    project.write(
      'contact-flows/call.json',
      flowOf({ Type: 'TransferToFlow', Parameters: { ContactFlowId: 'arn:x' } }),
    );
    const { stdout } = await listen('--speak', program());
    expect(stdout).toContain('flows that are not known here');
    expect(stdout).toContain("--flow 'arn:x=<file>'");
  });

  it('writes no page where the program fails', async () => {
    const { code, stderr } = await listen('--speak', `'${process.execPath}' --none {text} {out.wav}`);
    expect(code).toBe(2);
    expect(stderr).toContain('has not said 「Hello.」');
    expect(existsSync(join(project.folder, 'spoken-calls'))).toBe(false);
  });
});

it('names the flow it was not given', async () => {
  const { code, stderr } = await runFlows(project.folder, 'listen');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^expected one flow: .* listen call-me \(--help shows all\)\n$/);
});
