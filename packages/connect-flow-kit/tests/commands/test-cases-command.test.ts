import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flowText } from '../../src/exchange/normalise.ts';
import { errors, flowOf, say, setQueue, TRANSFER } from '../../src/flow-builder.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

let project: TemporaryProject;

beforeAll(() => {
  project = temporaryProject();
  const transfer = { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: 'bye', NoMatchingError: 'bye' }) } };
  const greet = flowOf(say('Hello.'), setQueue('${SupportQueue}'), transfer);
  project.write('contact-flows/greet.json', flowText({ ...greet, Metadata: { name: 'greet', type: 'contactFlow' } }));
  project.write(
    'contact-flows/scenarios/greet.yml',
    `flow: greet
scenarios:
  - { name: "A customer, greeted", hears: [Hello.], ends: agent }
  - { name: a voicemail, answer: voicemail, hears: [Hello.], ends: agent }
`,
  );
});
afterAll(() => project.delete());

const flows = (...args: string[]) => runFlows(project.folder, 'test-cases', ...args);

describe('test-cases', () => {
  it('writes a file for each scenario that can be one, and says why another cannot', async () => {
    // Act
    const out = join(project.folder, 'out');
    const { code, stdout, stderr } = await flows('--out', out);
    // Assess
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(out)).toEqual(['greet-a-customer-greeted.json']);
    expect(stdout).toContain('1 of 2 scenarios are test cases');
    expect(stdout).toMatch(/a test knows no voicemail\n {4}greet: a voicemail\n/);
  });

  it('writes what the API takes: JSON within JSON', async () => {
    const out = join(project.folder, 'taken');
    await flows('--out', out);
    const testCase = JSON.parse(readFileSync(join(out, 'greet-a-customer-greeted.json'), 'utf8'));
    expect(Object.keys(testCase)).toEqual(['Name', 'Description', 'EntryPoint', 'Content', 'Status']);
    expect(JSON.parse(testCase.Content).Version).toBe('2019-10-30');
  });

  it('prints one JSON document', async () => {
    const { stdout } = await flows('--out', join(project.folder, 'json'), '--json');
    const { written, leftOut } = JSON.parse(stdout);
    expect(written).toMatchObject([{ flow: 'greet', scenario: 'A customer, greeted', needs: [] }]);
    expect(leftOut).toMatchObject([{ flow: 'greet', scenario: 'a voicemail', cannot: ['a test knows no voicemail'] }]);
  });

  it('says where a folder cannot be written', async () => {
    const { code, stderr } = await flows('--out', project.write('a-file', 'x'));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('give another folder with --out') });
  });
});
