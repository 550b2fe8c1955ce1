import type { CaseResult, Mismatch } from './run-scenario.ts';

/** For a case that does not hold: what was expected, what happened instead, and through which branches. Lines of text. */
export function explainFailure(result: CaseResult): string[] {
  const { call, mismatches } = result;
  const branches = branchesOf(result).map(({ block, to, because }) => `  ${block} → ${to}: ${because}`);
  return [
    ...mismatches.flatMap(explainMismatch),
    `the call: ${call.because}`,
    ...(branches.length > 0 ? ['the branches it took:', ...branches] : []),
  ];
}

/** Where the call had a choice, and why it went as it did. */
const branchesOf = ({ call, namesIn }: CaseResult): { block: string; to: string; because: string }[] =>
  call.lines.flatMap((line) => {
    if (line.kind !== 'step' || line.step.kind !== 'go' || line.step.because === undefined) return [];
    const nameOf = namesIn(line.flow);
    return [{ block: nameOf(line.step.block), to: nameOf(line.step.to), because: line.step.because }];
  });

function explainMismatch({ expectation, expected, found }: Mismatch): string[] {
  if (expectation === 'fails') return [`fails: expected ${[expected].flat().join()}, found ${[found].flat().join()}`];
  if (expectation === 'hearsNot') {
    return [`hearsNot: expected none of ${quoted(expected)}, found ${quoted(found)}`];
  }
  if (Array.isArray(expected) && Array.isArray(found)) {
    const lines = diffOfTexts(expected, found).map(({ side, text }) => `  ${MARKS[side]} ${text}`);
    return [`${expectation}: - is expected but not heard, + is heard but not expected`, ...lines];
  }
  return [`${expectation}: expected ${quoted(expected)}, found ${found === '' ? 'nothing' : quoted(found)}`];
}

const quoted = (texts: string | string[]): string =>
  [texts]
    .flat()
    .map((text) => `"${text}"`)
    .join(', ');

const MARKS = { both: ' ', expected: '-', found: '+' } as const;

/** A text that is in both lists, or in only one. */
interface DiffLine {
  side: keyof typeof MARKS;
  text: string;
}

/** Texts that are in both lists in the same order stay together; of the rest, what is expected comes first. */
export function diffOfTexts(expected: readonly string[], found: readonly string[]): DiffLine[] {
  // common[i][j]: how many texts the lists have in common from these positions on.
  const common = Array.from({ length: expected.length + 1 }, () => new Array<number>(found.length + 1).fill(0));
  const inCommon = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = expected.length - 1; i >= 0; i--) {
    for (let j = found.length - 1; j >= 0; j--) {
      const longest =
        expected[i] === found[j] ? inCommon(i + 1, j + 1) + 1 : Math.max(inCommon(i + 1, j), inCommon(i, j + 1));
      common[i]?.splice(j, 1, longest);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < expected.length && j < found.length) {
    if (expected[i] === found[j]) {
      lines.push({ side: 'both', text: expected[i++] ?? '' });
      j++;
    } else if (inCommon(i + 1, j) >= inCommon(i, j + 1)) lines.push({ side: 'expected', text: expected[i++] ?? '' });
    else lines.push({ side: 'found', text: found[j++] ?? '' });
  }
  return [
    ...lines,
    ...expected.slice(i).map((text): DiffLine => ({ side: 'expected', text })),
    ...found.slice(j).map((text): DiffLine => ({ side: 'found', text })),
  ];
}
