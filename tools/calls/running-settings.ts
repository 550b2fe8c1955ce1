import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { PackagedSettings } from '../../domain/created-ids.ts';
import type { ClientOptions } from './client-options.ts';

/** The credentials may not ask, or there is no such function: a stage that runs an older version. */
const CANNOT_ASK = ['AccessDeniedException', 'ResourceNotFoundException'];

/**
 * What a deployed function was told of its stage: what counts there, whatever the stage file of this checkout says.
 * Undefined where that cannot be asked.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export async function runningSettings(
  FunctionName: string,
  options: ClientOptions,
): Promise<PackagedSettings | undefined> {
  const client = new LambdaClient(options);
  try {
    const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const settings = Environment?.Variables?.STAGE_SETTINGS;
    return settings === undefined ? undefined : (JSON.parse(settings) as PackagedSettings);
  } catch (error) {
    if (error instanceof Error && CANNOT_ASK.includes(error.name)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
