import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type TemporaryProject,
  temporaryProject,
} from '../../packages/connect-flow-kit/tests/commands/project-support.ts';
import { blockIn, changed, greeting } from '../../packages/connect-flow-kit/tests/diff-support.ts';
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
  it('runs for pull requests that touch contact flows, with the base branch at hand', () => {
    expect(review.on).toEqual({ pull_request: { paths: ['contact-flows/**'] } });
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

describe('its commands on the merge commit of a pull request', () => {
  let project: TemporaryProject;
  let gitHub: FakeGitHub;

  beforeAll(async () => {
    gitHub = await startGitHub();
    project = temporaryProject();
    project.write('contact-flows/greet.json', greeting());
    project.commit('first');
    project.git('checkout', '--quiet', '-b', 'feature');
    project.write(
      'contact-flows/greet.json',
      changed(greeting(), (flow) => {
        blockIn(flow, 'Apologise').Parameters = { Text: '@octocat すみません。' };
      }),
    );
    project.commit('changes a prompt');
    project.git('checkout', '--quiet', 'main');
    project.write('contact-flows/other.json', greeting());
    project.commit('meanwhile on main');
    project.git('merge', '--quiet', '--no-ff', '--message', 'as GitHub merges', 'feature');
  });

  afterAll(async () => {
    await gitHub.close();
    project.delete();
  });

  it('write what the pull request changes, and not what happened on the base branch meanwhile', async () => {
    // Prepare
    const commands = steps.flatMap((step) => step.run ?? []).filter((line) => line !== 'npm ci');
    // Act
    for (const command of commands) {
      const env = actionsEnvironment(gitHub, project.folder);
      const { code, stderr } = await run('bash', ['-e', '-c', command], { cwd: project.folder, env });
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    }
    // Assess
    expect(commands).toHaveLength(2);
    expect(gitHub.comments.map(({ body }) => body)).toEqual([
      `<!-- contact-flow-review -->
### Contact flows

1 prompt changed.

#### \`contact-flows/greet.json\`

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
