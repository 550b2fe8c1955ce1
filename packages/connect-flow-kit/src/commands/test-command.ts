import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from '../command-line.ts';
import { coverageOf, type FlowCoverage, percentOf } from '../scenarios/coverage.ts';
import type { CaseResult } from '../scenarios/run-scenario.ts';
import { SCENARIO_HELP } from '../scenarios/scenario-help.ts';
import { allAsExpected, scenarioReport } from '../scenarios/scenario-report.ts';
import type { FlowsCommand } from './flows-command.ts';
import { laterNames } from './later-names.ts';
import type { Project } from './open-project.ts';
import { type LoadedFlow, projectFlows } from './repository.ts';
import { missingBlocks, projectScenarios, runScenarios } from './scenario-files.ts';

function help({ command, folders }: Project): string {
  return `${command} test [flow…] [options]

Makes the calls of ${folders.scenarios}/*.yml, compares what is heard with what should be heard, and counts the transitions of
each flow that were taken. With names of flows: only the calls that go through one of them.

Options:
  --json   one JSON document for programs
  --help   this text

Exit code: 0 everything is as expected and every transition is taken, 1 it is not, 2 a scenario file cannot be used.

${SCENARIO_HELP}`;
}

/** Runs the scenarios of a project. */
export const test: FlowsCommand = {
  summary: 'makes the calls of the scenarios and counts what they cover',
  help,
  async run(args, project) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const library = projectFlows(project);
    const chosen = chosenFlows(library.flows, positionals);
    // All of them run in any case: a queue's flow is covered by the scenarios of the flow that leads to it.
    const sets = projectScenarios(project);
    const all = runScenarios(sets, library, await laterNames(missingBlocks(sets, library), project));
    const results = all.filter((result) => chosen.some(({ name }) => comesThrough(result, name)));
    const taken = all.flatMap(({ call }) => call.taken);
    const coverage = coverageOf(chosen, taken);
    print(
      values.json
        ? `${JSON.stringify({ cases: results.map(caseAsJson), coverage: coverage.map(coverageAsJson) }, null, 2)}\n`
        : scenarioReport(results, coverage),
    );
    return allAsExpected(results, coverage) ? EXIT.fine : EXIT.problems;
  },
};

function chosenFlows(flows: LoadedFlow[], names: string[]): LoadedFlow[] {
  const byName = flows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const unknown = names.find((name) => !flows.some((flow) => flow.name === name));
  if (unknown !== undefined) {
    throw new UsageError(`there is no flow ${unknown}: expected one of ${byName.map(({ name }) => name).join(', ')}`);
  }
  return names.length === 0 ? byName : byName.filter(({ name }) => names.includes(name));
}

const comesThrough = ({ call }: CaseResult, name: string): boolean =>
  call.lines.some((line) => line.kind === 'step' && line.flow === name);

const caseAsJson = ({ flow, case: { name }, call, mismatches }: CaseResult) => ({
  flow,
  name,
  ok: mismatches.length === 0,
  mismatches,
  end: call.end,
});

const coverageAsJson = (coverage: FlowCoverage) => ({ ...coverage, percent: percentOf(coverage) });
