import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openProject, type Project } from '../../src/commands/open-project.ts';
import { simulate } from '../../src/commands/simulate-command.ts';
import type { FlowDocument } from '../../src/document.ts';
import { END, equals, errors, flowOf, loop, say, setHook, setQueue, TRANSFER } from '../../src/flow-builder.ts';
import { stageOf } from './project-support.ts';

let folder = '';
let project: Project;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
  project = { ...(await openProject(folder)), command: 'npm run flows --' };
  // Of the project itself.
  mkdirSync(join(folder, 'contact-flows'));
  file('contact-flows/call-me.json', flowOf(say('お電話ありがとうございます。')));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: FlowDocument | object | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Runs the command. */
async function run(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const code = await simulate.run(args, project);
  return { code, out };
}

const mistake = (...args: string[]): Promise<unknown> =>
  simulate.run(args, project).then(
    () => 'no mistake',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : error),
  );

const GREETING = flowOf(
  setHook('CustomerQueue', '${WaitingContactFlow}'),
  say('$.Attributes.name様'),
  setQueue('q'),
  TRANSFER,
);

describe('simulate', () => {
  it('shows a call through the flow of a file, and finds the flows beside it', async () => {
    // Prepare
    const path = file('greeting.json', GREETING);
    file('waiting.json', flowOf(loop([{ Text: 'お待ちください。' }])));
    file('notes.json', 'no flow at all');

    // Act
    const { code, out } = await run(path, '--attribute', 'name=山田=太郎', '--agents', '0');

    // Assess
    expect(code).toBe(0);
    expect(out).toContain('「山田=太郎様」');
    expect(out).toContain('CustomerQueue is waiting');
    expect(out).toContain('「お待ちください。」');
    expect(out).toMatch(/\[waiting\]\n$/);
  });

  it('prints one JSON document', async () => {
    const { out } = await run(file('greeting.json', GREETING), '--json', '--attribute', 'name=山田');
    expect(JSON.parse(out)).toMatchObject({ flow: 'greeting', end: 'agent', attributes: { name: '山田' } });
  });

  it('knows the flows of the project by name', async () => {
    expect(await run('call-me')).toMatchObject({ out: expect.stringContaining('「お電話ありがとうございます。」') });
  });

  it('finds the flow that an export means by an ARN', async () => {
    const arn = 'arn:aws:connect:ap-northeast-1:123456789012:instance/1/contact-flow/2';
    const path = file('export.json', flowOf({ Type: 'TransferToFlow', Parameters: { ContactFlowId: arn } }));
    const { out } = await run(path, '--flow', `${arn}=${file('other.json', flowOf(say('二番目')))}`);
    expect(out).toContain('「二番目」');
  });

  it('hands every option to the call', async () => {
    // Prepare
    const flow = flowOf(
      {
        Type: 'GetParticipantInput',
        Parameters: { StoreInput: 'False', InputTimeLimitSeconds: '5' },
        Transitions: { Conditions: equals({ 2: 'ask' }), Errors: errors({ NoMatchingError: 'block 1' }) },
      },
      {
        Identifier: 'ask',
        Type: 'InvokeLambdaFunction',
        Parameters: { LambdaFunctionARN: 'look-up' },
      },
      {
        Type: 'ConnectParticipantWithLexBot',
        Parameters: { Text: 'どうぞ' },
        Transitions: { Conditions: equals({ Price: 'say' }) },
      },
      say('$.External.name $.InitiationMethod', { Identifier: 'say' }),
      {
        Type: 'DistributeByPercentage',
        Transitions: {
          Conditions: [{ NextAction: 'bye', Condition: { Operator: 'NumberLessThan', Operands: ['51'] } }],
          Errors: errors({ NoMatchingCondition: 'fail' }),
        },
      },
      say('失敗しません', { Identifier: 'fail', Transitions: { Errors: errors({ NoMatchingError: 'sorry' }) } }),
      say('失敗しました', { Identifier: 'sorry' }),
    );
    const stubs = file('stubs.json', { 'look-up': { name: '山田' } });
    writeFileSync(stubs, `\uFEFF${readFileSync(stubs, 'utf8')}`);

    // Act
    const { out } = await run(
      file('all.json', flow),
      ...['--press', '1,,2', '--inbound', '--lambda', stubs, '--intent', 'Price', '--percent', '60'],
      ...['--fail', 'fail=NoMatchingError'],
    );

    // Assess
    expect(out).toContain('no key for 5 s');
    expect(out).toContain('「山田 INBOUND」');
    expect(out).not.toContain('「失敗しません」');
    expect(out).toContain('「失敗しました」');
  });

  it.each([
    ['closed', ['--hours', 'closed'], 'it is closed now'],
    ['at work', ['--agents', '0', '--staffed', '3'], 'agents staffed: 3'],
    ['one later', ['--agent-after', '60'], 'after 60 seconds in the queue'],
    ['missed', ['--agent-misses', '2'], 'after 40 seconds in the queue'],
    ['waiting', ['--waiting', '7'], 'contacts in the queue: 7'],
    ['full', ['--queue-full'], 'takes no more contacts'],
    ['on hold', ['--hold', '9'], 'The agent puts the customer on hold.'],
    ['voicemail', ['--answer', 'voicemail'], 'A voicemail answers.'],
  ])('hands over the contact centre: %s', async (_name, options, shown) => {
    const check = (MetricType: string, next: string) => ({
      Type: 'CheckMetricData',
      Parameters: { MetricType },
      Transitions: {
        Conditions: [{ NextAction: next, Condition: { Operator: 'NumberGreaterOrEqualTo', Operands: ['0'] } }],
      },
    });
    const flow = flowOf(
      setQueue('q'),
      { Type: 'CheckHoursOfOperation', Transitions: { Conditions: equals({ True: 'block 3', False: 'block 3' }) } },
      check('NumberOfAgentsStaffed', 'block 4'),
      check('NumberOfContactsInQueue', 'block 5'),
      { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: 'bye' }) } },
    );
    expect((await run(file('centre.json', flow), ...options)).out).toContain(shown);
  });

  it('hands over what data tables have', async () => {
    const flow = flowOf(
      { Type: 'EvaluateDataTableValues', Parameters: { DataTableId: 't', Queries: [{ QueryName: 'shop' }] } },
      say('$.DataTables.shop.town'),
    );
    const tables = file('tables.json', { shop: { town: '東京' } });
    expect((await run(file('table.json', flow), '--data-tables', tables)).out).toContain('「東京」');
  });

  it('hands over keys that are pressed ahead', async () => {
    const flow = flowOf(
      { Type: 'GetParticipantInput', Parameters: { EnableDTMFBuffer: 'True' } },
      { Type: 'GetParticipantInput', Parameters: { Text: '番号を', StoreInput: 'True', InputTimeLimitSeconds: '5' } },
    );
    const { out } = await run(file('ahead.json', flow), '--press-ahead', '12#');
    expect(out).toContain('the customer presses 12#');
    expect(out).not.toContain('番号を');
  });

  it.each([
    { name: 'hangs up after a word', flow: flowOf(say('さようなら')), code: 0 },
    { name: 'hangs up in silence', flow: flowOf(), code: 1 },
    { name: 'is broken', flow: { ...flowOf(say('はい')), StartAction: 'gone' }, code: 1 },
    { name: 'never ends', flow: flowOf(say('はい', { Transitions: { NextAction: 'block 1' } })), code: 1 },
    { name: 'leaves the customer in the queue', flow: flowOf(setQueue('q'), TRANSFER), code: 0 },
    { name: 'is a whisper that comes to its end', flow: flowOf(END), code: 0 },
    { name: 'is a hold flow that goes on', flow: flowOf(loop([{ Text: 'お待ちください。' }])), code: 0 },
  ])('a call that $name exits with $code', async ({ flow, code }) => {
    expect((await run(file('flow.json', flow), '--agents', '0')).code).toBe(code);
  });

  it('names the flows that would have to be given', async () => {
    // Prepare
    const module = (FlowModuleId: string) => ({
      Type: 'InvokeFlowModule',
      Parameters: { FlowModuleId },
      Transitions: { NextAction: 'bye', Errors: errors({ NoMatchingError: 'block 2' }) },
    });
    const path = file('uses.json', flowOf(module('arn:aws:connect:x/flow-module/1:live'), module('ours:live')));
    // Act
    const { out } = await run(path, '--flow', `ours=${file('ours.json', flowOf(say('はい')))}`);
    // Assess
    expect(out).toMatch(/give their files:\n {2}--flow 'arn:aws:connect:x\/flow-module\/1:live=<file>'\n$/);
  });

  it('does nothing to the terminal, whatever a flow says, and tells each thing on one line', async () => {
    // Prepare
    const path = file('odd.json', flowOf(say('\u001b[2J一\r\n二\u202e\u009b31m')));
    // Act
    const [text, json] = [(await run(path)).out, (await run(path, '--json')).out];
    // Assess
    expect(text).toContain('「\\u001b[2J一 二\\u202e\\u009b31m」');
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify('\u001b[2J一\r\n二\u202e\u009b31m'));
  });

  it('mentions what has not the form of a flow', async () => {
    const { out } = await run(file('odd.json', { ...flowOf(say('はい')), Extra: 1 }));
    expect(out).toContain('odd.json has 1 part without the form of a flow; npm run flows -- lint names them.');
  });

  it.each([
    [[], 'expected one flow: npm run flows -- simulate call-me (--help shows all)'],
    [['no-such-flow'], /^there is no flow no-such-flow: give the path of its file, or one of .*call-me/],
    [['nowhere/flow.json'], "nowhere/flow.json cannot be read: give the path of a flow's JSON file"],
    [['call-me', '--agents', 'many'], '--agents is many: expected a whole number from 0 to 1000'],
    [['call-me', '--percent', '0'], '--percent is 0: expected a whole number from 1 to 100'],
    [['call-me', '--hours', 'late'], '--hours is late: expected one of open, closed'],
    [['call-me', '--attribute', 'name'], '--attribute is name: expected NAME=VALUE'],
    [['call-me', '--fail', '=x'], '--fail is =x: expected BLOCK=ERRORTYPE'],
    [['call-me', '--fail', 'Gret=NoMatchingError'], '--fail names block "Gret", which no flow here has'],
    [['call-me', '--press', '1,a'], '--press has "a": a telephone has the keys 0 to 9, * and #'],
    [['call-me', '--press-ahead', '1 2'], '--press-ahead has "1 2": a telephone has the keys 0 to 9, * and #'],
    [['call-me', '--lambda', 'nowhere.json'], /^nowhere.json cannot be read as JSON: /],
    [['call-me', '--flow', 'x=nowhere.json'], /^nowhere.json cannot be read: /],
  ])('says in one sentence what is wrong with %j', async (args, sentence) => {
    const said = String(await mistake(...args)).replace(/^UsageError: /, '');
    if (typeof sentence === 'string') expect(said).toBe(sentence);
    else expect(said).toMatch(sentence);
  });

  it('refuses an option it does not have', async () => {
    expect(await mistake('call-me', '--speed', '3')).toContain("Unknown option '--speed'");
  });
});

it('refuses a stage where the config has none', async () => {
  expect(await mistake('call-me', '--stage', 'dev')).toBe(
    'UsageError: there is no stage "dev": connect-flow-kit.config.ts has none',
  );
});

it('speaks the texts of a stage where a token stands', async () => {
  // Prepare
  const path = file('flow.json', flowOf(say('${CompanyName}です。${NoSuchName}')));
  const texts: Record<string, string> = { dev: 'サンプル窓口', local: 'ローカル窓口' };
  const load = (name: string) => stageOf({ flowValues: { CompanyName: texts[name] ?? '' } });
  const without = await run(path);
  project = { ...project, stages: { load, default: 'local' } };
  // Act
  const [byDefault, dev] = [await run(path), await run(path, '--stage', 'dev')];
  // Assess
  expect(without.out).toContain('「${CompanyName}です。${NoSuchName}」');
  expect(byDefault.out).toContain('「ローカル窓口です。${NoSuchName}」');
  expect(dev.out).toContain('「サンプル窓口です。${NoSuchName}」');
});

it('tells a block to which the designer gave no name by what it does', async () => {
  const first = '01234567-89ab-4def-8123-456789abcdef';
  const flow = flowOf({ ...setQueue('queue'), Identifier: first });
  expect((await run(file('export.json', { ...flow, StartAction: first }))).out).toContain(
    '· Set working queue queue: the queue is queue',
  );
});
