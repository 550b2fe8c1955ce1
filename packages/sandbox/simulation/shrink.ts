import { type FaultKind, NO_FAULTS, type Scenario } from './scenario.ts';

/** Runs a scenario and checks for what is searched for. */
type Fails = (scenario: Scenario) => Promise<boolean>;

interface Shrunk {
  scenario: Scenario;
  /** How often a scenario was run. */
  runs: number;
}

/** Something in a scenario that can be removed piece by piece. */
interface Part {
  size(scenario: Scenario): number;
  /** The scenario with only those pieces whose index is wanted. */
  only(scenario: Scenario, wanted: (index: number) => boolean): Scenario;
}

const list = (name: 'arrivals' | 'inbound' | 'agents' | 'actions'): Part => ({
  size: (scenario) => scenario[name].length,
  only: (scenario, wanted) => ({ ...scenario, [name]: scenario[name].filter((_, index) => wanted(index)) }),
});

const faultKinds: Part = {
  size: (scenario) => faultsIn(scenario).length,
  only: (scenario, wanted) => {
    const gone = faultsIn(scenario).filter((_, index) => !wanted(index));
    return {
      ...scenario,
      faults: { ...scenario.faults, ...Object.fromEntries(gone.map((fault) => [fault, NO_FAULTS[fault]])) },
    };
  },
};

/** Requests first, because every later run is quicker with fewer of them; once more when everything else is gone. */
const PARTS: readonly Part[] = [
  list('arrivals'),
  faultKinds,
  list('inbound'),
  list('actions'),
  list('agents'),
  list('arrivals'),
];

/**
 * Looks for a small scenario that still fails: fewer requests, kinds of fault, inbound calls, actions and agents. Since
 * randomness is drawn for each request separately, those that are left behave as before as far as the others do not matter
 * to them.
 *
 * @param scenario one that fails
 * @param budget maximum number of runs; the smallest scenario found by then is returned
 */
export async function shrink(scenario: Scenario, fails: Fails, budget: number): Promise<Shrunk> {
  let smallest = scenario;
  let runs = 0;

  async function tryOut(smaller: Scenario): Promise<boolean> {
    if (runs >= budget) return false;
    runs += 1;
    if (!(await fails(smaller))) return false;
    smallest = smaller;
    return true;
  }

  for (const part of PARTS) await without(part, tryOut, () => smallest);
  return { scenario: smallest, runs };
}

/** The kinds of fault that can happen in a scenario. */
export function faultsIn({ faults }: Scenario): FaultKind[] {
  return (Object.keys(NO_FAULTS) as (keyof Scenario['faults'])[]).filter(
    (fault): fault is FaultKind => !Array.isArray(faults[fault]) && Number(faults[fault]) > 0,
  );
}

/**
 * Removes ever smaller pieces of a part, as long as what is left still fails (ddmin). Often the whole part is unnecessary:
 * that is tried first.
 * @see https://doi.org/10.1109/32.988498
 */
async function without(
  part: Part,
  tryOut: (smaller: Scenario) => Promise<boolean>,
  smallest: () => Scenario,
): Promise<void> {
  if (part.size(smallest()) === 0 || (await tryOut(part.only(smallest(), () => false)))) return;
  let pieces = 2;
  while (part.size(smallest()) > 1) {
    const all = part.size(smallest());
    const length = Math.ceil(all / pieces);
    let found = false;
    for (let from = 0; from < all && !found; from += length) {
      const isInside = (index: number) => index >= from && index < from + length;
      // The piece alone is much smaller than everything except the piece: try it first.
      if (length < all - length && (await tryOut(part.only(smallest(), isInside)))) {
        pieces = 2;
        found = true;
      } else if (await tryOut(part.only(smallest(), (index) => !isInside(index)))) {
        pieces = Math.max(2, pieces - 1);
        found = true;
      }
    }
    if (found) continue;
    if (length === 1) return;
    pieces = Math.min(all, pieces * 2);
  }
}
