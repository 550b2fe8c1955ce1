import { UsageError } from 'connect-flow-kit/command-line';
import { parameterStore } from '../../adapters/parameter-store.ts';
import { type IdStore, stageIds } from '../../adapters/stage-ids.ts';
import { lacksIds } from '../../domain/created-ids.ts';
import { type StageSettings, settingsOf } from '../../domain/stage-settings.ts';
import type { Account } from '../../packages/account/account.ts';
import { type LoadedStage, loadStage } from '../../resources/load-stage.ts';

/** A stage of settings/ that may be deployed to AWS. Throws `UsageError` for the local one. */
export function stageOfAws(name: string): LoadedStage {
  if (name === 'local')
    throw new UsageError('the stage "local" only exists on this machine: name one that is deployed to AWS');
  return loadStage(name);
}

/** The outputs of a stage's stack, read with the credentials of the command. */
export const idsOfStack = ({ ssm }: Account, { environment }: LoadedStage): IdStore =>
  stageIds(environment.IDS_PARAMETER ?? '', parameterStore(ssm));

/** Instance and queues of a stage by their ids; the stack is asked only if it creates one of them. */
export async function connectOf(account: Account, stage: LoadedStage): Promise<StageSettings['connect']> {
  const settings = settingsOf(stage.file, false);
  if (!lacksIds(settings)) return settings.connect;
  const { connect } = await idsOfStack(account, stage).complete(settings);
  return connect;
}
