import { groupBy } from '../group-by.ts';
import { behaviourClasses, type ClassOf } from './behaviour.ts';
import type { Block, Branch, FlowGraph } from './flow-graph.ts';
import { likenessOfBlocks } from './likeness.ts';
import { type Arrival, arrivalsOf, Pairing } from './pairing.ts';

/** What blocks are matched by first. */
export type Trust = 'identifiers' | 'behaviour';

/**
 * Finds the blocks of an earlier flow in a later one.
 *
 * Identifiers are only names: the flow designer may write others on every export. So blocks are also matched by what they
 * do, by what they lead to, and by what leads to them, the most certain first. What is left over was added or removed.
 */
export function matchBlocks(earlier: FlowGraph, later: FlowGraph, trust: Trust): Pairing {
  const matching = new Matching(earlier, later);
  if (trust === 'identifiers') matching.sameIdentifierAndType();
  matching.sameStart();
  matching.onlyOnesOfTheirBehaviour();
  matching.alongBranchesAndByLikeness();
  return matching.pairing;
}

/** Sixteen times what two flows of 250 blocks, the maximum, can need. */
const MOST_COMPARISONS = 1_000_000;

class Matching {
  readonly pairing = new Pairing();
  readonly #earlier: FlowGraph;
  readonly #later: FlowGraph;
  readonly #classes: ClassOf[];
  readonly #arrivals: Record<'earlier' | 'later', ReadonlyMap<Block, readonly Arrival[]>>;

  constructor(earlier: FlowGraph, later: FlowGraph) {
    this.#earlier = earlier;
    this.#later = later;
    this.#classes = behaviourClasses([...earlier.blocks, ...later.blocks]);
    this.#arrivals = { earlier: arrivalsOf(earlier), later: arrivalsOf(later) };
  }

  sameIdentifierAndType(): void {
    const later = new Map(this.#later.blocks.map((block) => [block.identifier, block]));
    for (const block of this.#earlier.blocks) {
      const same = later.get(block.identifier);
      if (same?.type === block.type) this.#pairIfFree(block, same);
    }
  }

  /** Two flows that behave the same from their start on. */
  sameStart(): void {
    const [a, b] = [this.#earlier.start, this.#later.start];
    const last = this.#classes.at(-1);
    if (a && b && last?.(a) === last?.(b)) this.#pairIfFree(a, b);
  }

  /** If a behaviour occurs once in each flow, the two are the same; first by behaviour far ahead, finally by content alone. */
  onlyOnesOfTheirBehaviour(): void {
    for (const classOf of this.#classes.toReversed()) {
      const later = groupBy(this.pairing.freeLater(this.#later.blocks), classOf);
      for (const [number, blocks] of groupBy(this.pairing.freeEarlier(this.#earlier.blocks), classOf)) {
        this.#pairIfOnlyOnes(blocks, later.get(number));
      }
    }
  }

  /** Goes from every pair along equal branches, forwards and backwards, and pairs blocks of equal content. */
  #alongBranches(): void {
    for (const [a, b] of this.pairing.pairs()) {
      for (const { key, to } of a.branches) {
        const same = branchOf(b, key)?.to;
        if (to && to.content === same?.content) this.#pairIfFree(to, same);
      }
      const later = this.#freeBefore(b, 'later');
      for (const [way, blocks] of this.#freeBefore(a, 'earlier')) this.#pairIfOnlyOnes(blocks, later.get(way));
    }
  }

  /** Blocks without a partner that lead to this one, by their content and the branch. */
  #freeBefore(block: Block, side: 'earlier' | 'later'): Map<string, Block[]> {
    const ways = new Map<string, Block[]>();
    for (const { from, branch } of this.#arrivals[side].get(block) ?? []) {
      if (side === 'earlier' ? this.pairing.laterOf(from) : this.pairing.earlierOf(from)) continue;
      const way = `${branch.key} ${from.content}`;
      ways.set(way, [...(ways.get(way) ?? []), from]);
    }
    return ways;
  }

  /**
   * Pairs what lies along equal branches, then the rest by similarity and place. Two blocks become a pair if neither has a
   * better partner left; that makes further branches equal, so it is repeated until nothing new is found.
   */
  alongBranchesAndByLikeness(): void {
    const likeness = likenessOfBlocks();
    const nearness = (a: Block, b: Block): number => {
      if (a.type !== b.type) return 0;
      const [alike, place] = [likeness(a, b), this.#samePlace(a, b)];
      return alike < 0.5 && place < 0.5 ? 0 : alike + place + (a.identifier === b.identifier ? 0.1 : 0);
    };
    for (;;) {
      this.#alongBranches();
      const earlier = this.pairing.freeEarlier(this.#earlier.blocks);
      const later = this.pairing.freeLater(this.#later.blocks);
      if (earlier.length * later.length > MOST_COMPARISONS) return;
      const found = bestPairs(earlier, later, nearness);
      if (found.length === 0) return;
      for (const [a, b] of found) this.pairing.pair(a, b);
    }
  }

  /** How many of the branches from and to two blocks lead to and come from the same: 0 (none) to 1 (all). */
  #samePlace(a: Block, b: Block): number {
    const before = this.#arrivals.earlier.get(a) ?? [];
    const after = this.#arrivals.later.get(b) ?? [];
    const leadTo = a.branches.filter(
      ({ key, to }) => to && this.pairing.laterOf(to) === (branchOf(b, key)?.to ?? null),
    );
    const comeFrom = before.filter(({ from, branch }) => {
      const partner = this.pairing.laterOf(from);
      return partner !== undefined && branchOf(partner, branch.key)?.to === b;
    });
    const bothStart = a === this.#earlier.start && b === this.#later.start ? 1 : 0;
    const all = Math.max(a.branches.length + before.length, b.branches.length + after.length) + bothStart;
    return all === 0 ? 0 : (leadTo.length + comeFrom.length + bothStart) / all;
  }

  #pairIfOnlyOnes([a, another]: Block[], [b, oneMore]: Block[] = []): void {
    if (a && b && !another && !oneMore) this.#pairIfFree(a, b);
  }

  #pairIfFree(a: Block, b: Block): void {
    if (!this.pairing.laterOf(a) && !this.pairing.earlierOf(b)) this.pairing.pair(a, b);
  }
}

const branchOf = (block: Block, key: string): Branch | undefined => block.branches.find((branch) => branch.key === key);

/** The pairs of which neither side is nearer to a third block. Among equals, the first one wins. */
function bestPairs(earlier: Block[], later: Block[], nearness: (a: Block, b: Block) => number): [Block, Block][] {
  const best = new Map<Block, { block: Block; nearness: number }>();
  const offer = (to: Block, block: Block, value: number): void => {
    if (value > (best.get(to)?.nearness ?? 0)) best.set(to, { block, nearness: value });
  };
  for (const a of earlier) {
    for (const b of later) {
      const value = nearness(a, b);
      offer(a, b, value);
      offer(b, a, value);
    }
  }
  return earlier.flatMap((a): [Block, Block][] => {
    const partner = best.get(a)?.block;
    return partner && best.get(partner)?.block === a ? [[a, partner]] : [];
  });
}
