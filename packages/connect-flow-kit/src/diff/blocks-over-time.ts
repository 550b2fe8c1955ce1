import type { NamedFlow } from '../document.ts';
import type { CallCase } from '../simulate/call-case.ts';

/** A block that now has another Identifier. */
interface RenamedBlock {
  /** Name of its flow. */
  flow: string;
  before: string;
  after: string;
}

/** Finds blocks by their current or former names, written as in a scenario: `<flow>/<block>`, or `<block>` of any flow. */
export interface BlocksOverTime {
  /** What the earlier version calls a block. */
  earlierName(block: string): string;
  /** What the later version calls a block; undefined if it has no such block. */
  laterName(block: string): string | undefined;
}

/** @param later the flows of the later version */
export function blocksOverTime(renamed: readonly RenamedBlock[], later: readonly NamedFlow[]): BlocksOverTime {
  const known = new Set(
    later.flatMap(({ name, document }) => document.Actions.flatMap((action) => keysOf(name, action.Identifier))),
  );
  const namesOf = (from: 'before' | 'after', to: 'before' | 'after') =>
    new Map(
      renamed.toReversed().flatMap((block) => {
        const names = keysOf(block.flow, block[to]);
        return keysOf(block.flow, block[from]).map((key, index) => [key, names[index] ?? key]);
      }),
    );
  const [earlier, now] = [namesOf('after', 'before'), namesOf('before', 'after')];
  return {
    // A scenario that was not corrected already has the earlier name.
    earlierName: (block) => earlier.get(block) ?? block,
    laterName: (block) => (known.has(block) ? block : now.get(block)),
  };
}

const keysOf = (flow: string, block: string): string[] => [block, `${flow}/${block}`];

/** A call in which the blocks that are to fail have other names. */
export const inNames = (call: CallCase, nameOf: (block: string) => string): CallCase =>
  call.fail
    ? { ...call, fail: Object.fromEntries(Object.entries(call.fail).map(([block, error]) => [nameOf(block), error])) }
    : call;
