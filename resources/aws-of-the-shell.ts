import { devNull } from 'node:os';

/** Keeps the AWS SDK from reading the files in ~/.aws and the credentials of the machine. */
const NOWHERE = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Only once: what is set later is intended, such as the endpoints for the functions in a local stack. */
const forgotten = new WeakSet<NodeJS.ProcessEnv>();

/**
 * Removes all AWS settings of the shell from this process: profile, credentials, endpoints, region, retries, and whatever else
 * the SDK reads. Clients created afterwards only know what they are given or what is put into the environment later. For
 * everything that must not reach AWS: the local stack, the commands that talk to it, the tests.
 *
 * All variables go, not just those known today, because an overlooked one would send call records to AWS.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function forgetAwsOfShell(env: NodeJS.ProcessEnv = process.env): void {
  if (forgotten.has(env)) return;
  forgotten.add(env);
  for (const name of Object.keys(env)) {
    // On Windows, names are case-insensitive.
    if (name.toUpperCase().startsWith('AWS_')) delete env[name];
  }
  Object.assign(env, NOWHERE);
}
