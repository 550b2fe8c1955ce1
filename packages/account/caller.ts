import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Account } from './account.ts';
import { whyNothingWorks } from './account-errors.ts';

/** The person at the keyboard can mend it: no credentials, no network, no such region. */
class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly isUsersMistake = true;
}

/**
 * The id of the account that the credentials are of. Everybody may ask, so whoever asks first learns whether anything works.
 * Throws an error whose message is one sentence for the user.
 */
export async function accountIdOf(account: Account): Promise<string> {
  try {
    const { Account: id = '' } = await account.sts.send(new GetCallerIdentityCommand());
    return id;
  } catch (error) {
    const sentence = whyNothingWorks(error, account.region);
    throw sentence === undefined ? error : new AccountError(sentence, { cause: error });
  }
}
