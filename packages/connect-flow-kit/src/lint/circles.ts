import type { Block, LintedFlow, Way } from './linted-flow.ts';

/** Everything that can be reached from the blocks given, themselves included. */
export function reachable<T>(from: readonly T[], next: (node: T) => readonly T[]): Set<T> {
  const seen = new Set(from);
  for (const node of seen) for (const to of next(node)) seen.add(to);
  return seen;
}

/** The blocks each block can be entered from, by the transitions a call can take. */
export function entrances(flow: LintedFlow): (block: Block) => readonly Block[] {
  const from = new Map<Block, Block[]>();
  for (const block of flow.blocks) {
    for (const { to } of block.exits) {
      const known = from.get(to);
      if (known) known.push(block);
      else from.set(to, [block]);
    }
  }
  return (block) => from.get(block) ?? [];
}

/**
 * Circles in which a call can loop forever, each as its blocks in order. Circles that share a block are reported once.
 *
 * @param goesOn is this exit one of those that count?
 */
export function circles(flow: LintedFlow, goesOn: (block: Block, way: Way) => boolean): Block[][] {
  const enteredFrom = entrances(flow);
  const left = new Map<Block, Set<Block>>();
  for (const block of flow.blocks) {
    left.set(block, new Set(block.exits.filter(({ way }) => goesOn(block, way)).map(({ to }) => to)));
  }
  /** Removes blocks, and then those that led nowhere else. */
  const remove = (blocks: readonly Block[]): void => {
    const gone = new Set(blocks);
    for (const block of gone) {
      left.delete(block);
      for (const before of enteredFrom(block)) {
        const exits = left.get(before);
        if (exits?.delete(block) && exits.size === 0) gone.add(before);
      }
    }
  };

  const found: Block[][] = [];
  remove([...left].filter(([, exits]) => exits.size === 0).map(([block]) => block));
  for (;;) {
    // Every remaining block has an exit to another remaining one, so walking on must close a circle.
    let [at] = left.keys();
    if (!at) return found;
    const path = new Set<Block>();
    while (at && !path.has(at)) {
      path.add(at);
      [at] = left.get(at) ?? [];
    }
    const walked = [...path];
    const circle = walked.slice(at ? walked.indexOf(at) : 0);
    found.push(circle);
    remove(circle);
  }
}
