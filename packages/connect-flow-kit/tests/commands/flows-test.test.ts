import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/command-line.ts';
import { repositoryFlows } from '../../src/commands/repository.ts';
import { repositoryScenarios, runScenarios } from '../../src/commands/scenario-files.ts';
import { test } from '../../src/commands/test-command.ts';

afterEach(() => vi.restoreAllMocks());

/** Exit code and standard output of a run. */
async function run(...args: string[]): Promise<{ code: number; output: string }> {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const code = await test.run(args);
  return { code, output: written.join('') };
}

describe('npm run flows -- test', () => {
  it('prints the cases and the coverage of the flows, as text or as one JSON document', async () => {
    // Act
    const text = await run();
    const json = await run('--json');

    // Assess
    const { cases, coverage } = JSON.parse(json.output) as {
      cases: { flow: string; name: string; ok: boolean; mismatches: unknown[]; end: string }[];
      coverage: { flow: string; percent: number; missing: unknown[] }[];
    };
    expect(coverage.map(({ flow }) => flow)).toEqual(
      repositoryFlows()
        .flows.map(({ name }) => name)
        .sort(),
    );
    for (const { name, ok } of cases) expect(text.output).toContain(`  ${ok ? 'ok    ' : 'FAILED'}  ${name}\n`);
    for (const { flow, percent } of coverage) expect(text.output).toContain(`${percent} %  ${flow}: `);
    expect(json.code).toBe(text.code);
    expect(text.code).toBe(cases.every(({ ok }) => ok) && coverage.every(({ percent }) => percent === 100) ? 0 : 1);
  });

  it('limits itself to the calls that come through a flow', async () => {
    // Act
    const { output } = await run('call-me-queue', '--json');

    // Assess
    const { cases, coverage } = JSON.parse(output) as { cases: { end: string }[]; coverage: { flow: string }[] };
    expect(coverage.map(({ flow }) => flow)).toEqual(['call-me-queue']);
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.length).toBeLessThan(runScenarios(repositoryScenarios(), repositoryFlows()).length);
  });

  it('refuses a flow that does not exist', async () => {
    await expect(run('call-you')).rejects.toThrow(
      new UsageError(
        'there is no flow call-you: expected one of call-me, call-me-hold, call-me-queue, call-me-whisper',
      ),
    );
  });

  it('refuses a scenario file of a flow that does not exist', () => {
    const set = { path: 'contact-flows/scenarios/a.yml', flow: 'call-you', scenarios: [] };
    expect(() => runScenarios([set], repositoryFlows())).toThrow(
      /^contact-flows\/scenarios\/a\.yml: flow: found "call-you", expected one of call-me/,
    );
  });
});
