/** Words of a camel-case name, in lower case: `LambdaFunctionARN` → lambda, function, arn. */
export const wordsOf = (name: string): string[] =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());

/**
 * Is the name another one misspelt: in different case, or with up to two letters wrong in a word (one in a short word)?
 * A word more, less or entirely different is not a misspelling, since it may well be another name.
 */
export function isMisspelt(name: string, other: string): boolean {
  if (name === other) return false;
  if (Math.abs(name.length - other.length) > 2) return false;
  const [one, two] = [name.toLowerCase(), other.toLowerCase()];
  if (one === two) return true;
  const [words, meant] = [wordsOf(name), wordsOf(other)];
  if (words.length !== meant.length) return false;
  const slips = words.map((word, index) => distance(word, meant[index] ?? ''));
  return (
    slips.every((slip, index) => slip <= slipsIn(meant[index] ?? '', words[index] ?? '')) &&
    slips.reduce((sum, slip) => sum + slip, 0) <= (two.length < 10 ? 1 : 2)
  );
}

/** A misspelt word begins correctly, or has no other mistake. */
const slipsIn = (meant: string, word: string): number => (meant.length < 6 || meant[0] !== word[0] ? 1 : 2);

/** How many letters have to be inserted, deleted, changed or swapped with the next to turn one text into the other. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, wanted] of [...other].entries()) {
      const changed = (row[at] ?? 0) + (letter === wanted ? 0 : 1);
      const isSwapped = index > 0 && at > 0 && letter === other[at - 1] && wanted === one[index - 1];
      const swapped = isSwapped ? (before[at - 1] ?? 0) + 1 : changed;
      next.push(Math.min(changed, swapped, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}
