import { UsageError } from '../command-line.ts';
import { type BlocksOverTime, blocksOverTime } from '../diff/blocks-over-time.ts';
import { type CallsDifference, compareCalls } from '../diff/compare-calls.ts';
import { compareFlows } from '../diff/compare-flows.ts';
import type { DiffReport, FileDifference, FormerName } from '../diff/diff-report.ts';
import { fillTokens } from '../files/contact-flow-tokens.ts';
import type { ScenarioSet } from '../scenarios/parse-scenarios.ts';
import type { Project } from './open-project.ts';
import { flowOfText, type LoadedFlow, libraryOf } from './repository.ts';
import { projectScenarios } from './scenario-files.ts';
import { changedValues, type StageValues, type StageVersions } from './stage-versions.ts';

/** One flow in two versions. One of them may be missing. */
export interface FlowVersions {
  path: string;
  /** Where the earlier version was, if it was elsewhere. */
  earlierPath?: string;
  /** A file of the project that now has another name. */
  moved?: true;
  before: Version | undefined;
  after: Version | undefined;
  /** What the later version still refers to by former file names, and that version as if it did not. */
  leftBehind?: { names: readonly FormerName[]; corrected: LoadedFlow };
}

/** A flow, or why the file does not contain one. */
export type Version = LoadedFlow | { unreadable: string };

/**
 * Compares every flow with its other version, and the calls of the scenarios through one version with those through the other.
 *
 * @param stages both versions of the stages' settings: if they differ, calls are compared as each version speaks them
 */
export function reportOn(
  versions: readonly FlowVersions[],
  project: Project,
  stages: readonly StageVersions[] = [],
): DiffReport {
  const flows = versions.map(compareVersions);
  const settings = stages.flatMap(({ path, before, after }) => {
    const changes = changedValues(before, after);
    return changes.length === 0 ? [] : [{ path, changes }];
  });
  return { flows, settings, calls: compareScenarioCalls(versions, flows, stages, project) };
}

/** What the blocks of some flows were called, and are called now. */
export const namesOverTime = (
  versions: readonly FlowVersions[],
  flows = versions.map(compareVersions),
): BlocksOverTime =>
  blocksOverTime(
    flows.flatMap((file, index) => {
      const [flow] = readable(versions[index]?.after);
      if (file.status !== 'compared' || flow === undefined) return [];
      return file.difference.renamed.map((names) => ({ ...names, flow: flow.name }));
    }),
    versions.flatMap(({ after }) => readable(after)),
  );

function compareVersions({ path, earlierPath, moved, before, after, leftBehind }: FlowVersions): FileDifference {
  const named = {
    path,
    ...(earlierPath !== undefined && { earlierPath }),
    ...(moved && { moved }),
    ...(leftBehind && { leftBehind: leftBehind.names }),
  };
  if (after && 'unreadable' in after)
    return { ...named, status: 'unreadable', version: 'after', because: after.unreadable };
  if (before && 'unreadable' in before) {
    return { ...named, status: 'unreadable', version: 'before', because: before.unreadable };
  }
  if (before && after) {
    const leftOut = { before: before.problems.length, after: after.problems.length };
    const difference = compareFlows(before.document, (leftBehind?.corrected ?? after).document);
    return { ...named, status: 'compared', difference, leftOut };
  }
  const blocks = (after ?? before)?.document.Actions.length ?? 0;
  return { ...named, status: after ? 'added' : 'removed', blocks };
}

function compareScenarioCalls(
  versions: readonly FlowVersions[],
  flows: FileDifference[],
  stages: readonly StageVersions[],
  project: Project,
): CallsDifference {
  let sets: ScenarioSet[];
  try {
    sets = projectScenarios(project);
  } catch (error) {
    if (error instanceof UsageError) return { compared: 0, different: [], outdated: [], unusable: error.message };
    throw error;
  }
  const before = versions.flatMap((flow) => readable(flow.before));
  const after = versions.flatMap((flow) => readable(flow.after));
  const names = namesOverTime(versions, flows);
  const changed = stages.filter((stage) => changedValues(stage.before, stage.after).length > 0);
  const comparisons: CallsDifference[] = changed.map(({ path, before: earlier, after: later }) => {
    const calls = compareCalls(sets, finderIn(before, earlier), finderIn(after, later), names);
    return { ...calls, different: calls.different.map((call) => ({ stage: path, ...call })) };
  });
  // If no stage's settings are unchanged, nobody hears the flows with the former settings.
  if (stages.length === 0 || changed.length < stages.length) {
    comparisons.unshift(compareCalls(sets, finderIn(before), finderIn(after), names));
  }
  return {
    compared: comparisons[0]?.compared ?? 0,
    different: comparisons.flatMap(({ different }) => different),
    outdated: comparisons[0]?.outdated ?? [],
  };
}

/** Finds flows, with the values of a stage in place of their tokens. */
function finderIn(flows: LoadedFlow[], values?: StageValues) {
  const spoken =
    values === undefined
      ? flows
      : flows.map(({ path, name, text }) => ({ ...flowOfText(path, fillTokens(text, values)), name }));
  return libraryOf(spoken).find;
}

const readable = (version: Version | undefined): LoadedFlow[] => (version && 'document' in version ? [version] : []);
