import type { BlockReference } from './difference.ts';
import type { Block, Branch } from './flow-graph.ts';

/** Names a block for a reader. */
export function referenceTo({ identifier, type, parameters }: Block): BlockReference {
  const says = parameters.Text ?? parameters.SSML;
  return { identifier, type, ...(typeof says === 'string' && { says }) };
}

/** Names what a branch leads to, be it a block or not. */
export const targetOf = ({ to, target }: Pick<Branch, 'to' | 'target'>): BlockReference =>
  to ? referenceTo(to) : { identifier: target };
