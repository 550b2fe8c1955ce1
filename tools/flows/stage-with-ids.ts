import type { FlowStage } from 'connect-flow-kit';
import { lacksIds } from '../../domain/created-ids.ts';
import { flowStageNamed } from '../../resources/flow-stage.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { connectOf } from '../stage/deployed-stage.ts';
import { onAccount } from '../stage/on-account.ts';

/**
 * A stage of settings/ for the flow commands. If its stack creates the instance or queues, a command that needs the instance
 * reads their ids. Throws `StageSettingsError`.
 */
export function stageWithIds(name: string): FlowStage {
  const stage = flowStageNamed(name);
  const loaded = loadStage(name, Number(process.env.PORT ?? 4545));
  if (!lacksIds(loaded.file)) return stage;
  const { AWS_ENDPOINT_URL_SSM } = loaded.environment;
  return {
    ...stage,
    madeIds: () =>
      onAccount(stage.region, ['ssm:GetParameter'], (account) => connectOf(account, loaded), AWS_ENDPOINT_URL_SSM),
  };
}
