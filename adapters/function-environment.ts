import type { PackagedSettings } from '../domain/created-ids.ts';

/** A function's environment, read once, when the module loads. */
interface FunctionEnvironment {
  settings: PackagedSettings;
  /** Name of the parameter with the ids that only the deployed stack knows. */
  idsParameter: string;
  callsTable: string;
  guardsTable: string;
  leasesTable: string;
  waitingRoomTable: string;
  /** Name of the queue that wakes the release function. */
  releaseQueue: string;
  stateMachineName: string;
}

/**
 * Reads the function's environment. The settings were checked when the stage was packaged (settings/), so this only checks that
 * they exist. Throws if a variable is missing: the function must not start half configured.
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): FunctionEnvironment {
  return {
    settings: JSON.parse(required(env, 'STAGE_SETTINGS')) as PackagedSettings,
    idsParameter: required(env, 'IDS_PARAMETER'),
    callsTable: required(env, 'CALLS_TABLE'),
    guardsTable: required(env, 'GUARDS_TABLE'),
    leasesTable: required(env, 'LEASES_TABLE'),
    waitingRoomTable: required(env, 'WAITING_ROOM_TABLE'),
    releaseQueue: required(env, 'RELEASE_QUEUE'),
    stateMachineName: required(env, 'STATE_MACHINE_NAME'),
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '')
    throw new Error(`environment variable ${name} is missing: run the function through the Serverless Framework`);
  return value;
}
