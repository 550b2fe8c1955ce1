import type { Block } from './flow-graph.ts';

/** How similar two blocks of one type are in what they say and how they are set: 0 (nothing in common) to 1 (equal). */
type Likeness = (a: Block, b: Block) => number;

/** Counts the pairs of adjacent characters that both have (Dice's coefficient). Caches each block's pairs. */
export function likenessOfBlocks(): Likeness {
  const remembered = new Map<Block, ReadonlySet<string>>();
  const pairsOf = (block: Block): ReadonlySet<string> => {
    const known = remembered.get(block) ?? characterPairs(textsOf(block.parameters).join('\n'));
    remembered.set(block, known);
    return known;
  };
  return (a, b) => {
    if (a.content === b.content) return 1;
    const [left, right] = [pairsOf(a), pairsOf(b)];
    if (left.size + right.size === 0) return 0;
    const [small, large] = left.size < right.size ? [left, right] : [right, left];
    let common = 0;
    for (const pair of small) if (large.has(pair)) common += 1;
    return (2 * common) / (left.size + right.size);
  };
}

/** Longer texts are compared by their beginnings. */
const COMPARED_CHARACTERS = 3000;

function characterPairs(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= Math.min(text.length, COMPARED_CHARACTERS); at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf);
  return [String(value)];
}
