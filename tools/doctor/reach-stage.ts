import { UsageError } from 'connect-flow-kit/command-line';
import { type Account, accountOf } from '../../packages/account/account.ts';
import { accountIdOf } from '../../packages/account/caller.ts';
import type { CheckedStage } from '../../packages/account/check.ts';
import { forgetAwsOfShell } from '../../resources/aws-of-the-shell.ts';
import { loadStage } from '../../resources/load-stage.ts';

/** A stage and its account. */
interface Reached {
  account: Account;
  stage: CheckedStage;
}

/**
 * Connects to a stage with the credentials of the shell, or to the local stack. If nothing answers, throws an error whose
 * message is one sentence for the user.
 *
 * @param port of the local stack
 */
export async function reachStage(name: string, port: number): Promise<Reached> {
  if (name === 'local') return localStack(port);
  const stage = { name, ...loadStage(name) };
  const account = accountOf({ region: stage.file.region });
  // The first question of all: do the credentials work?
  await accountIdOf(account);
  return { account, stage };
}

/** `npm start` reports its own settings, as its flags may override settings/local.yml. */
async function localStack(port: number): Promise<Reached> {
  const url = `http://127.0.0.1:${port}`;
  const stage = await toldStage(`${url}/aws/account/stage`, url);
  forgetAwsOfShell();
  return { stage, account: accountOf({ region: stage.file.region, endpoint: `${url}/aws/account` }) };
}

async function toldStage(address: string, url: string): Promise<CheckedStage> {
  const answer = await fetch(address).catch(() => {
    throw new UsageError(`nothing listens at ${url}: start the local stack with npm start, or set PORT to its port`);
  });
  if (!answer.ok) throw new UsageError(`what listens at ${url} is not the local stack: set PORT to its port`);
  return (await answer.json()) as CheckedStage;
}
