import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { projectCopy } from '../project-copy.ts';
import { commandHere, PROJECT } from '../run-command.ts';

let stack: Stack;
let folder: string;
let project: string;

beforeAll(async () => {
  stack = await startStack();
  folder = mkdtempSync(join(tmpdir(), 'exported-'));
  project = projectCopy();
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
  rmSync(project, { recursive: true });
});

const onStack = () => ({ env: { PORT: new URL(stack.url).port } });
const textIn = (root: string, name: string) => readFileSync(join(root, 'contact-flows', name), 'utf8');
const FLOWS = readdirSync(join(PROJECT, 'contact-flows')).filter((name) => name.endsWith('.json'));

describe('npm run flows -- export', () => {
  it('writes every flow with the ARNs of the stage in it', async () => {
    // Act
    const { code, stdout } = await commandHere('flows', ['export', '--stage', 'local', '--out', folder], onStack());
    // Assess
    expect(code).toBe(0);
    expect(stdout.trim().split('\n').sort()).toEqual(FLOWS.map((name) => join(folder, name)).sort());
    const callMe = readFileSync(join(folder, 'call-me.json'), 'utf8');
    expect(callMe).not.toContain('${');
    expect(callMe).toMatch(/"CustomerQueue": "arn:aws:connect:[^"]+\/contact-flow\/[0-9a-f-]{36}"/);
    expect(callMe).toMatch(/"QueueId": "arn:aws:connect:[^"]+\/queue\/00000000-0000-4000-8000-00000000c002"/);
    expect(callMe).toContain(`${loadStage('local').file.connect.flowValues.CompanyName}でございます。`);
  });

  it.each([
    ['no stage', [], 'expected a stage'],
    ['a stage that is none', ['--stage', 'staging'], 'there is no stage "staging"'],
    ['an instance that does not answer', ['--stage', 'local'], 'start the local stack with npm start'],
  ])('exits 2 on %s, with one sentence', async (_, args, sentence) => {
    const { code, stderr } = await commandHere('flows', ['export', '--out', folder, ...args], { env: { PORT: '1' } });
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('npm run flows -- export of what cannot be exported', () => {
  const exporting = (out: string) =>
    commandHere('flows', ['export', '--stage', 'local', '--out', out], { cwd: project, ...onStack() });

  it('exits 2 with one sentence where it cannot write', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, stderr } = await exporting(file);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^\S+ cannot be written: give another folder with --out\n$/);
  });

  it.each([
    ['is broken', '{', /^contact-flows\/newer\.json is not JSON: .*\n$/],
    ['nobody has deployed', textIn(PROJECT, 'call-me-hold.json'), /has no flow \S+-newer: restart npm start\n$/],
  ])('exits 2 with one sentence on a flow that %s', async (_, text, sentence) => {
    // Prepare
    const path = join(project, 'contact-flows', 'newer.json');
    writeFileSync(path, text);
    // Act
    const { code, stderr } = await exporting(join(folder, 'unwritten'));
    rmSync(path);
    // Assess
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});

describe('npm run flows -- import', () => {
  const importing = (args: string[]) => commandHere('flows', ['import', ...args], { cwd: project, ...onStack() });

  it.each(FLOWS)('takes %s back as it was', async (name) => {
    const { code, stderr } = await importing([join(folder, name), '--stage', 'local']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(textIn(project, name)).toBe(textIn(PROJECT, name));
  });

  it('shows an edited text and nothing else', async () => {
    // Prepare
    const path = join(folder, 'edited.json');
    const exported = readFileSync(join(folder, 'call-me-hold.json'), 'utf8');
    writeFileSync(path, exported.replace('お調べしております。', '確認しております。'));
    // Act
    const { code, stdout } = await importing([path, '--stage', 'local']);
    // Assess
    expect(code).toBe(0);
    expect(stdout).toContain('contact-flows/call-me-hold.json: 4 blocks');
    expect(textIn(project, 'call-me-hold.json')).toBe(
      textIn(PROJECT, 'call-me-hold.json').replace('お調べしております。', '確認しております。'),
    );
  });

  it('names what has no token, writes the flow all the same, and exits 1', async () => {
    // Prepare
    const path = join(folder, 'foreign.json');
    const exported = readFileSync(join(folder, 'call-me.json'), 'utf8');
    writeFileSync(path, exported.replace('00000000c002', '00000000beef'));
    // Act
    const { code, stderr } = await importing([path, '--stage', 'local', '--as', 'with-foreign-queue']);
    // Assess
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /block "Set default queue": QueueId is arn:\S+beef, for which there is no token: give it a name/,
    );
    expect(textIn(project, 'with-foreign-queue.json')).toContain('00000000beef"');
  });

  it('asks for the type of a new flow that does not say it, and takes no module', async () => {
    // Prepare
    const path = join(folder, 'bare.json');
    const { Metadata: _metadata, ...bare } = JSON.parse(readFileSync(join(folder, 'call-me-hold.json'), 'utf8'));
    writeFileSync(path, JSON.stringify(bare));
    // Act & Assess
    const flow = await importing([path, '--stage', 'local', '--as', 'new-flow']);
    expect(flow).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('write one of CONTACT_FLOW, CUSTOMER_QUEUE'),
    });
    writeFileSync(path, JSON.stringify({ ...bare, Settings: {} }));
    const module = await importing([path, '--stage', 'local', '--as', 'new-module']);
    expect(module).toMatchObject({ code: 2, stderr: expect.stringContaining('is a flow module') });
  });

  it.each([
    ['no file', ['--stage', 'local'], 'expected one export and its stage'],
    ['a file that is none', ['none.json', '--stage', 'local'], 'none.json cannot be read'],
    [
      'a name that is none',
      [join(PROJECT, 'contact-flows/call-me.json'), '--stage', 'local', '--as', '../x'],
      '"../x" is not a valid flow name',
    ],
    ['what is no flow', [join(PROJECT, 'package.json'), '--stage', 'local', '--as', 'x'], 'no such field'],
  ])('exits 2 on %s, with one sentence', async (_, args, sentence) => {
    const { code, stderr } = await importing(args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
