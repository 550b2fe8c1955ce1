/** Lines that one round may have. */
const LONGEST_ROUND = 24;

/** From this many rounds on, they are counted instead of written. */
const FEWEST_ROUNDS = 3;

/**
 * Folds lines that repeat, such as those of a customer who waits: the first round is kept, and one line
 * says how many there are. Rounds may differ in numbers (times, counters), but not in spoken ones.
 *
 * @param indent before that line
 */
export function foldRounds(lines: readonly string[], indent = ''): string[] {
  const alike = lines.map(withoutNumbers);
  const isRound = (from: number, size: number, round: number): boolean => {
    const at = from + round * size;
    if (at + size > alike.length) return false;
    for (let offset = 0; offset < size; offset += 1) if (alike[at + offset] !== alike[from + offset]) return false;
    return true;
  };
  const folded: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const size = sizeOfRound(at);
    let rounds = 1;
    while (size !== undefined && isRound(at, size, rounds)) rounds += 1;
    folded.push(...lines.slice(at, at + (size ?? 1)));
    if (size !== undefined) {
      folded.push(`${indent}… and so on: ${size === 1 ? 'this line' : `these ${size} lines`} × ${rounds}`);
    }
    at += (size ?? 1) * rounds;
  }
  return folded;

  function sizeOfRound(from: number): number | undefined {
    for (let size = 1; size <= LONGEST_ROUND; size += 1) {
      let rounds = 1;
      while (rounds < FEWEST_ROUNDS && isRound(from, size, rounds)) rounds += 1;
      if (rounds === FEWEST_ROUNDS) return size;
    }
    return undefined;
  }
}

/** Spoken texts are in 「」. The space before a number grows and shrinks with it. */
const withoutNumbers = (line: string): string =>
  line.replace(/「[^」]*」|\s*\d+(?:\.\d+)?/g, (part) => (part.startsWith('「') ? part : ' 0'));
