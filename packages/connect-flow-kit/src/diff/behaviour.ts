import type { Block } from './flow-graph.ts';

/** The number of a block's class. Blocks of one class do the same for so many steps. */
export type ClassOf = (block: Block) => number | undefined;

/**
 * Sorts blocks by what a call meets from there on, whatever the blocks are called: `[0]` by what they do themselves, `[1]`
 * by that and what their branches lead to, and so on until no further step tells any two apart. Blocks that share a class
 * in the last entry behave the same for ever.
 *
 * A long flow takes a round for each of its blocks, so all that stays the same is made a number once.
 */
export function behaviourClasses(blocks: readonly Block[]): ClassOf[] {
  const places = new Map(blocks.map((block, place) => [block, place]));
  const keys = new Numbering();
  const ways = blocks.map(({ branches, ordered }) => ({
    ordered,
    branches: branches.map(({ key, to }) => ({ key: keys.of(key), to: to === undefined ? undefined : places.get(to) })),
  }));

  let classes = new Numbering();
  let last = blocks.map(({ content }) => classes.of(content));
  const rounds = [last];
  for (;;) {
    const count = classes.size;
    classes = new Numbering();
    const next = ways.map(({ branches, ordered }, place) => {
      const leads = branches.map(({ key, to }) => `${key}→${to === undefined ? '' : last[to]}`);
      return classes.of(`${last[place]} ${(ordered ? leads : leads.sort()).join(' ')}`);
    });
    if (classes.size === count) break;
    rounds.push(next);
    last = next;
  }
  return rounds.map((round) => (block) => {
    const place = places.get(block);
    return place === undefined ? undefined : round[place];
  });
}

/** Numbers texts in the order they come, equal ones alike. */
class Numbering {
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#numbers.size;
  }

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
