import { SSMClient } from '@aws-sdk/client-ssm';
import { parameterStore } from '../../adapters/parameter-store.ts';
import { stageIds } from '../../adapters/stage-ids.ts';
import type { PackagedSettings } from '../../domain/created-ids.ts';
import { CallError } from '../../domain/errors.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import type { ClientOptions } from './client-options.ts';

/**
 * Settings with the ids that the deployed stack stored, as its functions read them. Rejects with the SDK's errors, and with a
 * `CallError` if the ids are unusable.
 */
export async function completeSettings(
  settings: PackagedSettings,
  parameter: string,
  options: ClientOptions,
): Promise<StageSettings> {
  const client = new SSMClient(options);
  try {
    return await stageIds(parameter, parameterStore(client)).complete(settings);
  } catch (error) {
    throw error instanceof CallError && error.name === 'StageIdsUnavailable' ? error.cause : error;
  } finally {
    client.destroy();
  }
}
