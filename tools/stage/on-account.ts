import { UnusableIds } from '../../domain/created-ids.ts';
import { CallError } from '../../domain/errors.ts';
import { type Account, accountOf } from '../../packages/account/account.ts';
import { whyNothingWorks, whyUnread } from '../../packages/account/account-errors.ts';

/** Something about the account that the user can fix: no credentials, no permission, no network. */
class AccountError extends Error {
  override readonly name = 'AccountError';
  /** Commands show only its message. */
  readonly isUsersMistake = true;
}

/**
 * Runs a command on the account of the shell's credentials. Throws `AccountError`, one sentence, if AWS does not answer.
 *
 * @param permissions actions that the command needs
 * @param endpoint of a substitute for AWS
 */
export async function onAccount<T>(
  region: string,
  permissions: readonly string[],
  work: (account: Account) => Promise<T>,
  endpoint?: string,
): Promise<T> {
  const account = accountOf({ region, ...(endpoint !== undefined && { endpoint }) });
  try {
    return await work(account);
  } catch (error) {
    const why = whyOf(error, permissions, region);
    throw why === undefined ? error : new AccountError(why, { cause: error });
  } finally {
    account.close();
  }
}

function whyOf(error: unknown, permissions: readonly string[], region: string): string | undefined {
  if (error instanceof CallError) {
    // AWS's error from reading the ids of the stack.
    return error.cause instanceof UnusableIds ? error.message : whyOf(error.cause, permissions, region);
  }
  return whyNothingWorks(error, region) ?? sentenceOf(whyUnread(error, permissions, region));
}

/** A list, or why it could not be read. */
export interface Listed<T> {
  items: T[];
  /** A sentence about a list that could not be read. */
  why?: string;
}

/** Reads a list. If the credentials may not read it, or reading fails, it is empty and says why. */
export async function listed<T>(
  { region }: Account,
  what: string,
  permission: string,
  list: Promise<T[]>,
): Promise<Listed<T>> {
  try {
    return { items: await list };
  } catch (error) {
    const why = whyNothingWorks(error, region) ? undefined : sentenceOf(whyUnread(error, [permission], region));
    if (why === undefined) throw error;
    return { items: [], why: `${what} could not be listed: ${why}` };
  }
}

const sentenceOf = (why: ReturnType<typeof whyUnread>): string | undefined =>
  why && `${why.seen}. ${why.nextStep.replace(/\.$/, '')}`;
