import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { EXIT, UsageError } from 'connect-flow-kit/command-line';
import type { Invariant, Violation } from '../simulation/invariants.ts';
import { textTable } from '../simulation/simulation-report.ts';
import { patchedCopy, patchedTexts } from './patched-copy.ts';
import { PLANTED_BUGS, type PlantedBug } from './planted-bugs.ts';

/** How the bench detected a planted bug. */
interface Sighting {
  number: number;
  planted: string;
  /** `harmless` is one that another check catches; it is planted again together with a bug in that check. */
  found: 'seen' | 'not seen' | 'harmless' | 'outside the model';
  /** Where it was detected, and by what. */
  seed?: number;
  invariants?: readonly Invariant[];
  /** Why it is harmless or outside. */
  because?: string;
}

interface Runs {
  requests: number;
  /** Tried one by one until one detects the bug. */
  seeds: readonly number[];
}

/** Processes at a time. */
const WORKERS = 2;

/** `npm run bench -- faults --planted` */
export async function benchPlanted(only: number | undefined, runs: Runs, json: boolean): Promise<number> {
  const bugs = PLANTED_BUGS.filter(({ number }) => only === undefined || number === only);
  if (bugs.length === 0) throw new UsageError(`--only is ${only}: there is no such planted bug`);
  // Before minutes have gone by.
  for (const { patches } of bugs) patchedTexts(patches);
  const { brokenAnyway, sightings } = await plant(bugs, runs);
  if (json) process.stdout.write(`${JSON.stringify({ ...runs, brokenAnyway, planted: sightings }, null, 2)}\n`);
  else process.stdout.write(render(brokenAnyway, sightings, runs));
  return sightings.every(({ found }) => found !== 'not seen') ? EXIT.fine : EXIT.problems;
}

/**
 * Plants each bug in a copy of the sources and runs the bench on it. An invariant that breaks without any bug proves nothing.
 *
 * @returns the invariants that break without a bug, and what was detected for each bug, in their order
 */
async function plant(bugs: readonly PlantedBug[], { requests, seeds }: Runs) {
  const place = temporaryPlace();
  try {
    const run = (copy: string, seed: number) => place.bench(copy, seed, requests);
    let original: string | undefined;
    const baseline = new Map<number, Promise<readonly Invariant[]>>();
    function withoutBugs(seed: number): Promise<readonly Invariant[]> {
      const known = baseline.get(seed);
      if (known) return known;
      report(`without a bug, seed ${seed}`);
      original ??= place.copyWith([]);
      const broken = run(original, seed);
      baseline.set(seed, broken);
      return broken;
    }

    const sightings: Sighting[] = [];
    await inTurn(bugs, async function plantOne(bug, index) {
      const { number, planted, patches, heldBy, outside } = bug;
      const sighting = { number, planted };
      if (outside !== undefined) {
        sightings[index] = { ...sighting, found: 'outside the model', because: outside };
        return;
      }
      const copy = place.copyWith(patches);
      sightings[index] = {
        ...sighting,
        ...(heldBy === undefined ? { found: 'not seen' } : { found: 'harmless', because: heldBy }),
      };
      for (const seed of seeds) {
        report(`${number}: ${planted}, seed ${seed}`);
        const seen = await run(copy, seed);
        // Nothing to compare if nothing broke.
        const broken = seen.length === 0 ? [] : await withoutBugs(seed);
        const invariants = seen.filter((name) => !broken.includes(name));
        if (invariants.length === 0) continue;
        sightings[index] = { ...sighting, found: 'seen', seed, invariants };
        break;
      }
      place.remove(copy);
    });
    const brokenAnyway = new Set((await Promise.all(baseline.values())).flat());
    return { brokenAnyway: [...brokenAnyway], sightings };
  } finally {
    place.close();
  }
}

/** Processes a list with this many workers, each taking the next item. */
async function inTurn<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const left = items.entries();
  async function worker(): Promise<void> {
    for (const [index, item] of left) await work(item, index);
  }
  await Promise.all(Array.from({ length: WORKERS }, worker));
}

/** Copies and processes that are removed afterwards, even if the command fails or is interrupted. */
function temporaryPlace() {
  const copies = new Set<string>();
  const children = new Set<ChildProcess>();

  function remove(copy: string): void {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
    copies.delete(copy);
  }
  function clear(): void {
    for (const child of children) child.kill('SIGKILL');
    for (const copy of copies) remove(copy);
  }
  const interrupted = () => process.exit(130);
  process.once('exit', clear).once('SIGINT', interrupted).once('SIGTERM', interrupted);

  return {
    remove,
    copyWith: (patches: PlantedBug['patches']): string => patchedCopy(patches, (copy) => copies.add(copy)),

    /** @returns the invariants that broke. Rejects if the bench did not finish. */
    async bench(copy: string, seed: number, requests: number): Promise<Invariant[]> {
      const options = ['--requests', String(requests), '--seed', String(seed), '--budget', '0', '--json'];
      const child = spawn(process.execPath, ['tools/bench.ts', 'faults', ...options], {
        cwd: copy,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.add(child);
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      children.delete(child);
      if ((code !== EXIT.fine && code !== EXIT.problems) || stdout === '') {
        throw new Error(`the bench of the copy ended with ${code}: ${stderr}`);
      }
      const { seeds } = JSON.parse(stdout) as { seeds: { violations: Violation[] }[] };
      return [...new Set(seeds.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)))];
    },

    close(): void {
      process.off('exit', clear).off('SIGINT', interrupted).off('SIGTERM', interrupted);
      clear();
    },
  };
}

const report = (progress: string): void => console.error(`${progress} …`);

function render(brokenAnyway: readonly Invariant[], sightings: readonly Sighting[], { requests, seeds }: Runs): string {
  const rows = sightings.map(({ number, planted, found, seed, invariants, because }) => [
    String(number),
    planted,
    found === 'seen'
      ? `seed ${seed}: ${invariants?.join(', ')}`
      : because === undefined
        ? found
        : `${found}: ${because}`,
  ]);
  const missed = sightings.filter(({ found }) => found === 'not seen').length;
  return [
    `${requests.toLocaleString('en')} requests, seeds ${seeds.join(', ')}; each bug alone, in a copy of the sources`,
    '',
    textTable(['no.', 'planted', 'seen'], rows),
    ...(brokenAnyway.length > 0 ? [`Broken without any bug, and not counted: ${brokenAnyway.join(', ')}`, ''] : []),
    missed === 0 ? 'Every bug was seen.\n' : `${missed} were NOT SEEN.\n`,
  ].join('\n');
}
