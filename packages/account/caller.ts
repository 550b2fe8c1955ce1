import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Account } from './account.ts';
import { isAnswerOfAws, whyNothingWorks, whyUnread } from './account-errors.ts';

/** Something that the user can fix: no credentials, no network, no such region. */
class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly isUsersMistake = true;
}

/**
 * The account id of the credentials; undefined if AWS does not return it, for example when throttling. The request needs no
 * permission, so it is a good first test whether anything works. If nothing does, throws an error whose message is one sentence
 * for the user.
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
