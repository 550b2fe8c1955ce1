import { describe, expect, it } from 'vitest';
import { repositoryFlows } from '../../packages/connect-flow-kit/src/commands/repository.ts';
import { repositoryScenarios, runScenarios } from '../../packages/connect-flow-kit/src/commands/scenario-files.ts';
import { coverageOf, missedInWords } from '../../packages/connect-flow-kit/src/scenarios/coverage.ts';
import { explainFailure } from '../../packages/connect-flow-kit/src/scenarios/explain.ts';

const library = repositoryFlows();
const results = runScenarios(repositoryScenarios(), library);

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
