import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowOf, say } from 'connect-flow-kit/flow-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectCopy } from '../project-copy.ts';
import { PROJECT } from '../run-command.ts';
import { actionsEnvironment, type FakeGitHub, run, startGitHub } from './github-support.ts';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

const workflow = (name: string) => parse(readFileSync(join(PROJECT, '.github/workflows', name), 'utf8'));

const review = workflow('contact-flow-review.yml');
const steps: Step[] = review.jobs.review.steps;

describe('the workflow that reviews contact flows', () => {
  it('runs for pull requests that touch contact flows or their settings, with the base branch at hand', () => {
    expect(review.on).toEqual({ pull_request: { paths: ['contact-flows/**', 'settings/**'] } });
    expect(steps[0]?.with).toEqual({ 'fetch-depth': 2, 'persist-credentials': false });
  });

  it('may read the code and write to pull requests, and nothing else', () => {
    expect(review.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(Object.keys(review.jobs.review)).not.toContain('permissions');
  });

  it('puts nothing into a command but what is written there', () => {
    expect(steps.map((step) => step.run ?? '').filter((line) => line.includes('${{'))).toEqual([]);
  });

  it('gives the token to the step that writes the comment, and to no other', () => {
    const withToken = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('github.token'));
    expect(withToken.map((step) => step.run)).toEqual([expect.stringContaining('pull-request-comment.ts')]);
    expect(withToken[0]?.env).toEqual({
      GITHUB_TOKEN: '${{ github.token }}',
      PULL_REQUEST: '${{ github.event.pull_request.number }}',
    });
  });

  it('sets up what the tests are set up with', () => {
    const uses = (all: Step[]) => all.flatMap((step) => step.uses ?? []);
    const test: Step[] = workflow('ci.yml').jobs.test.steps;
    expect(uses(steps)).toEqual(uses(test));
    expect(steps[1]?.with).toEqual(test[1]?.with);
  });
});

const apologising = (text: string) =>
  flowOf(say('お電話ありがとうございます。'), say(text, { Identifier: 'Apologise' }));

describe('its commands on the merge commit of a pull request', () => {
  let folder: string;
  let gitHub: FakeGitHub;

  beforeAll(async () => {
    gitHub = await startGitHub();
    folder = projectCopy();
    rmSync(join(folder, 'contact-flows'), { recursive: true });
    mkdirSync(join(folder, 'contact-flows'));
    git('init', '--quiet', '--initial-branch=main');
    commit('first', { greet: apologising('申し訳ございません。') });
    git('checkout', '--quiet', '-b', 'feature');
    commit('changes a prompt', { greet: apologising('@octocat すみません。') });
    git('checkout', '--quiet', 'main');
    commit('meanwhile on main', { other: apologising('申し訳ございません。') });
    git('merge', '--quiet', '--no-ff', '--message', 'as GitHub merges', 'feature');
  });

  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );

  const commit = (message: string, flows: Record<string, object>) => {
    for (const [name, flow] of Object.entries(flows)) {
      writeFileSync(join(folder, 'contact-flows', `${name}.json`), JSON.stringify(flow, null, 2));
    }
    git('add', 'contact-flows');
    git('commit', '--quiet', '--message', message);
  };

  afterAll(async () => {
    await gitHub.close();
    rmSync(folder, { recursive: true });
  });

  it('write what the pull request changes, and not what happened on the base branch meanwhile', async () => {
    // Prepare
    const commands = steps.flatMap((step) => step.run ?? []).filter((line) => line !== 'npm ci');
    // Act
    for (const command of commands) {
      const env = actionsEnvironment(gitHub, folder);
      const { code, stderr } = await run('bash', ['-e', '-c', command], { cwd: folder, env });
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    }
    // Assess
    expect(commands).toHaveLength(2);
    expect(gitHub.comments.map(({ body }) => body)).toEqual([
      `<!-- contact-flow-review -->
### Contact flows

1 prompt changed.

#### \`a/contact-flows/greet.json\` => \`b/contact-flows/greet.json\`

**Prompts**

- Play prompt \`Apologise\`, \`Text\`:

\`\`\`diff
- 申し訳ございません。
+ @octocat すみません。
\`\`\`
`,
    ]);
  });
});
