// Flows, scenarios and review pages of a project, for tests that check them.
export { openProject } from './commands/open-project.ts';
export { projectFlows } from './commands/repository.ts';
export { reviewPages, stalePages } from './commands/review-command.ts';
export { projectScenarios, runScenarios } from './commands/scenario-files.ts';
export { coverageOf, missedInWords } from './scenarios/coverage.ts';
export { explainFailure } from './scenarios/explain.ts';
