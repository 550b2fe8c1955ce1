import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/command-line.ts';
import { openProject, type Project } from '../../src/commands/open-project.ts';
import { projectFlows } from '../../src/commands/repository.ts';
import { runScenarios } from '../../src/commands/scenario-files.ts';
import { END, errors, flowOf, loop, say, setHook, setQueue, TRANSFER } from '../../src/flow-builder.ts';
import { parseScenarios } from '../../src/scenarios/parse-scenarios.ts';
import { FIELDS } from '../../src/scenarios/scenario-schema.ts';
import { type TemporaryProject, temporaryProject } from './project-support.ts';
import { runFlows } from './run-flows.ts';

const SCENARIOS = `
flow: greet
scenarios:
  - { name: an agent is free, hears: [お電話ありがとうございます。], ends: agent }
  - { name: nobody is free, agents: 0, hears: [お待ちください。], ends: waiting }
  - { name: no queue, fail: { block 3: NoMatchingError }, hearsLast: 申し訳ございません。, ends: goodbye }
`;

let temporary: TemporaryProject;
let project: Project;

beforeAll(async () => {
  temporary = temporaryProject();
  const greet = flowOf(
    say('お電話ありがとうございます。'),
    setHook('CustomerQueue', '${WaitContactFlow}'),
    { ...setQueue('q'), Transitions: { Errors: errors({ NoMatchingError: 'sorry' }) } },
    TRANSFER,
    say('申し訳ございません。', { Identifier: 'sorry' }),
  );
  temporary.write('contact-flows/greet.json', greet);
  temporary.write('contact-flows/wait.json', flowOf(loop([{ Text: 'お待ちください。' }])));
  temporary.write('contact-flows/whisper.json', flowOf(END));
  temporary.write('contact-flows/scenarios/greet.yml', SCENARIOS);
  project = await openProject(temporary.folder);
});

afterAll(() => temporary.delete());

const test = (...args: string[]) => runFlows(temporary.folder, 'test', ...args);

interface Report {
  cases: { flow: string; name: string; ok: boolean; mismatches: unknown[]; end: string }[];
  coverage: { flow: string; percent: number; missing: unknown[] }[];
}

describe('test', () => {
  it('prints the cases and the coverage of the flows, as text or as one JSON document', async () => {
    // Act
    const text = await test();
    const json = await test('--json');

    // Assess
    const { cases, coverage }: Report = JSON.parse(json.stdout);
    expect(cases.map(({ name, end }) => `${name}: ${end}`)).toEqual([
      'an agent is free: agent',
      'nobody is free: waiting',
      'no queue: goodbye',
    ]);
    expect(coverage.map(({ flow }) => flow)).toEqual(['greet', 'wait', 'whisper']);
    for (const { name, ok } of cases) expect(text.stdout).toContain(`  ${ok ? 'ok    ' : 'FAILED'}  ${name}\n`);
    for (const { flow, percent } of coverage) expect(text.stdout).toContain(`${percent} %  ${flow}: `);
    expect(json.code).toBe(text.code);
    expect(text.code).toBe(cases.every(({ ok }) => ok) && coverage.every(({ percent }) => percent === 100) ? 0 : 1);
  });

  it('limits itself to the calls that come through a flow', async () => {
    const { cases, coverage }: Report = JSON.parse((await test('wait', '--json')).stdout);
    expect(coverage.map(({ flow }) => flow)).toEqual(['wait']);
    expect(cases.map(({ name }) => name)).toEqual(['nobody is free']);
  });

  it('refuses a flow that does not exist', async () => {
    const stderr = 'there is no flow call-you: expected one of greet, wait, whisper\n';
    expect(await test('call-you')).toEqual({ code: 2, stdout: '', stderr });
  });

  it('refuses a scenario file of a flow that does not exist', () => {
    const set = { path: 'contact-flows/scenarios/a.yml', flow: 'call-you', scenarios: [] };
    expect(() => runScenarios([set], projectFlows(project))).toThrow(
      new UsageError('contact-flows/scenarios/a.yml: flow: found "call-you", expected one of greet, wait, whisper.'),
    );
  });

  it('tells every field of a scenario file, with an example that can be used', async () => {
    const { stdout } = await test('--help');
    const told = new Set([...stdout.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, field]) => field));
    for (const field of Object.values(FIELDS).flat()) expect([...told, 'name']).toContain(field);
    const example = stdout.split('For example:\n\n')[1]?.replace(/^ {2}/gm, '') ?? '';
    expect(parseScenarios(example, 'call-me.yml').scenarios).toHaveLength(3);
  });

  it('tells each end of a call', async () => {
    const { stdout } = await test('--help');
    const told = [...stdout.matchAll(/^ {2}(?:ends)? {10,}(\w+): /gm)].map(([, end]) => end);
    expect(() => parseScenarios('flow: x\nscenarios: [{ name: x, hears: [], ends: x }]', 'x.yml')).toThrow(
      `expected how the call ends: ${told.join(', ')}.`,
    );
  });
});
