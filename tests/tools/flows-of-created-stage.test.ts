import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { projectCopy } from '../project-copy.ts';
import { commandHere } from '../run-command.ts';
import { exampleAccount, exampleInstance, exampleState, INSTANCE, SUPPORT, shellOf } from './example-account.ts';

let project: string;
let folder: string;
beforeAll(() => {
  project = projectCopy();
  folder = mkdtempSync(join(tmpdir(), 'exported-'));
  const file = join(project, 'settings/dev.yml');
  const dev = parse(readFileSync(file, 'utf8'));
  const made = {
    ...dev,
    // Its block would be left out of an export otherwise.
    recognizeCaller: { hours: 24 },
    connect: { ...dev.connect, instanceId: 'create', queues: { support: 'create' } },
    create: { instanceAlias: 'example', hours: { days: ['MONDAY'], start: '09:00', end: '18:00' } },
  };
  writeFileSync(file, stringify(made));
});
afterAll(() => {
  rmSync(project, { recursive: true });
  rmSync(folder, { recursive: true });
});

const nameOfFlow = (file: string) => file.replace('.json', '');
const flowFiles = () => readdirSync(join(project, 'contact-flows')).filter((name) => name.endsWith('.json'));
const idOf = (index: number) => `00000000-0000-4000-8000-00000000f0${String(index).padStart(2, '0')}`;

/** An account in which the stage is deployed, and told its ids. */
const deployed = () =>
  exampleState({
    instances: [
      exampleInstance({
        flows: flowFiles().map((file, index) => ({
          id: idOf(index),
          name: `karte-connect-call-dev-${nameOfFlow(file)}`,
        })),
      }),
    ],
    parameters: {
      '/karte-connect-call/dev/ids': JSON.stringify({
        instanceId: INSTANCE,
        contactFlow: idOf(0),
        queues: { support: SUPPORT },
      }),
    },
  });

const flows = async (args: string[], state = deployed()) => {
  const double = await exampleAccount(state);
  return commandHere('flows', [...args, '--stage', 'dev'], { cwd: project, env: shellOf(double) });
};

describe('npm run flows of a stage whose stack makes its instance', () => {
  it('exports flows with the ids that the stack has told, and takes them back', async () => {
    // Act
    const exported = await flows(['export', '--out', folder]);
    const text = readFileSync(join(folder, 'call-me.json'), 'utf8');
    const before = readFileSync(join(project, 'contact-flows/call-me.json'), 'utf8');
    const imported = await flows(['import', join(folder, 'call-me.json')]);
    // Assess
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(text).toMatch(new RegExp(`"QueueId": "arn:aws:connect:[^"]+:instance/${INSTANCE}/queue/${SUPPORT}"`));
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(project, 'contact-flows/call-me.json'), 'utf8')).toBe(before);
  });

  it('asks nobody for the ids where the instance is not needed', async () => {
    const { code } = await flows(['simulate', 'call-me'], exampleState({ deny: ['ssm:GetParameter'] }));
    expect(code).toBe(0);
  });

  it.each([
    ['is not deployed', exampleState(), 'the parameter /karte-connect-call/dev/ids does not exist: deploy the stage'],
    [
      'may not be asked',
      exampleState({ deny: ['ssm:GetParameter'] }),
      'ssm:GetParameter was refused (AccessDeniedException)',
    ],
  ])('says in one line that the stage %s', async (_, state, sentence) => {
    const { code, stderr } = await flows(['export', '--out', folder], state);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
