import { UsageError } from '../command-line.ts';
import { type CallsDifference, compareCalls, type EarlierName } from '../diff/compare-calls.ts';
import { compareFlows } from '../diff/compare-flows.ts';
import type { DiffReport, FileDifference } from '../diff/diff-report.ts';
import type { Project } from './open-project.ts';
import { type LoadedFlow, libraryOf } from './repository.ts';
import { projectScenarios } from './scenario-files.ts';

/** One flow in two versions. One of them may be missing. */
interface FlowVersions {
  path: string;
  before: Version | undefined;
  after: Version | undefined;
}

/** A flow, or why the file holds none. */
export type Version = LoadedFlow | { unreadable: string };

/** Compares every flow with its other version, and the calls of the scenarios through the one with those through the other. */
export function reportOn(versions: readonly FlowVersions[], project: Project): DiffReport {
  const flows = versions.map(compareVersions);
  return { flows, calls: compareScenarioCalls(versions, flows, project) };
}

function compareVersions({ path, before, after }: FlowVersions): FileDifference {
  if (after && 'unreadable' in after)
    return { path, status: 'unreadable', version: 'after', because: after.unreadable };
  if (before && 'unreadable' in before) {
    return { path, status: 'unreadable', version: 'before', because: before.unreadable };
  }
  if (before && after) {
    const leftOut = { before: before.problems.length, after: after.problems.length };
    return { path, status: 'compared', difference: compareFlows(before.document, after.document), leftOut };
  }
  const blocks = (after ?? before)?.document.Actions.length ?? 0;
  return { path, status: after ? 'added' : 'removed', blocks };
}

function compareScenarioCalls(
  versions: readonly FlowVersions[],
  flows: readonly FileDifference[],
  project: Project,
): CallsDifference {
  const before = versions.flatMap((flow) => readable(flow.before));
  const after = versions.flatMap((flow) => readable(flow.after));
  const renamed = flows.flatMap((file, index) => {
    const name = readable(versions[index]?.after)[0]?.name;
    return file.status === 'compared' ? file.difference.renamed.map((names) => ({ ...names, flow: name })) : [];
  });
  const earlierName: EarlierName = (block, flow) =>
    renamed.find((names) => names.after === block && (flow === undefined || flow === names.flow))?.before ?? block;
  try {
    return compareCalls(projectScenarios(project), libraryOf(before).find, libraryOf(after).find, earlierName);
  } catch (error) {
    if (error instanceof UsageError) return { compared: 0, different: [], unusable: error.message };
    throw error;
  }
}

const readable = (version: Version | undefined): LoadedFlow[] => (version && 'document' in version ? [version] : []);
