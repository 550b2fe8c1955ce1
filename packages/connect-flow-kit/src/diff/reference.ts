import type { BlockReference } from './difference.ts';
import type { Block, Branch } from './flow-graph.ts';

/** Names a block for a reader. */
export const referenceTo = ({ identifier, type, name }: Block): BlockReference => ({
  identifier,
  type,
  ...(name !== identifier && { name }),
});

/** Names what a branch leads to, whether it is a block or not. */
export const targetOf = ({ to, target }: Pick<Branch, 'to' | 'target'>): BlockReference =>
  to ? referenceTo(to) : { identifier: target };
