import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blockIn, changed, flowOf, greeting, hangUp, renamed, say, type WrittenFlow } from '../diff-support.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

const SCENARIOS = `
flow: greet
defaults: { attributes: { user_type: member, queue_arn: 00000000-0000-4000-8000-00000000c001 } }
scenarios:
  - { name: a member, hearsFirst: いつもご利用いただきありがとうございます。, ends: agent }
  - { name: no queue, fail: { greet/Set queue: NoMatchingError }, hearsLast: 申し訳ございません。, ends: goodbye }
`;

/** Settings of a stage are JSON here: the values alone. */
const CONFIG = `export default {
  command: 'npm run flows --',
  stages: { load: () => undefined, files: { folder: 'stages', flowValues: (text) => JSON.parse(text) } },
};`;

const calling = (name: string, flow = greeting()): WrittenFlow =>
  renamed(flow, (_, old) => (old === 'Set queue' ? name : old));

let project: TemporaryProject;
let history = 0;

beforeAll(() => {
  project = temporaryProject();
  project.write('connect-flow-kit.config.ts', CONFIG);
  project.git('init', '--quiet', '--initial-branch=main');
});

afterAll(() => project.delete());

beforeEach(() => {
  history += 1;
  project.git('checkout', '--quiet', '--orphan', `history-${history}`);
  for (const folder of ['contact-flows', 'stages'])
    rmSync(join(project.folder, folder), { recursive: true, force: true });
  project.write('contact-flows/greet.json', greeting());
  project.write('contact-flows/scenarios/greet.yml', SCENARIOS);
});

const commit = (): void => {
  project.git('add', '--all', '.');
  project.git('commit', '--quiet', '--message', 'x');
};
const diff = async (...args: string[]) => (await runFlows(project.folder, 'diff', '--base', 'HEAD', ...args)).stdout;
const failures = async () =>
  (await runFlows(project.folder, 'test')).stdout.split('\n').filter((line) => line.includes('fails:'));

describe('a renamed block', () => {
  it('is told as renamed, and so is the scenario that has its earlier name', async () => {
    // Prepare
    commit();
    project.write('contact-flows/greet.json', calling('Choose queue'));
    // Act
    const report = await diff();
    // Assess
    expect(report).toContain(
      '1 block renamed, and nothing that a call could tell has changed. All 2 scenarios sound as before.',
    );
    expect(report).toContain('**Renamed**\n\n- `Set queue` is now called `Choose queue`\n');
    expect(report).toContain(
      '- `contact-flows/scenarios/greet.yml` names `greet/Set queue`, which is now called `greet/Choose queue`: write that name',
    );
  });

  it.each([
    ['since the last commit', () => {}],
    ['in a commit', commit],
  ])('is named by the scenario that fails for its earlier name, where that was %s', async (_, then) => {
    commit();
    project.write('contact-flows/greet.json', calling('Choose queue'));
    then();
    expect(await failures()).toEqual([
      expect.stringContaining(
        'expected "greet/Set queue", found no flow has a block of this name: it is now called "greet/Choose queue", so write that',
      ),
    ]);
  });

  it('is named by nothing where git does not know what it was', async () => {
    project.write('contact-flows/greet.json', calling('Choose queue'));
    commit();
    expect(await failures()).toEqual([
      expect.stringMatching(/expected "greet\/Set queue", found no flow has a block of this name$/),
    ]);
  });
});

describe('a file', () => {
  const pointer = (token: string) => ({
    ...hangUp('Go on'),
    Type: 'TransferToFlow',
    Parameters: { ContactFlowId: token },
  });

  it('that has another name now is one flow, also to the flows that name it and to its scenarios', async () => {
    // Prepare
    project.write('contact-flows/entry.json', flowOf(pointer('${GreetContactFlow}')));
    commit();
    project.remove('contact-flows/greet.json');
    project.write('contact-flows/welcome.json', greeting());
    project.write('contact-flows/entry.json', flowOf(pointer('${WelcomeContactFlow}')));
    project.write('contact-flows/scenarios/greet.yml', SCENARIOS.replaceAll('greet', 'welcome'));
    // Act, Assess
    expect(await diff()).toBe(`### Contact flows

1 file renamed. All 2 scenarios sound as before.

#### \`a/contact-flows/greet.json\` => \`b/contact-flows/welcome.json\`

The flow itself is as it was.
`);
  });

  it('that has another name now is told of where a flow has the former one, which is no change of that flow', async () => {
    // Prepare
    project.write('contact-flows/entry.json', flowOf(pointer('${GreetContactFlow}')));
    const scenario = '{ name: x, attributes: { user_type: member }, hearsLast: 申し訳ございません。, ends: goodbye }';
    project.write('contact-flows/scenarios/entry.yml', `flow: entry\nscenarios:\n  - ${scenario}\n`);
    commit();
    project.remove('contact-flows/greet.json');
    project.remove('contact-flows/scenarios/greet.yml');
    project.write('contact-flows/welcome.json', greeting());
    // Act
    const report = await diff();
    project.remove('contact-flows/scenarios/entry.yml');
    // Assess
    expect(report).toContain('1 file renamed, 1 former name still in use. **1 of 1 scenarios sounds different');
    expect(report).toContain(`#### \`a/contact-flows/entry.json\` => \`b/contact-flows/entry.json\`

- It still names \`\${GreetContactFlow}\`, whose file is now \`contact-flows/welcome.json\`: write \`\${WelcomeContactFlow}\`

#### \`a/contact-flows/greet.json\``);
  });

  it('that became two has moved to one of them', async () => {
    // Prepare
    commit();
    project.remove('contact-flows/greet.json');
    project.write('contact-flows/one.json', greeting());
    project.write('contact-flows/two.json', calling('Choose queue'));
    // Act
    const { flows } = JSON.parse(await diff('--json'));
    // Assess
    expect(flows).toMatchObject([
      { path: 'contact-flows/one.json', earlierPath: 'contact-flows/greet.json' },
      { path: 'contact-flows/two.json', status: 'added' },
    ]);
  });

  it('is named as git does: new, deleted, changed', async () => {
    // Prepare
    project.write('contact-flows/old.json', flowOf(say('Old', 'お知らせがございます。', 'Hang up'), hangUp()));
    commit();
    project.remove('contact-flows/old.json');
    project.write('contact-flows/new.json', greeting());
    project.write(
      'contact-flows/greet.json',
      changed(greeting(), (flow) =>
        Object.assign(blockIn(flow, 'Apologise'), { Parameters: { Text: 'すみません。' } }),
      ),
    );
    // Act
    const titles = (await diff()).split('\n').filter((line) => line.startsWith('#### `'));
    // Assess
    expect(titles).toEqual([
      '#### `a/contact-flows/greet.json` => `b/contact-flows/greet.json`',
      '#### `b/contact-flows/new.json` (new file)',
      '#### `a/contact-flows/old.json` (deleted file)',
    ]);
  });

  it('is named beside the other one where two are given', async () => {
    const old = project.write('given/old.json', greeting());
    const now = project.write('given/now.json', calling('Choose queue'));
    const { stdout } = await runFlows(project.folder, 'diff', old, now);
    expect(stdout).toContain(`#### \`a${old}\` => \`b${now}\`\n`);
    expect(stdout).not.toContain('file renamed');
    project.remove('given/old.json');
    project.remove('given/now.json');
  });
});

describe('a changed setting of a stage', () => {
  const saying = (text: string): WrittenFlow =>
    changed(greeting(), (flow) => {
      blockIn(flow, 'Thank member').Parameters = { Text: text };
    });

  it('is shown with what is heard in that stage', async () => {
    // Prepare
    project.write('contact-flows/greet.json', saying('${CompanyName}です。'));
    for (const stage of ['dev', 'prod']) project.write(`stages/${stage}.json`, { CompanyName: 'サンプル窓口' });
    commit();
    project.write('stages/prod.json', { CompanyName: 'みどり相談室' });
    // Act
    const report = await diff();
    // Assess
    expect(report).toContain('1 setting of the stages changed. **2 of 2 scenarios sound different.**');
    expect(report).toContain('- `stages/prod.json`, `CompanyName`: `サンプル窓口` → `みどり相談室`');
    expect(report).toContain('With the settings of `stages/prod.json`:');
    expect(report).toContain('- 「サンプル窓口です。」\n+ 「みどり相談室です。」');
    expect(report).not.toContain('stages/dev.json');
  });

  it('that says what the flow said before is heard by nobody', async () => {
    // Prepare
    project.write('contact-flows/greet.json', saying('サンプル窓口です。'));
    for (const stage of ['dev', 'prod']) project.write(`stages/${stage}.json`, {});
    commit();
    project.write('contact-flows/greet.json', saying('${CompanyName}です。'));
    for (const stage of ['dev', 'prod']) project.write(`stages/${stage}.json`, { CompanyName: 'サンプル窓口' });
    // Act
    const report = await diff();
    // Assess
    expect(report).toContain('1 prompt changed, 1 setting of the stages changed. All 2 scenarios sound as before.');
    expect(report).toContain('- `stages/dev.json`, `CompanyName`, new: `サンプル窓口`');
  });

  it('is no difference in a stage that is new', async () => {
    commit();
    project.write('stages/dev.json', { CompanyName: 'サンプル窓口' });
    expect(JSON.parse(await diff('--json'))).toMatchObject({ settings: [], calls: { compared: 2, different: [] } });
  });
});
