import fc from 'fast-check';
import { expect, it } from 'vitest';
import { behaviourClasses } from '../src/diff/behaviour.ts';
import type { Block } from '../src/diff/flow-graph.ts';

/** Small graphs of blocks that are easily mistaken for each other; a branch may lead nowhere. */
const GRAPHS = fc
  .array(
    fc.record({
      content: fc.constantFrom('speaks', 'asks'),
      ordered: fc.boolean(),
      branches: fc.uniqueArray(fc.record({ key: fc.constantFrom('next', 'error', 'one'), to: fc.option(fc.nat(9)) }), {
        selector: ({ key }) => key,
      }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((drafts) => {
    const blocks = drafts.map(({ content, ordered }, index): Block => {
      return { identifier: `${index}`, name: '', type: '', parameters: {}, content, branches: [], ordered };
    });
    for (const [index, { branches }] of drafts.entries()) {
      for (const { key, to } of branches) {
        const on = { kind: 'next' } as const;
        blocks[index]?.branches.push({ key, on, target: '', to: to === null ? undefined : blocks[to % blocks.length] });
      }
    }
    return blocks;
  });

/** What a call meets from a block on, so many steps far. */
function unfolded({ content, ordered, branches }: Block, steps: number): string {
  if (steps === 0) return content;
  const ways = branches.map(({ key, to }) => `${key}(${to === undefined ? '' : unfolded(to, steps - 1)})`);
  return `${content}[${(ordered ? ways : ways.sort()).join()}]`;
}

/** For each block the first one that is like it. */
const sorted = <T>(blocks: readonly Block[], describe: (block: Block) => T): number[] => {
  const descriptions = blocks.map(describe);
  return descriptions.map((one) => descriptions.indexOf(one));
};

it('blocks share a class where a call meets the same from both, so many steps far', () => {
  fc.assert(
    fc.property(GRAPHS, (blocks) => {
      for (const [steps, classOf] of behaviourClasses(blocks).slice(0, 5).entries()) {
        expect(sorted(blocks, classOf)).toEqual(sorted(blocks, (block) => unfolded(block, steps)));
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
});
