import { groupBy } from '../group-by.ts';
import type { Block } from './flow-graph.ts';

/** The number of a block's class. Blocks of one class do the same for this many steps. */
export type ClassOf = (block: Block) => number | undefined;

/**
 * Sorts blocks by what a call meets from there on, whatever the blocks are called: `[0]` by what they do themselves, `[1]`
 * by that and where their branches lead, and so on until no further step distinguishes any two. Blocks that share a class
 * in the last entry behave the same forever.
 *
 * A flow of many blocks in a row takes as many rounds. So a round only looks at classes with a block that leads to one whose
 * class changed in the previous round.
 */
export function behaviourClasses(blocks: readonly Block[]): ClassOf[] {
  const nodes = nodesOf(blocks);
  const members: Node[][] = [];
  for (const same of groupBy(nodes, ({ content }) => content).values()) moveToNewClass(same, members);

  const rounds = [classesOf(nodes)];
  // Blocks that can now be distinguished from others of their class.
  let touched: readonly Node[] = nodes;
  for (;;) {
    const classes = new Set(touched.map(({ class: number }) => number));
    // All of them first: a round sees the classes of the previous round.
    const groups = [...classes].map((number) => [...groupBy(members[number] ?? [], waysOf).values()]);
    const moved = groups.flatMap(([staying = [], ...leaving]) => {
      const [first] = staying;
      if (first !== undefined) members[first.class] = staying;
      for (const group of leaving) moveToNewClass(group, members);
      return leaving.flat();
    });
    if (moved.length === 0) break;
    rounds.push(classesOf(nodes));
    touched = moved.flatMap(({ leadHere }) => leadHere);
  }
  const places = new Map(blocks.map((block, place) => [block, place]));
  return rounds.map((round) => (block) => {
    const place = places.get(block);
    return place === undefined ? undefined : round[place];
  });
}

const classesOf = (nodes: readonly Node[]): number[] => nodes.map(({ class: number }) => number);

/** A block on its way through the rounds. */
interface Node {
  content: string;
  class: number;
  ordered: boolean;
  branches: { key: string; to: Node | undefined }[];
  leadHere: Node[];
}

function nodesOf(blocks: readonly Block[]): Node[] {
  const nodes = new Map(
    blocks.map((block): [Block, Node] => {
      const { content, ordered } = block;
      return [block, { content, class: 0, ordered, branches: [], leadHere: [] }];
    }),
  );
  for (const [block, node] of nodes) {
    for (const { key, to: target } of block.branches) {
      const to = target && nodes.get(target);
      node.branches.push({ key, to });
      to?.leadHere.push(node);
    }
  }
  return [...nodes.values()];
}

function waysOf({ branches, ordered }: Node): string {
  const ways = branches.map(({ key, to }) => `${key}→${to?.class ?? 'nowhere'}`);
  return (ordered ? ways : ways.sort()).join(' ');
}

function moveToNewClass(nodes: Node[], members: Node[][]): void {
  for (const node of nodes) node.class = members.length;
  members.push(nodes);
}
