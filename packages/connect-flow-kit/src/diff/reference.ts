import type { BlockReference } from './difference.ts';
import type { Block, Branch } from './flow-graph.ts';

/** Names a block for a reader. */
export const referenceTo = ({ identifier, type, name }: Block): BlockReference => ({
  identifier,
  type,
  ...(name !== identifier && { name }),
});

/** Names the target of a branch, whether or not it is a block. */
export const targetOf = ({ to, target }: Pick<Branch, 'to' | 'target'>): BlockReference =>
  to ? referenceTo(to) : { identifier: target };
