import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectCopy } from '../project-copy.ts';
import { commandHere, type Run } from '../run-command.ts';

let project = '';
beforeAll(() => {
  project = projectCopy();
});
afterAll(() => rmSync(project, { recursive: true }));

const check = (...args: string[]): Promise<Run> => commandHere('stages', ['check', ...args], { cwd: project });
/** Lines that a terminal of 80 columns breaks. */
const tooWide = (text: string) => lines(text).filter((line) => line.length > 80);
const lines = (text: string) => text.trimEnd().split('\n');

describe('npm run stage -- check', () => {
  it('says what a stage does whose settings are right', async () => {
    const { code, stdout, stderr } = await check('local');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Stage local in ap-northeast-1\n {2}calls from +\+81/);
  });

  it('says of one with examples left in it what it does, and what keeps it from being deployed', async () => {
    const { code, stdout, stderr } = await check('dev');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Stage dev in ap-northeast-1\n/);
    const said = lines(stderr);
    expect(said.at(-1)).toBe('4 things prevent the stage dev from being deployed.');
    expect(said.filter((line) => /^settings\/dev\.yml: \S+: found the example /.test(line))).toHaveLength(4);
  });

  it('warns of what may be deployed and ought to be known', async () => {
    const dev = readFileSync(join(project, 'settings/dev.yml'), 'utf8');
    const filledIn = dev
      .replace('123456789012/example-project/', '210987654321/shop/')
      .replaceAll(/: 00000000-0000-4000-8000-/g, ': 12345678-1234-4123-8123-')
      .replace('"+815000000000"', 'null');
    writeFileSync(join(project, 'settings/numberless.yml'), filledIn);
    const { code, stdout, stderr } = await check('numberless');
    expect(code).toBe(0);
    expect(stdout).toMatch(/calls from +NO NUMBER, so nobody can be called; /);
    expect(lines(stderr)).toEqual([
      expect.stringMatching(/^Warning: nobody can be called, as connect\.sourcePhoneNumber is null/),
      expect.stringMatching(/^Warning: nobody is notified of alarms/),
    ]);
  });

  it('says that a file is empty, with and without comments', async () => {
    for (const text of ['', '# region: ap-northeast-1\n']) {
      writeFileSync(join(project, 'settings/empty.yml'), text);
      const { code, stderr } = await check('empty');
      expect(code).toBe(1);
      expect(lines(stderr)[0]).toBe(
        'settings/empty.yml is empty: delete it, and npm run stage -- init empty writes one.',
      );
    }
    rmSync(join(project, 'settings/empty.yml'));
  });

  it('says every mistake of a file at once', async () => {
    const dev = readFileSync(join(project, 'settings/dev.yml'), 'utf8');
    const wrong = dev
      .replace('start: "08:00"', 'start: 8')
      .replace('callsPerDay: 1000', 'callsPerDay: 0')
      .replace('default: support', 'default: suport');
    writeFileSync(join(project, 'settings/wrong.yml'), wrong);
    const { code, stdout, stderr } = await check('wrong');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const field of ['callingHours.start', 'limits.callsPerDay', 'routing.default', 'connect.instanceId']) {
      expect(lines(stderr).filter((line) => line.startsWith(`settings/wrong.yml: ${field}: found `))).toHaveLength(1);
    }
  });

  it.each([
    ['nix', 'there is no stage "nix": expected one of dev'],
    ['Dev', 'the stage name "Dev" cannot be used'],
  ])('says that no stage is called %s', async (name, sentence) => {
    const { code, stdout, stderr } = await check(name);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(lines(stderr)).toHaveLength(1);
  });
});

describe('npm run stage', () => {
  const stage = (...args: string[]) => commandHere('stages', args, { cwd: project });

  it('lists its commands, each with a help of its own', async () => {
    const { code, stdout } = await stage('--help');
    expect(code).toBe(0);
    expect(tooWide(stdout)).toEqual([]);
    const names = [...stdout.matchAll(/^ {2}([a-z-]+) +\w/gm)].map(([, name = '']) => name);
    expect(names).toEqual(['init', 'check', 'plan', 'agents', 'attach-flow']);
    for (const name of names) {
      const help = await stage(name, '--help');
      expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining(`npm run stage -- ${name} <name>`) });
      expect(tooWide(help.stdout)).toEqual([]);
    }
  });

  it('says what is wrong with a command in a sentence', async () => {
    expect(await stage('innit')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no command innit'),
    });
    expect(await stage('check')).toMatchObject({ code: 2, stderr: 'the name of the stage is missing, such as dev\n' });
    expect(await stage('plan', 'local')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('name one that is deployed to AWS'),
    });
    expect(await stage('agents', 'dev', '--asign', 'x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--asign'),
    });
    expect((await stage()).code).toBe(2);
  });
});
