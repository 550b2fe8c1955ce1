import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import { projectCopy } from '../project-copy.ts';
import { commandHere, type Run } from '../run-command.ts';
import { ENTRY_FLOW, exampleAccount, exampleState, INSTANCE, OLD_FLOW, shellOf } from './example-account.ts';

const IDS = '/karte-connect-call/dev/ids';
const ids = (
  contactFlow = `arn:aws:connect:ap-northeast-1:000000000000:instance/${INSTANCE}/contact-flow/${ENTRY_FLOW}`,
) => ({
  [IDS]: JSON.stringify({ contactFlow, queues: {} }),
});

/** An account in which dev is deployed, and the number starts with a flow or with none. */
function deployed(flowId?: string, parts: Partial<AccountState> = {}): AccountState {
  const state = exampleState({ parameters: ids(), ...parts });
  for (const number of state.phoneNumbers) if (flowId !== undefined) number.flowId = flowId;
  return state;
}

async function attachFlow(args: string[], state: AccountState): Promise<Run & { requests: string[] }> {
  const double = await exampleAccount(state);
  const run = await commandHere('stages', ['attach-flow', 'dev', ...args], { env: shellOf(double) });
  return { ...run, requests: double.requests };
}

const flowIn = ({ phoneNumbers: [number] }: AccountState) => number?.flowId;

describe('npm run stage -- attach-flow', () => {
  it("attaches the stage's flow in place of another, and says which that was", async () => {
    const state = deployed(OLD_FLOW);
    const { code, stdout } = await attachFlow(['--yes'], state);
    expect(code).toBe(0);
    expect(flowIn(state)).toBe(ENTRY_FLOW);
    expect(stdout).toBe(
      [
        "The stage's number: 代表電話 → karte-connect-call-dev-call-me",
        'Attached: call the number to hear it. To take it back: Amazon Connect, Channels > Phone numbers, the number, flow 代表電話',
        '',
      ].join('\n'),
    );
  });

  it('does nothing the second time', async () => {
    const { code, stdout, requests } = await attachFlow(['--yes'], deployed(ENTRY_FLOW));
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'The number already starts with karte-connect-call-dev-call-me.\n',
    });
    expect(requests).not.toContain('connect:AssociatePhoneNumberContactFlow');
  });

  it('takes its flow off again, and no other', async () => {
    const ours = deployed(ENTRY_FLOW);
    expect((await attachFlow(['--detach', '--yes'], ours)).stdout).toContain('→ no flow\nDetached.');
    expect(flowIn(ours)).toBeUndefined();
    const others = deployed(OLD_FLOW);
    expect((await attachFlow(['--detach', '--yes'], others)).stdout).toContain("代表電話, which is not the stage's");
    expect(flowIn(others)).toBe(OLD_FLOW);
  });

  it('goes on where it may not be known what was there, and says so', async () => {
    const state = deployed(OLD_FLOW, { deny: ['connect:ListFlowAssociations', 'connect:ListContactFlows'] });
    const { code, stdout, stderr } = await attachFlow(['--yes'], state);
    expect(code).toBe(0);
    expect(stderr).toContain('flows of numbers could not be listed');
    expect(stdout).toContain(`The stage's number: unknown → ${ENTRY_FLOW}\n`);
    expect(flowIn(state)).toBe(ENTRY_FLOW);
  });

  it.each([
    ['nobody agrees', {}, 2, '--yes is missing'],
    ['the stage is not deployed', { parameters: {} }, 2, `the parameter ${IDS} does not exist: deploy the stage again`],
    [
      'the flow is one of another instance',
      {
        parameters: ids(
          `arn:aws:connect:ap-northeast-1:000000000000:instance/00000000-0000-4000-8000-000000000009/contact-flow/${ENTRY_FLOW}`,
        ),
      },
      2,
      'of another instance',
    ],
    ['ids may not be read', { deny: ['ssm:GetParameter'] }, 2, 'ssm:GetParameter was refused'],
    ['numbers may not be read', { deny: ['connect:ListPhoneNumbersV2'] }, 2, 'connect:ListPhoneNumbersV2 was refused'],
    ['the number is not claimed', { phoneNumbers: [] }, 1, 'is not claimed in ap-northeast-1'],
  ])('changes nothing where %s', async (_, parts, code, sentence) => {
    const run = await attachFlow([], deployed(undefined, parts));
    expect(run).toMatchObject({ code, stderr: expect.stringContaining(sentence) });
    expect(run.stderr).not.toContain('+81');
    expect(run.requests).not.toContain('connect:AssociatePhoneNumberContactFlow');
  });

  it('says what to do in a stage that has no number yet, and asks AWS nothing', async () => {
    const project = projectCopy();
    onTestFinished(() => rmSync(project, { recursive: true }));
    const path = join(project, 'settings/dev.yml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"+815000000000"', 'null'));
    const double = await exampleAccount(deployed());
    const run = await commandHere('stages', ['attach-flow', 'dev'], { cwd: project, env: shellOf(double) });
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('settings/dev.yml has no number yet'),
    });
    expect(double.requests).toEqual([]);
  });
});
