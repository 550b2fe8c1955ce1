import type { Block, Branch, FlowGraph } from './flow-graph.ts';

/** Which block of the earlier flow became which block of the later one. */
export class Pairing {
  readonly #later = new Map<Block, Block>();
  readonly #earlier = new Map<Block, Block>();

  pair(earlier: Block, later: Block): void {
    this.#later.set(earlier, later);
    this.#earlier.set(later, earlier);
  }

  laterOf(earlier: Block): Block | undefined {
    return this.#later.get(earlier);
  }

  earlierOf(later: Block): Block | undefined {
    return this.#earlier.get(later);
  }

  /** Every pair so far, including pairs made during the iteration. */
  pairs(): Iterable<[earlier: Block, later: Block]> {
    return this.#later.entries();
  }

  freeEarlier(blocks: readonly Block[]): Block[] {
    return blocks.filter((block) => !this.#later.has(block));
  }

  freeLater(blocks: readonly Block[]): Block[] {
    return blocks.filter((block) => !this.#earlier.has(block));
  }
}

/** A branch that leads to a block, and the block it comes from. */
export interface Arrival {
  from: Block;
  branch: Branch;
}

/** Block → the branches that lead to it. */
export function arrivalsOf({ blocks }: FlowGraph): ReadonlyMap<Block, readonly Arrival[]> {
  const arrivals = new Map<Block, Arrival[]>(blocks.map((block) => [block, []]));
  for (const from of blocks) {
    for (const branch of from.branches) {
      if (branch.to !== undefined) arrivals.get(branch.to)?.push({ from, branch });
    }
  }
  return arrivals;
}
