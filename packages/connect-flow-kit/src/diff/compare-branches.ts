import type { BlockReference, BranchChange } from './difference.ts';
import type { Block, Branch } from './flow-graph.ts';
import type { Pairing } from './pairing.ts';
import { referenceTo, targetOf } from './reference.ts';

/** How the branches of one block have changed. */
export function compareBranches(before: Block, after: Block, pairing: Pairing): BranchChange[] {
  const kept = before.branches.flatMap((branch) => {
    const now = after.branches.find(({ key }) => key === branch.key);
    return now ? [{ branch, now }] : [];
  });
  const gone = before.branches.filter(({ key }) => !after.branches.some((branch) => branch.key === key));
  const fresh = after.branches.filter(({ key }) => !before.branches.some((branch) => branch.key === key));

  const changes: BranchChange[] = kept
    .filter(({ branch, now }) => !leadToTheSame(branch, now, pairing) && !onlyBlocksBetween(branch.to, now.to, pairing))
    .map(({ branch, now }) => ({
      kind: 'rerouted',
      on: now.on,
      before: laterName(branch, pairing),
      after: targetOf(now),
    }));
  for (const branch of gone) {
    const other = fresh.findIndex((now) => isSameButCondition(branch, now) && leadToTheSame(branch, now, pairing));
    const [now] = other === -1 ? [] : fresh.splice(other, 1);
    changes.push(
      now
        ? { kind: 'condition', before: branch.on, after: now.on, to: targetOf(now) }
        : { kind: 'removed', on: branch.on, before: laterName(branch, pairing) },
    );
  }
  changes.push(...fresh.map(({ on, ...now }): BranchChange => ({ kind: 'added', on, after: targetOf(now) })));
  return [...changes, ...compareOrder(before, after)];
}

const isSameButCondition = (a: Branch, b: Branch): boolean => a.on.kind === 'condition' && b.on.kind === 'condition';

function leadToTheSame(a: Branch, b: Branch, pairing: Pairing): boolean {
  if (a.to === undefined || b.to === undefined) return a.to === b.to && a.target === b.target;
  return pairing.laterOf(a.to) === b.to;
}

/**
 * True if there are only added, removed or replaced blocks between where a branch led and where it leads: a
 * prompt inserted in between does not redirect the branch.
 */
export function onlyBlocksBetween(led: Block | undefined, leads: Block | undefined, pairing: Pairing): boolean {
  if (led === undefined || leads === undefined) return false;
  const removed = pairing.laterOf(led) === undefined;
  const added = pairing.earlierOf(leads) === undefined;
  if (removed && added) return true;
  const were = firstWithPartner(led, (block) => pairing.laterOf(block));
  const are = firstWithPartner(leads, (block) => (pairing.earlierOf(block) ? block : undefined));
  return [...were].some((block) => are.has(block));
}

/** The partners of the first blocks that have one, on every path except those of failures. */
function firstWithPartner(from: Block, partnerOf: (block: Block) => Block | undefined): Set<Block> {
  const found = new Set<Block>();
  const seen = new Set([from]);
  for (const block of seen) {
    const partner = partnerOf(block);
    if (partner) found.add(partner);
    else for (const { on, to } of block.branches) if (to && !isFailure(on)) seen.add(to);
  }
  return found;
}

const isFailure = (on: Branch['on']): boolean => on.kind === 'error' && on.errorType !== 'NoMatchingCondition';

/** Only if the order matters: of several different `Equals`, at most one matches. */
function compareOrder(before: Block, after: Block): BranchChange[] {
  if (!before.ordered && !after.ordered) return [];
  const order = (block: Block, other: Block) =>
    block.branches.filter(({ key, on }) => on.kind === 'condition' && other.branches.some((same) => same.key === key));
  const [was, is] = [order(before, after), order(after, before)];
  if (was.every(({ key }, index) => key === is[index]?.key)) return [];
  return [{ kind: 'order', before: was.map(({ on }) => on), after: is.map(({ on }) => on) }];
}

/** Where a branch led, by the block's current name. */
function laterName(branch: Branch, pairing: Pairing): BlockReference {
  const later = branch.to && pairing.laterOf(branch.to);
  return later ? referenceTo(later) : targetOf(branch);
}
