import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT } from '../run-command.ts';

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  environment: string;
  permissions: Record<string, string>;
  steps: Step[];
}

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');
const workflow = parse(read('.github/workflows/deploy.yml'));
const { show, deploy }: { show: Job; deploy: Job } = workflow.jobs;
const runs = ({ steps }: Job) => steps.flatMap(({ run }) => run ?? []);
const SHOW = '.github/show-change-set.sh';
const VERSION = '.github/stack-version.sh';

describe('the workflow that deploys', () => {
  it('is started by hand, for a stage with settings, one run of a stage at a time', () => {
    expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch']);
    const { options } = workflow.on.workflow_dispatch.inputs.stage;
    for (const stage of options) expect(read(`settings/${stage}.yml`)).toContain('karte:');
    expect(workflow.concurrency).toEqual({ group: 'deploy-${{ inputs.stage }}', 'cancel-in-progress': false });
  });

  it('shows the changes before the environment of the stage is asked', () => {
    expect(workflow.jobs.deploy.needs).toBe('show');
    expect([show.environment, deploy.environment]).toEqual(['${{ inputs.stage }}-plan', '${{ inputs.stage }}']);
  });

  it('deploys the very build that was shown, if the stack is still the one it was compared with', () => {
    const handedOver = (job: Job, action: string) => job.steps.find(({ uses }) => uses?.startsWith(action))?.with;
    expect(handedOver(deploy, 'actions/download-artifact@')).toEqual({
      name: handedOver(show, 'actions/upload-artifact@')?.name,
      path: handedOver(show, 'actions/upload-artifact@')?.path,
    });
    expect(runs(show)).toContain('npx sls package --stage "$STAGE" --package package');
    expect(runs(deploy).at(-2)).toContain(VERSION);
    expect(runs(deploy).at(-1)).toBe('npx sls deploy --stage "$STAGE" --package package');
    expect(runs(deploy).filter((run) => run.includes('sls package'))).toEqual([]);
  });

  it('logs in to AWS with a token of the run, and has no secret', () => {
    for (const job of [show, deploy]) {
      expect(job.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
      const logIn = job.steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
      expect(logIn?.with).toMatchObject({ 'role-to-assume': '${{ vars.AWS_ROLE }}', 'mask-aws-account-id': true });
    }
    expect(read('.github/workflows/deploy.yml')).not.toContain('secrets.');
  });

  it('puts nothing into a command but what is written there', () => {
    expect([...runs(show), ...runs(deploy)].filter((run) => run.includes('${{'))).toEqual([]);
  });

  it('pins each action to a version', () => {
    const uses = [...show.steps, ...deploy.steps].flatMap((step) => step.uses ?? []);
    expect(uses.filter((action) => !/^(actions|aws-actions)\/[\w-]+@v\d+$/.test(action))).toEqual([]);
  });
});

/** Answers as the AWS CLI does, and notes what it was asked. */
const AWS = `#!/usr/bin/env bash
echo "$@" >> "$FOLDER/asked"
case "$1 $2" in
  'cloudformation describe-stacks') [ "$STACK_IS" = there ] || { echo "$STACK_IS" >&2; exit 254; }; echo "2026-11-01 2026-11-02" ;;
  'cloudformation describe-stack-resource') echo karte-connect-call-dev-bucket ;;
  'cloudformation wait') exit "$WAIT_ENDS" ;;
  'cloudformation describe-change-set') echo "| Modify | False | AWS::Lambda::Function | AdmitLambdaFunction |" ;;
esac
`;

describe('what it shows', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'change-set-'));
    mkdirSync(join(folder, 'bin'));
    const double = (name: string, text: string) => {
      writeFileSync(join(folder, 'bin', name), text);
      chmodSync(join(folder, 'bin', name), 0o755);
    };
    double('aws', AWS);
    double('npm', '#!/usr/bin/env bash\necho "$@"\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (name: string) => readFileSync(join(folder, name), 'utf8');

  function script(path: string, { stackIs = 'there', waitEnds = '0' } = {}): Promise<{ code: number; output: string }> {
    const env = {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      FOLDER: folder,
      STACK_IS: stackIs,
      WAIT_ENDS: waitEnds,
      STAGE: 'dev',
      STACK: 'karte-connect-call-dev',
      AWS_REGION: 'ap-northeast-1',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    };
    return new Promise((resolve) => {
      execFile('bash', [join(PROJECT, path)], { env }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
      );
    });
  }

  it('is the change set, which is deleted and not executed', async () => {
    expect(await script(SHOW)).toEqual({ code: 0, output: '' });

    expect(written('summary')).toContain('| Modify | False | AWS::Lambda::Function | AdmitLambdaFunction |');
    expect(written('output')).toBe('stack-version=2026-11-01 2026-11-02\n');
    const asked = written('asked');
    expect(asked).toMatch(/^cloudformation delete-change-set .*--change-set-name shown-42-1$/m);
    expect(asked).not.toMatch(/execute-change-set|^cloudformation update-stack|include-property-values/m);
  });

  it('needs no more than its policy allows', async () => {
    await script(SHOW);
    const asked = [...written('asked').matchAll(/^cloudformation (\S+)/gm)]
      .map(([, name = '']) => (name === 'wait' ? 'describe-change-set' : name))
      .map((name) => name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()));
    const [stack] = JSON.parse(read('docs/change-set-policy.json')).Statement;
    expect([...new Set(asked)].map((name) => `cloudformation:${name}`).toSorted()).toEqual(stack.Action);
  });

  it('is the plan of the stage before its first deployment', async () => {
    expect((await script(SHOW, { stackIs: 'Stack with id karte-connect-call-dev does not exist' })).code).toBe(0);
    expect(written('summary')).toContain('stage -- plan dev');
    expect(written('output')).toBe('stack-version=none\n');
  });

  it('is an error where CloudFormation cannot make the change set, or may not be asked', async () => {
    const failed = await script(SHOW, { waitEnds: '255' });
    expect(failed).toMatchObject({
      code: 1,
      output: expect.stringContaining('::error::CloudFormation could not make'),
    });
    expect(written('asked')).toContain('delete-change-set');

    const refused = await script(VERSION, { stackIs: 'AccessDenied: not authorized' });
    expect(refused).toEqual({ code: 1, output: 'AccessDenied: not authorized\n' });
  });
});
