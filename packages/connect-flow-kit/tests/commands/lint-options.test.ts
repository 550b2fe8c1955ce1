import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readContactFlows } from '../../src/files.ts';
import { type ExampleFlow, exampleText, say } from '../../src/lint/example.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

const BIN = join(import.meta.dirname, '../../bin/connect-flow-kit.cjs');

const flowSaying = (text: string, document: ExampleFlow['document'] = { Metadata: { type: 'contactFlow' } }): string =>
  exampleText({ blocks: [say('Greet', text, 'Hang up')], document });
const FINE = flowSaying('Good morning.');
const WARNED = flowSaying('This is $.Attributes.shop.');
const BROKEN = flowSaying('');

const START = process.cwd();
let project: TemporaryProject;
const lint = (...args: string[]) => runFlows(project.folder, 'lint', ...args);

beforeEach(() => {
  project = temporaryProject();
  process.chdir(project.folder);
});
afterEach(() => {
  process.chdir(START);
  project.delete();
});

describe('the files of flows lint', () => {
  const filesOf = async (...args: string[]): Promise<string[]> => {
    const { code, stdout } = await lint('--json', ...args);
    expect(code).toBe(0);
    return JSON.parse(stdout).files.map(({ file }: { file: string }) => file);
  };

  it('may be a pattern, which looks into packages only where it names them', async () => {
    for (const path of ['flows/a.json', 'flows/sub/b.json', 'flows/c.txt', 'flows/node_modules/d.json']) {
      project.write(path, FINE);
    }
    expect(await filesOf('flows/**/*.json')).toEqual(['flows/a.json', 'flows/sub/b.json']);
    expect(await filesOf('flows/node_modules/*.json')).toEqual(['flows/node_modules/d.json']);
    expect(await filesOf('flows/*.json', '{flows/a.json,flows/sub/b.json}')).toEqual([
      'flows/a.json',
      'flows/sub/b.json',
    ]);
  });

  it('may be a folder', async () => {
    project.write('flows (old)/sub/b.json', FINE);
    expect(await filesOf(join(project.folder, 'flows (old)'))).toEqual(['flows (old)/sub/b.json']);
  });

  it('may have brackets in their names', async () => {
    const path = project.write('flows/[a].json', FINE);
    expect(await filesOf(path)).toEqual([path]);
  });

  it('must be there where they are named by a pattern', async () => {
    const stderr = "flows/*.json matches no file: give the paths of flows' JSON files\n";
    expect(await lint('flows/*.json')).toEqual({ code: 2, stdout: '', stderr });
  });

  it('may be standard input, under a name of its own', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [BIN, 'lint', ...args], { cwd: project.folder, input: BROKEN, encoding: 'utf8' });
    expect(run('-')).toMatchObject({ status: 1, stdout: expect.stringMatching(/^<stdin>\n {2}error /) });
    expect(run('-', '--stdin-filename', 'flows/a.json').stdout).toMatch(/^flows\/a\.json\n {2}error /);
  });
});

describe('flows lint --format', () => {
  it.each([
    ['text', /^broken\.json\n {2}error /],
    ['json', /^\{\n {2}"files": \[/],
    ['github', /^::error file=broken\.json,line=1,col=92,title=empty-text::block "Greet"/],
    ['sarif', /^\{\n {2}"\$schema": "[^"]*sarif-schema-2\.1\.0\.json"/],
  ])('%s prints this report', async (format, start) => {
    project.write('broken.json', BROKEN);
    expect((await lint('--format', format, 'broken.json')).stdout).toMatch(start);
  });

  it('knows no other, and --json is one of them', async () => {
    const path = project.write('fine.json', FINE);
    const stderr = '--format is xml: expected one of text, json, github, sarif\n';
    expect(await lint('--format', 'xml', path)).toEqual({ code: 2, stdout: '', stderr });
    expect((await lint('--json', '--format', 'sarif', path)).code).toBe(2);
    expect((await lint('--json', path)).stdout).toBe((await lint('--format', 'json', path)).stdout);
  });
});

describe('the link of a finding', () => {
  const PAGE = 'node_modules/connect-flow-kit/dist/rules.md#silent-hang-up';
  const AWS = 'https://docs.aws.amazon.com/connect/latest/adminguide/bp-contact-flows.html';

  it.each([
    ['text', PAGE, AWS],
    ['github', AWS, PAGE],
    ['sarif', AWS, PAGE],
  ])('leads to the page of the installed package only where it is installed: %s', async (format, there, not) => {
    project.write('connect-flow-kit.config.mjs', `export default { rulesPage: '${PAGE.replace(/#.*/, '')}' };`);
    const hours = { ...say('Greet', 'Good morning.', 'Hang up'), Type: 'CheckHoursOfOperation', Parameters: {} };
    project.write('a.json', exampleText({ blocks: [hours] }));
    const { stdout } = await lint('--format', format, 'a.json');
    expect(stdout).toContain(there);
    expect(stdout).not.toContain(not);
  });
});

describe('flows lint --max-warnings', () => {
  it.each([
    ['0', 1],
    ['1', 0],
    ['no', 2],
    ['-1', 2],
  ])('%s gives exit code %d on one warning', async (most, code) => {
    expect((await lint(`--max-warnings=${most}`, project.write('warned.json', WARNED))).code).toBe(code);
  });

  it('says that there were too many', async () => {
    const { stderr } = await lint('--max-warnings', '0', project.write('warned.json', WARNED));
    expect(stderr).toBe('there are more warnings (1) than --max-warnings allows (0)\n');
  });
});

describe('contact-flows/lint.yml', () => {
  const entry = (change = '') =>
    `- file: a.json\n  block: Greet\n  rule: empty-text\n  reason: It is filled in.\n${change}`;
  beforeEach(() => {
    project.write('contact-flows/a.json', BROKEN);
  });

  it('silences a finding, which is counted', async () => {
    project.write('contact-flows/lint.yml', entry());
    expect(await lint()).toEqual({
      code: 0,
      stdout: '0 errors, 0 warnings in 1 flow, 1 finding silenced\n',
      stderr: '',
    });
    expect(JSON.parse((await lint('--json')).stdout)).toMatchObject({
      files: [{ findings: [], silenced: [{ rule: 'empty-text', reason: 'It is filled in.', line: 1 }] }],
      silenced: 1,
    });
  });

  it('counts for the file by whatever path it is given', async () => {
    project.write('contact-flows/lint.yml', entry());
    expect((await lint(join(project.folder, 'contact-flows/a.json'))).code).toBe(0);
    expect((await lint(project.write('a.json', BROKEN))).code).toBe(1);
  });

  it('is warned of where an entry silences nothing', async () => {
    project.write('contact-flows/lint.yml', entry('- file: a.json\n  rule: no-such-rule\n  reason: r\n'));
    const { code, stdout } = await lint('--max-warnings', '0');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^contact-flows\/lint\.yml\n {2}warning {2}unused-silence: there is no rule no-such-rule\. .*\n {11}at contact-flows\/lint\.yml:5:1\n/,
    );
  });

  it('is a mistake of the user where it cannot be used', async () => {
    project.write('contact-flows/lint.yml', '- file: a.json\n  rule: empty-text\n');
    const stderr = 'contact-flows/lint.yml, line 1: reason is missing: say why you live with the finding.\n';
    expect(await lint()).toEqual({ code: 2, stdout: '', stderr });
  });

  it('counts for what is deployed, too', () => {
    expect(() => readContactFlows(project.folder)).toThrow('empty-text');
    project.write('contact-flows/lint.yml', entry());
    expect(readContactFlows(project.folder)).toMatchObject([{ name: 'a' }]);
  });

  it('counts for review pages, too', async () => {
    await runFlows(project.folder, 'review');
    expect(project.read('contact-flows/review/a.md')).toContain('empty-text');
    project.write('contact-flows/lint.yml', entry());
    await runFlows(project.folder, 'review');
    expect(project.read('contact-flows/review/a.md')).not.toContain('empty-text');
  });
});

describe('a lint.yml beside the flows that are given', () => {
  const entry = (file: string) => `- file: ${file}\n  block: Greet\n  rule: empty-text\n  reason: It is filled in.\n`;

  it('silences their findings, which is told', async () => {
    project.write('flows/a.json', BROKEN);
    project.write('flows/lint.yml', entry('a.json'));
    const expected = {
      code: 0,
      stdout: '0 errors, 0 warnings in 1 flow, 1 finding silenced\n',
      stderr: 'findings are silenced as flows/lint.yml says\n',
    };
    expect(await lint('flows')).toEqual(expected);
    expect(await lint('flows/a.json')).toEqual(expected);
  });

  it('counts for the folders in a folder, too, and for no other', async () => {
    project.write('flows/sub/a.json', BROKEN);
    project.write('flows/lint.yml', entry('sub/a.json'));
    project.write('other/sub/a.json', BROKEN);
    expect((await lint('flows')).code).toBe(0);
    expect((await lint('other')).code).toBe(1);
  });

  it('is warned of where an entry silences nothing', async () => {
    project.write('flows/a.json', FINE);
    project.write('flows/lint.yml', entry('a.json'));
    expect((await lint('flows')).stdout).toMatch(/^flows\/lint\.yml\n {2}warning {2}unused-silence: /);
  });
});
