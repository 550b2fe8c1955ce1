import { dirname, join, relative, resolve, sep } from 'node:path';
import type { FlowType } from '../flow-types.ts';
import { attributeWrites } from '../lint/attribute-writes.ts';
import type { Finding } from '../lint/finding.ts';
import { lintFlow } from '../lint/lint.ts';
import { type Silence, type SilencedFinding, silence } from '../lint/silences.ts';
import { textsIn } from '../lint/texts-in.ts';
import type { Project } from './open-project.ts';
import type { FlowLibrary, LoadedFlow } from './repository.ts';

/**
 * Lints flows that know each other: what one sets, another may read, and where one leads to another, the call starts in
 * the first.
 *
 * @param project what starts its own flows sets the attributes of its config
 * @param type of the flows that do not tell theirs
 * @param attributes contact attributes that something outside the flows sets
 * @param silences findings that the team lives with
 */
export function lintLibrary(
  { flows, find }: FlowLibrary,
  project: Pick<Project, 'root' | 'folders' | 'attributes'>,
  {
    type,
    attributes = [],
    silences,
  }: { type?: FlowType | undefined; attributes?: readonly string[]; silences: readonly Silence[] },
): { flow: LoadedFlow; findings: Finding[]; silenced: SilencedFinding[] }[] {
  const { root, folders } = project;
  const isOfProject = ({ path }: LoadedFlow): boolean => dirname(resolve(root, path)) === join(root, folders.flows);
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
      attributes: [...attributes, ...others.map(({ key }) => key), ...(isOfProject(flow) ? project.attributes : [])],
      continuesCall: entered.has(flow),
    };
    const findings = lintFlow({ flow: flow.document, problems: flow.problems }, options);
    return { flow, ...silence(nameInLintFile(flow, project), findings, silences) };
  });
}

/** A flow's file as entries of `lint.yml` name it: relative to the folder of the flows. */
export const nameInLintFile = (
  { path }: Pick<LoadedFlow, 'path'>,
  { root, folders }: Pick<Project, 'root' | 'folders'>,
): string => relative(join(root, folders.flows), resolve(root, path)).replaceAll(sep, '/');
