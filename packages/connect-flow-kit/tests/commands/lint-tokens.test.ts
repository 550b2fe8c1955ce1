import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleText, say } from '../../src/lint/example.ts';
import { stageOf, type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

const BIN = join(import.meta.dirname, '../../bin/connect-flow-kit.cjs');
const START = process.cwd();
let project: TemporaryProject;

beforeEach(() => {
  project = temporaryProject();
  process.chdir(project.folder);
});
afterEach(() => {
  process.chdir(START);
  project.delete();
});

/** A config whose stages say what is given, as JavaScript. */
function config(load: string, files = ''): void {
  project.write(
    'connect-flow-kit.config.mjs',
    `const stage = ${JSON.stringify(stageOf({ flowValues: { CompanyName: 'Example Ltd.' } }))};
     export default { stages: { default: 'dev', load: () => { ${load} }, ${files} } };`,
  );
}
const GIVES = 'return { ...stage, deployedName: (flow) => flow };';

const flowSaying = (text: string): string =>
  exampleText({ blocks: [say('Greet', text, 'Hang up')], document: { Metadata: { type: 'contactFlow' } } });

/** What is found of unknown tokens: block, message and advice. */
async function found(text: string, ...args: string[]): Promise<string[]> {
  project.write('contact-flows/call-me.json', flowSaying(text));
  project.write('contact-flows/call-me-hold.json', flowSaying('Please hold the line.'));
  const { stdout } = await runFlows(project.folder, 'lint', '--json', ...args);
  return (JSON.parse(stdout).files as { findings: { rule: string; block?: string; message: string; fix: string }[] }[])
    .flatMap(({ findings }) => findings)
    .filter(({ rule }) => rule === 'unknown-token')
    .map(({ block, message, fix }) => `${block}: ${message}. ${fix}`);
}

describe('a token in a flow of a project', () => {
  it.each([
    ['${CompanyNmae}', 'Write ${CompanyName}.'],
    ['${CallMeHoldFlow}', 'Write ${CallMeHoldContactFlow}.'],
    ['${SuportQueue}', 'Write ${SupportQueue}.'],
    ['${RenamedContactFlow}', 'Write the token of a flow, which is derived from its file name: ${CallMe'],
    ['${Shop}', 'Write another one, or add Shop to flowValues of settings/dev.yml.'],
  ])('%s is an error where nothing is called so', async (token, advice) => {
    config(GIVES);
    expect(await found(`This is ${token}.`)).toEqual([
      expect.stringContaining(`Greet: ${token} has no value. ${advice}`),
    ]);
    const { code } = await runFlows(project.folder, 'lint', 'contact-flows/call-me.json');
    expect(code).toBe(1);
  });

  it('is none where a flow, a queue or a value of the default stage is called so', async () => {
    config(GIVES);
    const known = '${CompanyName} ${CallMeHoldContactFlow} ${SupportQueue} ${DefaultQueue}';
    expect(await found(known)).toEqual([]);
  });

  it('may mean a flow of standard input that is not in the folder yet', () => {
    config(GIVES);
    const run = spawnSync(process.execPath, [BIN, 'lint', '-', '--stdin-filename', 'contact-flows/new.json'], {
      cwd: project.folder,
      input: flowSaying('This is ${NewContactFlow} of ${Shop}.'),
      encoding: 'utf8',
    });
    expect(run.stdout).toContain('${Shop} has no value');
    expect(run.stdout).not.toContain('${NewContactFlow} has no value');
  });

  it('is passed over where the stage cannot be loaded, and where the config has none', async () => {
    config("throw new Error('no such stage');");
    expect(await found('This is ${Shop}.')).toEqual([]);
    project.remove('connect-flow-kit.config.mjs');
    expect(await found('This is ${Shop}.')).toEqual([]);
  });

  it('is passed over in a flow that is none of the project', async () => {
    config(GIVES);
    project.write('flows/a.json', flowSaying('This is ${Shop}.'));
    expect(await found('Good morning.', 'flows/a.json')).toEqual([]);
  });

  it('is looked up in the files of the stages before a stage is loaded', async () => {
    const files = "files: { folder: 'stages', flowValues: () => ({}) }";
    project.write('stages/dev.yml', 'flowValues:\n  Shop: Example shop\n');
    // A stage that gives nothing called so: had it been loaded, the token would be unknown.
    config(GIVES, files);
    expect(await found('This is ${Shop}.')).toEqual([]);
    expect(await found('This is ${Shop} of ${Town}.')).toHaveLength(2);
  });
});
