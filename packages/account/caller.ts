import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Account } from './account.ts';
import { isAnswerOfAws, whyNothingWorks, whyUnread } from './account-errors.ts';

/** The person at the keyboard can fix it: no credentials, no network, no such region. */
class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly isUsersMistake = true;
}

/**
 * The id of the account that the credentials are of; undefined where AWS does not tell it, such as for its rate. Everybody may
 * ask who has no policy against it, so anyone who asks first learns whether anything works. Throws an error whose message is one
 * sentence for the user where nothing does.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function accountIdOf(account: Account): Promise<string | undefined> {
  try {
    return (await account.sts.send(new GetCallerIdentityCommand())).Account;
  } catch (error) {
    const sentence = whyNothingWorks(error, account.region);
    if (sentence !== undefined) throw new AccountError(sentence, { cause: error });
    if (isAnswerOfAws(error) || whyUnread(error, [], account.region)) return undefined;
    throw error;
  }
}
