import { join } from 'node:path';
import type { StageFile, WrittenStageFile } from '../domain/stage-file.ts';
import { settingsOf } from '../domain/stage-settings.ts';
import { type AvailabilityFunction, availabilityFunction } from './availability-function.ts';
import { type CallerFunction, callerFunction } from './caller-function.ts';
import { type CallsTableIndexes, callsTableIndexes } from './calls-table-indexes.ts';
import { checkStage } from './check-stage.ts';
import { closedDaysOf } from './closed-days-of-stage.ts';
import { contactEvents, contactInstance } from './contact-event-rule.ts';
import { exampleValues } from './example-values.ts';
import { type KarteReportFunction, karteReportFunction } from './karte-report-function.ts';
import { clashesWithOthers } from './other-stages.ts';
import { readStage } from './read-stage.ts';
import { StageSettingsError } from './stage-settings-error.ts';
import { stateMachineOfStage } from './state-machine-of-stage.ts';

/** A stage's settings, for serverless.yml and the local stack. */
export interface LoadedStage {
  file: StageFile;
  /** Environment of every function: plain strings, because `sls invoke local` cannot resolve references. */
  environment: Record<string, string>;
  /** The rule's target; with `intake: sns` the guide's SNS topic replaces it. */
  ruleStartsStateMachine: boolean;
  /** Alternatives of the rule for contact events. */
  contactEvents: ReturnType<typeof contactEvents>;
  /** Closed days of the hours of operation that the stack creates. */
  closedDays: ReturnType<typeof closedDaysOf>;
  /** The instance of that rule. */
  contactInstance: ReturnType<typeof contactInstance>;
  /** The function of availability.json for serverless.yml; null if the stage has none. */
  availabilityFunction: AvailabilityFunction | null;
  /** Likewise the function that recognises callers. */
  callerFunction: CallerFunction | null;
  callsTable: CallsTableIndexes;
  stateMachine: ReturnType<typeof stateMachineOfStage>;
  /** Likewise the function that reports to KARTE. */
  karteReportFunction: KarteReportFunction | null;
}

/** Settings that override those of a stage file: objects are merged, everything else is replaced. */
export type StageOverrides = PartOf<WrittenStageFile>;

type PartOf<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: PartOf<T[K]> } : T;

export { checkStage, StageSettingsError };

export const SERVICE = 'karte-connect-call';
const PROJECT = join(import.meta.dirname, '..');

/** Lambda's limit for all variables of a function, minus room for what the framework adds. */
const MAX_ENVIRONMENT_BYTES = 3_800;

/** Folder of the stage files. */
export const SETTINGS = join(PROJECT, 'settings');

/**
 * Reads and checks settings/<stage>.yml. Throws `StageSettingsError` with one sentence per mistake.
 *
 * @param stage name of the stage
 * @param localPort port of the local stack, for the stage `local`
 * @param folder of the stage files
 * @param overrides applied to the file before it is checked
 */
export function loadStage(stage: string, localPort = 4545, folder = SETTINGS, overrides?: StageOverrides): LoadedStage {
  const content = readStage(stage, folder);
  const file = checkStage(overrides ? merge(content, overrides) : content, stage);
  const environment = environmentOf(stage, file, localPort);
  return {
    file,
    environment,
    ruleStartsStateMachine: file.karte.intake === 'eventbridge',
    contactEvents: contactEvents(file),
    contactInstance: contactInstance(file),
    closedDays: closedDaysOf(file),
    availabilityFunction: availabilityFunction(file),
    callerFunction: callerFunction(file),
    callsTable: callsTableIndexes(file),
    stateMachine: stateMachineOfStage(file),
    karteReportFunction: karteReportFunction(file),
  };
}

/**
 * Everything that prevents a stage from being deployed, a sentence each: mistakes in its file, example values that AWS would refuse
 * halfway, and conflicts with another stage. If empty, it can be deployed.
 *
 * @param folder of the stage files
 */
export function stageMistakes(stage: string, folder = SETTINGS): string[] {
  if (stage === 'local') return ['the stage "local" only exists on this machine: deploy another stage'];
  return [
    ...sentencesOf(() => loadStage(stage, undefined, folder)),
    ...sentencesOf(() => assertNoExamples(readStage(stage, folder), stage)),
    ...sentencesOf(() => assertAlone(stage, folder)),
  ].filter((sentence, index, all) => all.indexOf(sentence) === index);
}

function assertNoExamples(content: unknown, stage: string): void {
  const sentences = exampleValues(content).map(
    ({ path, found, own }) => `settings/${stage}.yml: ${path}: found the example "${found}", expected ${own}.`,
  );
  if (sentences.length > 0) throw new StageSettingsError(sentences);
}

function assertAlone(stage: string, folder: string): void {
  const sentences = clashesWithOthers(checkStage(readStage(stage, folder), stage), stage, folder);
  if (sentences.length > 0) throw new StageSettingsError(sentences);
}

function sentencesOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof StageSettingsError) return error.sentences;
    throw error;
  }
}

function merge(base: unknown, over: unknown): unknown {
  if (!isGroup(base) || !isGroup(over)) return over;
  const merged = Object.entries(over).map(([key, value]) => [key, key in base ? merge(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(merged) };
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function environmentOf(stage: string, file: StageFile, localPort: number): Record<string, string> {
  const environment = {
    STAGE_SETTINGS: JSON.stringify(settingsOf(file, stage === 'local')),
    CALLS_TABLE: `${SERVICE}-${stage}-calls`,
    GUARDS_TABLE: `${SERVICE}-${stage}-guards`,
    LEASES_TABLE: `${SERVICE}-${stage}-leases`,
    WAITING_ROOM_TABLE: `${SERVICE}-${stage}-waiting-room`,
    RELEASE_QUEUE: `${SERVICE}-${stage}-release`,
    IDS_PARAMETER: `/${SERVICE}/${stage}/ids`,
    STATE_MACHINE_NAME: `${SERVICE}-${stage}-call-request`,
    POWERTOOLS_SERVICE_NAME: SERVICE,
    POWERTOOLS_METRICS_NAMESPACE: `${SERVICE}-${stage}`,
    ...(stage === 'local' && localEnvironment(file.region, localPort)),
  };
  const bytes = Object.entries(environment).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw new StageSettingsError([
      `settings/${stage}.yml is too long: its settings take ${bytes} bytes of a function's environment, ` +
        `expected at most ${MAX_ENVIRONMENT_BYTES}; shorten routing.rules or request.excludedFields.`,
    ]);
  }
  return environment;
}

/** Makes the unchanged AWS SDK talk to the local stack. */
function localEnvironment(region: string, port: number): Record<string, string> {
  const base = `http://127.0.0.1:${port}/aws`;
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_CONNECT: `${base}/connect`,
    AWS_ENDPOINT_URL_DYNAMODB: `${base}/dynamodb`,
    AWS_ENDPOINT_URL_SFN: `${base}/states`,
    AWS_ENDPOINT_URL_SQS: `${base}/sqs`,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `${base}/secretsmanager`,
    AWS_ENDPOINT_URL_SSM: `${base}/ssm`,
  };
}
