/** A user's mistake: one sentence that says what to do, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly isUsersMistake = true;
}

/** Exit codes of every command. */
export const EXIT = { fine: 0, problems: 1, unusable: 2 } as const;

/**
 * Runs a command and ends the process with its exit code. A user's mistake is printed as one sentence, several as one line
 * each, and anything else with its stack, since it is our own fault.
 *
 * @param explain turns known errors into a sentence for the user
 */
export async function runCommand(
  main: (args: string[]) => Promise<number>,
  explain: (error: unknown) => string | undefined = () => undefined,
): Promise<void> {
  // A reader that has seen enough (`| head -1`) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    const sentence = isUsersMistake(error) ? sentencesOf(error) : explain(error);
    if (sentence === undefined) console.error(error);
    else complain(sentence);
    process.exitCode = sentence === undefined ? EXIT.problems : EXIT.unusable;
  }
}

/** Writes text that may contain parts of anybody's files. */
export function print(text: string): void {
  process.stdout.write(printable(text));
}

/** The same for standard error, with a line break. */
export function complain(sentence: string): void {
  console.error(printable(sentence));
}

/**
 * Text that has no effect on a terminal: whatever would move its cursor, colour it, rename its window or change the direction
 * of writing is written as `\u001b`, which means the same within JSON.
 */
export const printable = (text: string): string =>
  text.replace(/(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, (mark) => {
    return `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** An error can mark itself as a user's mistake with this property, for example one about a file that the command reads. */
const isUsersMistake = (error: unknown): error is Error =>
  isParseArgsError(error) || (error instanceof Error && 'isUsersMistake' in error && error.isUsersMistake === true);

/** node:util's parseArgs already says clearly which option is wrong. */
const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/** The message of an error; one that found several mistakes has them in `sentences`, one line each. */
const sentencesOf = (error: Error): string =>
  ('sentences' in error && Array.isArray(error.sentences) ? error.sentences : [error.message])
    .map((sentence) => String(sentence).replaceAll('\n', ' '))
    .join('\n');

/** The value of an option that accepts a few words. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} is ${value}: expected one of ${allowed.join(', ')}`);
  return found;
}

/** The value of an option that is a whole number within these bounds (inclusive). */
export function wholeNumber(option: string, value: string, from: number, to: number): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isInteger(number) || number < from || number > to) {
    throw new UsageError(`${option} is ${value}: expected a whole number from ${from} to ${to}`);
  }
  return number;
}
