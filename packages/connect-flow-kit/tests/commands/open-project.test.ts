import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openProject } from '../../src/commands/open-project.ts';
import { END, flowOf, say } from '../../src/flow-builder.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

let project: TemporaryProject;

beforeEach(() => {
  project = temporaryProject();
});
afterEach(() => project.delete());

const configured = (config: string) => project.write('connect-flow-kit.config.ts', config);

describe('a project without a config', () => {
  it('has its flows in contact-flows/, and scenarios and review pages with them', async () => {
    expect(await openProject(project.folder)).toMatchObject({
      root: project.folder,
      command: expect.stringMatching(/^node \S+connect-flow-kit\.cjs$/),
      folders: {
        flows: 'contact-flows',
        scenarios: 'contact-flows/scenarios',
        review: 'contact-flows/review',
        exported: 'exported-flows',
      },
      attributes: [],
    });
  });

  it('compares two files, without any flow of its own', async () => {
    const [before, after] = [
      project.write('a.json', flowOf(say('はい'))),
      project.write('b.json', flowOf(say('いいえ'))),
    ];
    const { code, stdout } = await runFlows(project.folder, 'diff', before, after);
    expect(code).toBe(0);
    expect(stdout).toContain('- はい\n+ いいえ');
  });
});

describe('the config of a project', () => {
  it('says how the commands are called', async () => {
    configured("export default { command: 'make', rulesPage: 'docs/rules.md' };");
    const list = await runFlows(project.folder);
    expect(list.code).toBe(2);
    expect(list.stdout).toContain('\nmake <command> --help shows');
    for (const name of ['lint', 'simulate', 'test', 'review', 'diff', 'export', 'import']) {
      expect((await runFlows(project.folder, name, '--help')).stdout).toContain(`make ${name} `);
      expect(list.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    const { stdout } = await runFlows(project.folder, 'lint', '--help');
    expect(stdout).toContain('is in docs/rules.md.');
  });

  it('says where flows, scenarios and review pages are', async () => {
    // Prepare
    configured("export default { folders: { flows: 'ivr', review: 'docs/ivr' } };");
    project.write('ivr/greet.json', { ...flowOf(say('はい')), Metadata: { type: 'contactFlow' } });
    project.write('ivr/scenarios/greet.yml', 'flow: greet\nscenarios: [{ name: a, hears: [はい], ends: goodbye }]');
    // Act
    const written = await runFlows(project.folder, 'review');
    // Assess
    expect(written).toMatchObject({ code: 0, stdout: 'docs/ivr/greet.md is up to date\n' });
    expect((await runFlows(project.folder, 'test')).stdout).toContain('  ok      a\n');
    project.write('ivr/greet.json', flowOf(END));
    const stale = await runFlows(project.folder, 'review', '--check');
    expect(stale).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('docs/ivr/greet.md is not up to date: run '),
    });
  });

  it('may be written with types', async () => {
    configured("const command: string = 'make';\nexport default { command } satisfies { command: string };");
    expect(await openProject(project.folder)).toMatchObject({ command: 'make' });
  });

  it.each(['mjs', 'js'])('may be written in JavaScript: .%s', async (extension) => {
    project.write(`connect-flow-kit.config.${extension}`, "export default { command: 'make' };");
    expect(await openProject(project.folder)).toMatchObject({ command: 'make' });
  });

  it('is one file', async () => {
    configured('export default {};');
    project.write('connect-flow-kit.config.mjs', 'export default {};');
    const stderr = 'there are connect-flow-kit.config.ts and connect-flow-kit.config.mjs: keep one of them\n';
    expect(await runFlows(project.folder, 'lint')).toEqual({ code: 2, stdout: '', stderr });
  });

  it('says what to do where Node is too old to read TypeScript', async () => {
    configured('export default {};');
    vi.spyOn(process.features, 'typescript', 'get').mockReturnValue(false);
    const stderr = `connect-flow-kit.config.ts needs Node 22.18 or newer, and this is ${process.versions.node}: write it in JavaScript, as connect-flow-kit.config.mjs\n`;
    expect(await runFlows(project.folder, 'lint')).toEqual({ code: 2, stdout: '', stderr });
  });

  it.each([
    ['cannot be loaded', "throw new Error('no such stage file');", 'cannot be loaded: no such stage file\n'],
    ['exports nothing', 'export const command = 1;', 'exports no config: write export default { … }\n'],
  ])('is named in one sentence where it %s', async (_, text, sentence) => {
    configured(text);
    const stderr = `connect-flow-kit.config.ts ${sentence}`;
    expect(await runFlows(project.folder, 'lint')).toEqual({ code: 2, stdout: '', stderr });
  });
});

describe('the commands', () => {
  it('are named where somebody asks for another', async () => {
    const stderr =
      'there is no command speak: expected one of lint, simulate, listen, test, review, diff, export, test-cases, import\n';
    expect(await runFlows(project.folder, 'speak')).toEqual({ code: 2, stdout: '', stderr });
  });

  it("show the message alone of any error that says it is a user's mistake", async () => {
    configured(`export default {
      stages: { load: (name) => { throw Object.assign(new Error('no stage ' + name), { isUsersMistake: true }); } },
    };`);
    const file = project.write('a.json', flowOf(END));
    const run = await runFlows(project.folder, 'simulate', file, '--stage', 'dev');
    expect(run).toEqual({ code: 2, stdout: '', stderr: 'no stage dev\n' });
  });
});
