import { basename } from 'node:path';
import type { SettingsDifference } from '../diff/diff-report.ts';
import { textsAt, textsNow } from './flow-versions.ts';
import type { Project } from './open-project.ts';

/** The values that a stage gives to the flows' tokens. */
export type StageValues = Readonly<Record<string, string>>;

/** The values of one stage in two versions; none if its file is the same. */
export interface StageVersions {
  /** The stage's file. */
  path: string;
  before: StageValues;
  after: StageValues;
}

/**
 * The stages that existed at a commit and still do. None if the project does not say where their settings are.
 *
 * @param ref whatever git accepts as a commit
 */
export async function stagesSince(ref: string, { root, stages }: Project): Promise<StageVersions[]> {
  const { files } = stages ?? {};
  if (files === undefined) return [];
  const isStage = (name: string): boolean => /\.(ya?ml|json)$/.test(name);
  const [before, after] = [await textsAt(root, files.folder, isStage, ref), textsNow(root, files.folder, isStage)];
  const versions = [...after].flatMap(([path, text]) => {
    const earlier = before.get(path);
    return earlier === undefined ? [] : [{ path, earlier, text }];
  });
  return Promise.all(
    versions.map(async ({ path, earlier, text }) => {
      // The code that reads settings takes time to load, and most comparisons have the same settings on both sides.
      if (earlier === text) return { path, before: {}, after: {} };
      const stage = basename(path).replace(/\.\w+$/, '');
      return { path, before: await files.flowValues(earlier, stage), after: await files.flowValues(text, stage) };
    }),
  );
}

/** Tokens whose values differ. */
export const changedValues = (before: StageValues, after: StageValues): SettingsDifference['changes'] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((token) => ({ token, before: own(before, token), after: own(after, token) }))
    .filter((change) => change.before !== change.after);

const own = (values: StageValues, token: string): string | undefined =>
  Object.hasOwn(values, token) ? values[token] : undefined;
