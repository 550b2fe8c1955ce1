import {
  coverageOf,
  explainFailure,
  missedInWords,
  openProject,
  projectFlows,
  projectScenarios,
  runScenarios,
} from 'connect-flow-kit/project';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';

const project = await openProject(PROJECT);
const library = projectFlows(project);
const results = runScenarios(projectScenarios(project), library);

describe('the contact flows of this repository', () => {
  it.each(results.map((result) => ({ title: `${result.flow}: ${result.case.name}`, result })))(
    '$title',
    ({ result }) => {
      expect(result.mismatches.length === 0 ? [] : explainFailure(result)).toEqual([]);
    },
  );

  const taken = results.flatMap(({ call }) => call.taken);
  it.each(coverageOf(library.flows, taken))('have a scenario for every transition of $flow', ({ missing }) => {
    expect(missing.map(missedInWords)).toEqual([]);
  });
});
