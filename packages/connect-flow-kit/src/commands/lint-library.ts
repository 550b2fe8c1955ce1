import { dirname, join, relative, resolve, sep } from 'node:path';
import type { LintFile } from '../files/lint-file.ts';
import type { FlowType } from '../flow-types.ts';
import { attributeWrites } from '../lint/attribute-writes.ts';
import type { Finding } from '../lint/finding.ts';
import { lintFlow } from '../lint/lint.ts';
import { repeatedNames } from '../lint/repeated-names.ts';
import { type SilencedFinding, silence } from '../lint/silences.ts';
import { textsIn } from '../lint/texts-in.ts';
import { type UnknownTokens, unknownTokenFindings } from '../lint/unknown-tokens.ts';
import type { Project } from './open-project.ts';
import type { FlowLibrary, LoadedFlow } from './repository.ts';

/**
 * Lints flows that know each other: what one sets, another may read, and if one leads to another, the call starts in
 * the first.
 *
 * @param project whatever starts its own flows sets the attributes in its config
 * @param type of the flows that do not say theirs
 * @param attributes contact attributes that something outside the flows sets
 * @param lintFiles say which findings the team lives with
 * @param unknownTokens tokens without a value in the project's flows
 */
export function lintLibrary(
  { flows, find }: FlowLibrary,
  project: Pick<Project, 'root' | 'folders' | 'attributes'>,
  {
    type,
    attributes = [],
    lintFiles,
    unknownTokens,
  }: {
    type?: FlowType | undefined;
    attributes?: readonly string[];
    lintFiles: readonly LintFile[];
    unknownTokens?: UnknownTokens | undefined;
  },
): { flow: LoadedFlow; findings: Finding[]; silenced: SilencedFinding[] }[] {
  const entered = new Set(
    flows.flatMap((flow) =>
      flow.document.Actions.flatMap(({ Parameters }) => textsIn(Parameters))
        .map(({ text }) => find(text))
        .filter((target) => target !== undefined && target !== flow),
    ),
  );
  return flows.map((flow) => {
    const others = flows.filter((other) => other !== flow).flatMap(({ document }) => attributeWrites(document));
    const options = {
      text: flow.text,
      type: flow.type ?? type,
      attributes: [
        ...attributes,
        ...others.map(({ key }) => key),
        ...(isOfProject(flow, project) ? project.attributes : []),
      ],
      continuesCall: entered.has(flow),
    };
    const findings = [
      ...repeatedNames(flow.text),
      ...(unknownTokens && isOfProject(flow, project) ? unknownTokenFindings(flow, unknownTokens) : []),
      ...lintFlow({ flow: flow.document, problems: flow.problems }, options),
    ];
    const lintFile = lintFileOf(flow, lintFiles, project);
    if (!lintFile) return { flow, findings, silenced: [] };
    return { flow, ...silence(nameInLintFile(flow, lintFile, project), findings, lintFile.silences) };
  });
}

/** Does the flow belong to the project's own folder? */
export const isOfProject = (
  { path }: Pick<LoadedFlow, 'path'>,
  { root, folders }: Pick<Project, 'root' | 'folders'>,
): boolean => dirname(resolve(root, path)) === join(root, folders.flows);

/** The file that applies to a flow: the nearest one above it, or else the project's. */
export function lintFileOf(
  { path }: Pick<LoadedFlow, 'path'>,
  lintFiles: readonly LintFile[],
  { root, folders }: Pick<Project, 'root' | 'folders'>,
): LintFile | undefined {
  const [nearest] = lintFiles
    .filter(({ folder }) => resolve(root, path).startsWith(`${folder}${sep}`))
    .toSorted((one, other) => other.folder.length - one.folder.length);
  return nearest ?? lintFiles.find(({ folder }) => folder === join(root, folders.flows));
}

/** A flow's file as the entries of a `lint.yml` name it. */
export const nameInLintFile = (
  { path }: Pick<LoadedFlow, 'path'>,
  { folder }: Pick<LintFile, 'folder'>,
  { root }: Pick<Project, 'root'>,
): string => relative(folder, resolve(root, path)).replaceAll(sep, '/');
