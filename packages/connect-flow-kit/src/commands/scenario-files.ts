import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../command-line.ts';
import { parseScenarios, type ScenarioSet, UnusableScenariosError } from '../scenarios/parse-scenarios.ts';
import { type CaseResult, runScenario } from '../scenarios/run-scenario.ts';
import type { Project } from './open-project.ts';
import type { FlowLibrary } from './repository.ts';

const EXTENSION = '.yml';

/** The scenario files of a project, by name. A mistake in one is a user's mistake. */
export function projectScenarios({ root, folders }: Pick<Project, 'root' | 'folders'>): ScenarioSet[] {
  const folder = join(root, folders.scenarios);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort()
    .map((name) => `${name}${EXTENSION}`)
    .map((name) => scenariosOfText(`${folders.scenarios}/${name}`, readFileSync(join(folder, name), 'utf8')));
}

function scenariosOfText(path: string, text: string): ScenarioSet {
  try {
    return parseScenarios(text, path);
  } catch (error) {
    if (error instanceof UnusableScenariosError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** Blocks that the scenarios make fail and that no flow has, as the scenarios name them. */
export function missingBlocks(sets: readonly ScenarioSet[], { flows }: FlowLibrary): string[] {
  const known = new Set(
    flows.flatMap(({ name, document }) =>
      document.Actions.flatMap(({ Identifier }) => [Identifier, `${name}/${Identifier}`]),
    ),
  );
  const calls = sets.flatMap(({ scenarios }) => scenarios.flatMap(({ cases }) => cases.map(({ call }) => call)));
  return [...new Set(calls.flatMap(({ fail = {} }) => Object.keys(fail)))].filter((block) => !known.has(block));
}

/**
 * Runs every case of the sets, in order. A set for a flow that the library does not have is a user's mistake.
 *
 * @param laterNames current names of blocks that no flow has any more, as far as known
 */
export function runScenarios(
  sets: readonly ScenarioSet[],
  library: FlowLibrary,
  laterNames: ReadonlyMap<string, string> = new Map(),
): CaseResult[] {
  const { flows, find } = library;
  const gone = new Map(missingBlocks(sets, library).map((block) => [block, whatBecameOf(laterNames.get(block))]));
  return sets.flatMap(({ path, flow, scenarios }) => {
    const entry = flows.find(({ name }) => name === flow);
    if (!entry) {
      const known = flows.map(({ name }) => name).join(', ');
      throw new UsageError(`${path}: flow: found "${flow}", expected one of ${known}.`);
    }
    return scenarios.flatMap((scenario) => runScenario(scenario, entry, find, gone));
  });
}

const whatBecameOf = (laterName: string | undefined): string =>
  laterName === undefined
    ? 'no flow has a block of this name'
    : `no flow has a block of this name: it is now called "${laterName}", so write that`;
