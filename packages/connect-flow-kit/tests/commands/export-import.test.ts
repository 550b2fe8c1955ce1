import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flowText } from '../../src/exchange/normalise.ts';
import { errors, flowOf, loop, say, setHook, setQueue, TRANSFER } from '../../src/flow-builder.ts';
import { stageOf, type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

const INSTANCE = 'arn:aws:connect:ap-northeast-1:123456789012:instance/00000000-0000-4000-8000-000000000001';
const DEPLOYED = ['greet', 'wait', 'ask'].map((name, index) => ({
  Name: `dev-${name}`,
  Arn: `${INSTANCE}/contact-flow/00000000-0000-4000-8000-00000000f00${index + 1}`,
}));

const sorry = { Transitions: { Errors: errors({ NoMatchingError: 'bye' }) } };
const FLOWS = {
  greet: {
    ...flowOf(
      say('${CompanyName}です。いつも${ServiceName}をご利用いただきありがとうございます。${Notice}', sorry),
      { ...setHook('CustomerQueue', '${WaitContactFlow}'), ...sorry },
      { ...setQueue('${DefaultQueue}'), ...sorry },
      { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: 'bye', NoMatchingError: 'bye' }) } },
    ),
    Metadata: {
      name: 'greet',
      type: 'contactFlow',
      Annotations: [{ content: 'Asked for by the law.', actionId: 'block 1', position: { x: 220, y: 300 } }],
    },
  },
  wait: {
    ...flowOf({
      ...loop([{ Text: 'お待ちください。' }, { PromptId: '${Music}' }]),
      Transitions: { Errors: errors({ NoMatchingError: 'bye' }) },
    }),
    Metadata: { name: 'wait', type: 'customerQueue' },
  },
  ask: {
    ...flowOf({
      Type: 'InvokeLambdaFunction',
      Parameters: { LambdaFunctionARN: '${LookUpFunction}', InvocationTimeLimitSeconds: '3' },
      ...sorry,
    }),
    Metadata: { name: 'ask', type: 'contactFlow' },
  },
};

let connect: Server;
let project: TemporaryProject;

beforeAll(async () => {
  connect = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ContactFlowSummaryList: DEPLOYED }));
  });
  await new Promise<void>((resolve) => connect.listen(0, '127.0.0.1', resolve));
  project = temporaryProject();
  for (const [name, flow] of Object.entries(FLOWS)) project.write(`contact-flows/${name}.json`, flowText(flow));
  const { port } = connect.address() as AddressInfo;
  // One name is in the other, a notice is left out, and there is no music.
  const flowValues = { ServiceName: 'サンプル', CompanyName: 'サンプル窓口', Notice: '', Music: 'silence' };
  const functions = { LookUpFunction: 'dev-look-up' };
  const dev = { ...stageOf({ flowValues, functions }), endpoint: `http://127.0.0.1:${port}` };
  const without = { ...dev, functions: { LookUpFunction: null } };
  const down = { ...dev, endpoint: 'http://127.0.0.1:1', ifUnreachable: 'start it' };
  project.write(
    'connect-flow-kit.config.ts',
    `const stages = ${JSON.stringify({ dev, down, without })};
     export default { stages: { load: (name) => ({ ...stages[name], deployedName: (flow) => 'dev-' + flow }) } };`,
  );
});
afterAll(() => {
  connect.close();
  project.delete();
});

const flows = (...args: string[]) => runFlows(project.folder, ...args);
const read = (path: string) => readFileSync(join(project.folder, path), 'utf8');
const out = () => join(project.folder, 'exported');

describe('export and import', () => {
  it('fill in what belongs to the instance, and take it out again', async () => {
    // Act
    const exported = await flows('export', '--stage', 'dev', '--out', out());
    // Assess
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    const greet = read('exported/greet.json');
    expect(greet).not.toContain('${');
    expect(greet).toContain(`"CustomerQueue": "${DEPLOYED[1]?.Arn}"`);
    expect(greet).toContain(`"QueueId": "${INSTANCE}/queue/00000000-0000-4000-8000-00000000a001"`);
    expect(greet).toContain('Asked for by the law.');
    expect(greet).toContain('"サンプル窓口です。いつもサンプルをご利用いただきありがとうございます。"');
    expect(read('exported/wait.json')).toMatch(/"SSML": "<speak>(<break time=\\"10s\\"\/>){3}<\/speak>"/);
    expect(read('exported/ask.json')).toContain('arn:aws:lambda:ap-northeast-1:123456789012:function:dev-look-up"');
    for (const name of ['greet', 'wait', 'ask']) {
      const before = read(`contact-flows/${name}.json`);
      const imported = await flows('import', join(out(), `${name}.json`), '--stage', 'dev');
      expect(imported).toMatchObject({ code: 0, stderr: '' });
      expect(read(`contact-flows/${name}.json`)).toBe(before);
    }
  });

  it('leave out the block that asks a function which the stage has not', async () => {
    const folder = join(project.folder, 'without');
    expect(await flows('export', '--stage', 'without', '--out', folder)).toMatchObject({ code: 0, stderr: '' });
    expect(read('without/ask.json')).not.toContain('InvokeLambdaFunction');
  });

  it('say what of the designer is left out', async () => {
    const exported = read('exported/greet.json').replace('"Metadata": {', '"Metadata": { "folder": "IVR",');
    const path = project.write('again.json', exported);
    const { code, stderr } = await flows('import', path, '--stage', 'dev');
    const sentence = '"folder", which the designer noted of the flow, is left out';
    expect({ code, stderr }).toEqual({ code: 0, stderr: `contact-flows/greet.json: ${sentence}.\n` });
  });

  it('say which token of a block is lost', async () => {
    const path = project.write('wait.json', read('exported/wait.json').replaceAll('10s', '8s'));
    const { code, stderr } = await flows('import', path, '--stage', 'dev');
    project.write('contact-flows/wait.json', flowText(FLOWS.wait));
    const sentence =
      'block "block 1" has lost ${Music}, which was in Messages[1].PromptId: write it back if it belongs there';
    expect({ code, stderr }).toEqual({ code: 0, stderr: `contact-flows/wait.json: ${sentence}.\n` });
  });

  it('say where a text, id or ARN can be given a name', async () => {
    const path = project.write('foreign.json', read('exported/greet.json').replace('00000000a001', '00000000beef'));
    const { code, stderr } = await flows('import', path, '--stage', 'dev', '--as', 'foreign');
    project.remove('contact-flows/foreign.json');
    expect(code).toBe(1);
    expect(stderr).toContain('for which there is no token: give it a name under flowValues of every stage');
  });

  it('have what a test case of the instance needs', async () => {
    // Prepare
    project.write(
      'contact-flows/scenarios/greet.yml',
      `flow: greet
scenarios:
  - { name: a call, attributes: { queue: "\${DefaultQueue}" }, hearsFirst: x, ends: agent }
`,
    );
    // Act
    const { code, stderr } = await flows('test-cases', '--stage', 'dev', '--out', out());
    project.remove('contact-flows/scenarios/greet.yml');
    // Assess
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const testCase = JSON.parse(read('exported/greet-a-call.json'));
    const queue = `${INSTANCE}/queue/00000000-0000-4000-8000-00000000a001`;
    expect(testCase.EntryPoint.VoiceCallEntryPointParameters.FlowId).toBe(DEPLOYED[0]?.Arn);
    expect(JSON.parse(testCase.InitializationData).Attributes).toEqual({ queue });
    const observations = JSON.parse(testCase.Content).Observations;
    expect(observations[1].Event.Properties.Text).toBe(
      'サンプル窓口です。いつもサンプルをご利用いただきありがとうございます。',
    );
    expect(observations.at(-1).Event.Properties.ActionParameters).toEqual({ QueueId: queue });
  });

  it('say what to do where the instance does not answer, or has no such flow', async () => {
    const down = await flows('export', '--stage', 'down', '--out', out());
    expect(down).toMatchObject({ code: 2, stderr: expect.stringMatching(/cannot be asked \(.*\): start it\n$/) });
    project.write('contact-flows/newer.json', flowText(FLOWS.wait));
    const missing = await flows('export', '--stage', 'dev', '--out', out());
    project.remove('contact-flows/newer.json');
    expect(missing).toMatchObject({ code: 2, stderr: 'the instance has no flow dev-newer: deploy it first\n' });
  });
});
