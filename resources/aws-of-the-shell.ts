import { devNull } from 'node:os';

/** Instead of what the AWS SDK finds by itself: the files of ~/.aws, and the credentials of the machine. */
const NOWHERE = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Once is enough: what is set later is meant, such as the end points of the functions in a local stack. */
const forgotten = new WeakSet<NodeJS.ProcessEnv>();

/**
 * Lets this process forget everything its shell says about AWS: profile, credentials, end points, region, retries, and
 * whatever else the SDK reads. Clients made afterwards know only what they are given, or what is put into the environment
 * then. For everything that is not to reach AWS: the local stack, the commands that speak to it, the tests.
 *
 * All variables go rather than those known today, because one that is overlooked sends call records to AWS.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function forgetAwsOfShell(env: NodeJS.ProcessEnv = process.env): void {
  if (forgotten.has(env)) return;
  forgotten.add(env);
  for (const name of Object.keys(env)) {
    // On Windows, letter case makes no difference.
    if (name.toUpperCase().startsWith('AWS_')) delete env[name];
  }
  Object.assign(env, NOWHERE);
}
