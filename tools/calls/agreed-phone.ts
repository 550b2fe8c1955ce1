import { UsageError } from 'connect-flow-kit/command-line';
import { refusalOfExample } from '../../domain/example-number.ts';
import { normalisePhone, type PhoneRules } from '../../domain/phone-number.ts';

/**
 * The number given with a flag, in E.164. Throws `UsageError` for one that the stage does not call, and for the number of the
 * examples unless phones are simulated.
 *
 * @param flag such as `--ring`
 */
export function phoneToRing(
  flag: string,
  written: string,
  { request, isLocal }: { request: PhoneRules; isLocal: boolean },
): string {
  const number = normalisePhone(written, request);
  if (!number.ok) {
    throw new UsageError(
      `${flag}: this stage does not call this number (${number.reason}): use the number of your own phone`,
    );
  }
  if (refusalOfExample(number.e164, isLocal ? { isLocal } : {})) {
    throw new UsageError(
      `${flag}: this is the number of the examples, which may belong to somebody: use the number of your own phone`,
    );
  }
  return number.e164;
}

/** Requires `--yes` or a terminal to ask in. Throws `UsageError` otherwise. */
export function mustBeAskable(flag: string, isAgreed: boolean): void {
  if (isAgreed || process.stdin.isTTY) return;
  throw new UsageError(`${flag} asks before it calls, and there is no terminal to ask in: add --yes to confirm`);
}

/** Asks before a phone rings; Ctrl+C means no. */
export async function agreesToRing(message: string): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  // Standard output is for the command's results.
  const terminal = { input: process.stdin, output: process.stderr };
  return confirm({ message, default: false }, terminal).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ExitPromptError') return false;
    throw error;
  });
}
