import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/command-line.ts';
import { flowTextsAt, flowTextsNow } from '../../src/commands/flow-versions.ts';
import { openProject } from '../../src/commands/open-project.ts';
import { blockIn, changed, flowOf, greeting, hangUp, renamed, say } from '../diff-support.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

const SCENARIOS = `
flow: greet
defaults: { attributes: { user_type: member, queue_arn: 00000000-0000-4000-8000-00000000c001 } }
scenarios:
  - { name: a member, hearsFirst: x, ends: agent }
  - { name: no queue, fail: { Set queue: NoMatchingError }, hearsFirst: x, ends: goodbye }
`;

const politer = changed(greeting(), (flow) => {
  blockIn(flow, 'Thank member').Parameters = { Text: 'いつも誠にありがとうございます。' };
});

let project: TemporaryProject;
let history = 0;

const diff = (...args: string[]) => runFlows(project.folder, 'diff', ...args);

beforeAll(() => {
  project = temporaryProject();
  project.write('connect-flow-kit.config.ts', "export default { command: 'npm run flows --' };");
  project.git('init', '--quiet', '--initial-branch=main');
});

afterAll(() => project.delete());

beforeEach(() => {
  history += 1;
  project.git('checkout', '--quiet', '--orphan', `history-${history}`);
  rmSync(join(project.folder, 'contact-flows'), { recursive: true, force: true });
  project.write('contact-flows/greet.json', greeting());
  project.write('contact-flows/scenarios/greet.yml', SCENARIOS);
  project.commit('first');
});

describe('diff --base', () => {
  it('finds nothing where nothing changed', async () => {
    const { code, stdout } = await diff('--base', 'HEAD');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing that a call could tell has changed');
    expect(stdout).toContain('All 2 scenarios sound as before.');
  });

  it('compares the files as they are now with those of the commit, and lets the scenarios be heard', async () => {
    // Prepare
    project.write('contact-flows/greet.json', politer);
    // Act
    const { code, stdout } = await diff('--base', 'HEAD');
    // Assess
    expect(code).toBe(0);
    expect(stdout).toContain('1 prompt changed. **2 of 2 scenarios sound different.**');
    expect(stdout).toContain('- いつもご利用いただきありがとうございます。\n+ いつも誠にありがとうございます。');
    expect(stdout).toContain(
      '- 「いつもご利用いただきありがとうございます。」\n+ 「いつも誠にありがとうございます。」',
    );
  });

  it('lets a block of another name fail in both versions', async () => {
    project.write(
      'contact-flows/greet.json',
      renamed(greeting(), (_, old) => `${old} (new)`),
    );
    project.write('contact-flows/scenarios/greet.yml', SCENARIOS.replace('Set queue:', 'Set queue (new):'));
    const { stdout } = await diff('--base', 'HEAD', '--json');
    expect(JSON.parse(stdout).calls).toEqual({ compared: 2, different: [], outdated: [] });
  });

  it('shows files that came and files that went', async () => {
    // Prepare
    project.write('contact-flows/後で.json', flowOf(say('あとで', 'のちほどお電話いたします。', 'Hang up'), hangUp()));
    project.remove('contact-flows/greet.json');
    // Act
    const { stdout } = await diff('--base', 'HEAD', '--json');
    // Assess
    expect(JSON.parse(stdout)).toEqual({
      flows: [
        { path: 'contact-flows/greet.json', status: 'removed', blocks: 10 },
        { path: 'contact-flows/後で.json', status: 'added', blocks: 2 },
      ],
      settings: [],
      calls: { compared: 0, different: [], outdated: [] },
    });
  });

  it.each([
    ['now', '{', JSON.stringify(greeting()), 'The new version `is not JSON'],
    ['at the commit', JSON.stringify(greeting()), '[]', 'The earlier version `is no flow'],
  ])('goes on where a file cannot be read %s', async (_, now, before, sentence) => {
    // Prepare
    project.write('contact-flows/broken.json', before);
    project.commit('second');
    project.write('contact-flows/broken.json', now);
    project.write('contact-flows/greet.json', politer);
    // Act
    const { code, stdout } = await diff('--base', 'HEAD');
    // Assess
    expect(code).toBe(0);
    expect(stdout).toContain('1 file cannot be read, 1 prompt changed.');
    expect(stdout).toContain(sentence);
  });

  it('goes on without scenarios that cannot be used', async () => {
    project.write('contact-flows/scenarios/greet.yml', 'flow: [');
    const { code, stdout } = await diff('--base', 'HEAD');
    expect(code).toBe(0);
    expect(stdout).toContain('The scenarios cannot be used.');
    expect(stdout).toContain('contact-flows/scenarios/greet.yml is not YAML');
  });

  it('refuses a commit that is none', async () => {
    const stderr = '--base is "nowhere", which git does not know here: expected a commit, such as main\n';
    expect(await diff('--base', 'nowhere')).toEqual({ code: 2, stdout: '', stderr });
  });
});

describe('flows at a commit', () => {
  const now = () => openProject(project.folder);

  it('are found by whatever git takes for one', async () => {
    // Prepare
    project.write('contact-flows/greet.json', politer);
    project.write('contact-flows/scenarios/x.json', '{}');
    project.commit('second');
    const hash = project.git('rev-parse', 'HEAD').trim();
    // Act, Assess
    for (const base of ['HEAD', hash, hash.slice(0, 10), `history-${history}`]) {
      const texts = await flowTextsAt(await now(), base);
      expect([...texts]).toEqual([['contact-flows/greet.json', JSON.stringify(politer, null, 2)]]);
    }
    expect((await flowTextsAt(await now(), 'HEAD^1')).get('contact-flows/greet.json')).not.toContain('誠に');
  });

  it('are none where there was no folder yet', async () => {
    rmSync(join(project.folder, 'contact-flows'), { recursive: true });
    project.git('commit', '--quiet', '--all', '--message', 'none');
    expect([...(await flowTextsAt(await now(), 'HEAD'))]).toEqual([]);
    expect([...flowTextsNow(await now())]).toEqual([]);
  });

  it.each(['--output=/nowhere/x', '-h', ''])('are not asked for with %j', async (base) => {
    await expect(flowTextsAt(await now(), base)).rejects.toThrow(
      new UsageError(`--base is "${base}": expected a commit, such as main`),
    );
  });

  it.each(['nowhere', 'HEAD; echo x', '$(echo HEAD)', 'HEAD:contact-flows', 'HEAD\n'])(
    'are not found by %j',
    async (base) => {
      await expect(flowTextsAt(await now(), base)).rejects.toThrow(/^--base is "[^"]*", which git does not know here/);
    },
  );

  it('are not found where git does not know of anything', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-git-'));
    await expect(flowTextsAt(await openProject(folder), 'HEAD')).rejects.toThrow('which git does not know here');
    rmSync(folder, { recursive: true });
  });
});

describe('diff of two files', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'diff-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it.each([
    ['the new one', 'old.json', 'greet.json'],
    ['the old one', 'greet.json', 'export.json'],
  ])('lets the scenarios be heard where %s has the name of a flow', async (_, old, now) => {
    const { code, stdout } = await diff(file(old, greeting()), file(now, politer));
    expect(code).toBe(0);
    expect(stdout).toContain('1 prompt changed. **2 of 2 scenarios sound different.**');
  });

  it('compares without scenarios where neither has', async () => {
    const { stdout } = await diff(file('a.json', greeting()), file('b.json', politer), '--json');
    const { flows, calls } = JSON.parse(stdout);
    expect(flows).toHaveLength(1);
    expect(flows[0].difference.changed).toMatchObject([{ identifier: 'Thank member', parameters: [{ path: 'Text' }] }]);
    expect(calls).toEqual({ compared: 0, different: [], outdated: [] });
  });

  it.each([
    ['no file', [], 'expected two files, or --base <commit>: npm run flows -- diff old.json new.json\n'],
    [
      'a file that is missing',
      ['nowhere.json', 'nowhere.json'],
      "nowhere.json cannot be read: give the path of a flow's JSON file\n",
    ],
    ['files besides a commit', ['a.json', '--base', 'HEAD'], 'expected either two files or --base <commit>\n'],
  ])('refuses %s', async (_, args, stderr) => {
    expect(await diff(...args)).toEqual({ code: 2, stdout: '', stderr });
  });
});
