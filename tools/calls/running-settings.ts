import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { PackagedSettings } from '../../domain/created-ids.ts';
import type { ClientOptions } from './client-options.ts';

/** The credentials lack the permission, or an older version without this function is deployed. */
const CANNOT_ASK = ['AccessDeniedException', 'ResourceNotFoundException'];

/**
 * The settings of a deployed function: they are in force there, whatever the stage file of this checkout says. Undefined if
 * they cannot be read.
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
