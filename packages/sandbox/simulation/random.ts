/**
 * Repeatable randomness. Every draw is a function of the seed, of whom it concerns, of its purpose and of how often
 * that was drawn before: leaving other requests out of a run does not change this one's draws, which is what makes it possible
 * to shrink a failing run.
 */
export interface Luck {
  /** From 0 to 1, excluding 1. */
  draw(purpose: string): number;
  /** True with this probability. Nothing is drawn if it is zero. */
  happens(purpose: string, probability: number): boolean;
  /** Uniform between the two. */
  between(purpose: string, range: readonly [number, number]): number;
  /** Separate random draws for something that belongs to this: one invocation, one contact. */
  branch(name: string): Luck;
  /** An id in the form of a UUID. */
  id(purpose: string): string;
}

/** @param seed every run with the same seed draws the same */
export function luckOf(seed: number): Luck {
  return luck(mix(seed | 0, 0x9e3779b9));
}

function luck(key: number): Luck {
  let counters: Map<string, number> | undefined;

  function hash(purpose: string): number {
    counters ??= new Map();
    const count = counters.get(purpose) ?? 0;
    counters.set(purpose, count + 1);
    return mix(mix(key, hashOf(purpose)), count);
  }

  const draw = (purpose: string): number => hash(purpose) / 0x1_0000_0000;
  return {
    draw,
    happens: (purpose, probability) => probability > 0 && draw(purpose) < probability,
    between: (purpose, [low, high]) => (low === high ? low : low + draw(purpose) * (high - low)),
    branch: (name) => luck(mix(key, hashOf(name))),
    id(purpose) {
      const first = hash(purpose);
      const digits = [first, mix(first, 1), mix(first, 2), mix(first, 3)]
        .map((part) => part.toString(16).padStart(8, '0'))
        .join('');
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}

const hashes = new Map<string, number>();
/** Purposes are few, names are not: beyond this many, nothing more is cached. */
const MAX_HASHES = 50_000;

/** FNV-1a, 0 to 2^32 - 1 */
export function hashOf(text: string): number {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  if (hashes.size < MAX_HASHES) hashes.set(text, hash >>> 0);
  return hash >>> 0;
}

/** Combines two numbers into one that resembles neither, 0 to 2^32 - 1 (the finaliser of MurmurHash3). */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b ^ 0x5bd1e995, 0xcc9e2d51), 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
