import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';

/** Most reads of a parameter in one invocation. */
export const PARAMETER_ATTEMPTS = 4;

/**
 * An account allows 40 such requests per second. Refused or unanswered requests are retried after random pauses: at most 500, 1,000
 * and 2,000 ms if refused. A function has time for that, and its caller retries.
 * @see https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PATIENCE = {
  maxAttempts: PARAMETER_ATTEMPTS,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true },
};

/**
 * Reads the text of parameters of AWS Systems Manager, by name; undefined if there is none (`AWS_ENDPOINT_URL_SSM` is honoured).
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export function parameterStore(client = new SSMClient(PATIENCE)): (name: string) => Promise<string | undefined> {
  return async function readParameter(name) {
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
      return Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  };
}
