import { namesOverTime } from './compare-versions.ts';
import { lastCommitWith } from './flow-versions.ts';
import type { Project } from './open-project.ts';
import { versionsSince } from './versions-since.ts';

/**
 * What blocks that no flow has any more are called now, by the history of the flows in git: name → name, as far as that
 * tells.
 *
 * @param blocks as scenarios name them: `<flow>/<block>`, or `<block>` of any flow
 */
export async function laterNames(blocks: readonly string[], project: Project): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const block of blocks) {
    const identifier = JSON.stringify(block.replace(/^[^/]*\//, ''));
    const commit = await lastCommitWith(identifier, project);
    if (commit === undefined) continue;
    const now = namesOverTime(await versionsSince(commit, project)).laterName(block);
    if (now !== undefined) names.set(block, now);
  }
  return names;
}
