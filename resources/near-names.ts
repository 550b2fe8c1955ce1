import { closest, distance } from 'fastest-levenshtein';

/**
 * The end of a sentence about an unknown name: the one that was probably meant.
 *
 * @returns an empty string if no known name is close
 * @example didYouMean('prdo', ['dev', 'prod']) // '; did you mean prod?'
 */
export function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(
    name.toLowerCase(),
    known.map((word) => word.toLowerCase()),
  );
  const changes = distance(name.toLowerCase(), near);
  if (changes > Math.max(2, name.length / 3) || changes >= name.length) return '';
  return `; did you mean ${known.find((word) => word.toLowerCase() === near)}?`;
}
