import { dirname, join, resolve } from 'node:path';
import { OWN_NAMES } from '../../../../domain/contact-attributes.ts';
import type { FlowType } from '../flow-types.ts';
import { attributeWrites } from '../lint/attribute-writes.ts';
import type { Finding } from '../lint/finding.ts';
import { lintFlow } from '../lint/lint.ts';
import { textsIn } from '../lint/texts-in.ts';
import type { FlowLibrary, LoadedFlow } from './repository.ts';

const PROJECT = join(import.meta.dirname, '../../../..');

/**
 * Lints flows that know each other: what one sets, another may read, and where one leads to another, the call starts in
 * the first.
 *
 * @param type of the flows that do not tell theirs
 * @param attributes contact attributes that something outside the flows sets
 */
export function lintLibrary(
  { flows, find }: FlowLibrary,
  { type, attributes = [] }: { type?: FlowType | undefined; attributes?: readonly string[] } = {},
): { flow: LoadedFlow; findings: Finding[] }[] {
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
      attributes: [...attributes, ...others.map(({ key }) => key), ...(isOurs(flow) ? OWN_NAMES : [])],
      continuesCall: entered.has(flow),
    };
    return { flow, findings: lintFlow({ flow: flow.document, problems: flow.problems }, options) };
  });
}

/** A flow of this repository is started by the call path, which sets attributes. */
const isOurs = ({ path }: LoadedFlow): boolean => dirname(resolve(PROJECT, path)) === join(PROJECT, 'contact-flows');
