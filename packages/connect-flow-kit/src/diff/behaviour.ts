import type { Block } from './flow-graph.ts';

/** Blocks → number of their class. Blocks of one class do the same for so many steps. */
export type Classes = ReadonlyMap<Block, number>;

/**
 * Sorts blocks by what a call meets from there on, whatever the blocks are called: `[0]` by what they do themselves, `[1]`
 * by that and what their branches lead to, and so on until no further step tells any two apart. Blocks that share a class
 * in the last entry behave the same for ever.
 */
export function behaviourClasses(blocks: readonly Block[]): Classes[] {
  const rounds = [classify(blocks, ({ content }) => content)];
  for (;;) {
    const last = rounds.at(-1) ?? new Map();
    const next = classify(blocks, (block) => {
      const ways = block.branches.map(({ key, to }) => `${key}→${to === undefined ? 'nowhere' : last.get(to)}`);
      return `${last.get(block)} ${(block.ordered ? ways : ways.toSorted()).join(' ')}`;
    });
    if (countOf(next) === countOf(last)) return rounds;
    rounds.push(next);
  }
}

const countOf = (classes: Classes): number => new Set(classes.values()).size;

function classify(blocks: readonly Block[], describe: (block: Block) => string): Classes {
  const numbers = new Map<string, number>();
  return new Map(
    blocks.map((block) => {
      const description = describe(block);
      const known = numbers.get(description) ?? numbers.size;
      numbers.set(description, known);
      return [block, known];
    }),
  );
}
