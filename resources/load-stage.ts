import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import type * as z from 'zod';
import { StageFile, type WrittenStageFile } from '../domain/stage-file.ts';
import { settingsOf } from '../domain/stage-settings.ts';
import { type AvailabilityFunction, availabilityFunction } from './availability-function.ts';
import { type CallerFunction, callerFunction } from './caller-function.ts';
import { type CallsTableIndexes, callsTableIndexes } from './calls-table-indexes.ts';
import { contactEvents } from './contact-event-rule.ts';
import { type KarteReportFunction, karteReportFunction } from './karte-report-function.ts';
import { contradictions } from './stage-contradictions.ts';
import { fieldsExpected } from './stage-groups.ts';
import { stateMachineOfStage } from './state-machine-of-stage.ts';

/** A stage's settings as serverless.yml and the local stack use them. */
export interface LoadedStage {
  file: StageFile;
  /** Environment of every function: plain strings, because `sls invoke local` cannot resolve references. */
  environment: Record<string, string>;
  /** The rule's target; the guide's SNS topic takes its place with `intake: sns`. */
  ruleStartsStateMachine: boolean;
  /** Alternatives of the rule for contact events. */
  contactEvents: ReturnType<typeof contactEvents>;
  /** The function of availability.json as serverless.yml takes it; null in a stage without. */
  availabilityFunction: AvailabilityFunction | null;
  /** The function that recognises callers, likewise. */
  callerFunction: CallerFunction | null;
  callsTable: CallsTableIndexes;
  stateMachine: ReturnType<typeof stateMachineOfStage>;
  /** The function that reports to KARTE as serverless.yml takes it; null in a stage without. */
  karteReportFunction: KarteReportFunction | null;
}

/** Settings that take the place of those of a stage file: objects are merged, everything else is replaced. */
export type StageOverrides = PartOf<WrittenStageFile>;

type PartOf<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: PartOf<T[K]> } : T;

/** A mistake in a stage's settings. The message is for the person who wrote the file. */
export class StageSettingsError extends Error {
  override readonly name = 'StageSettingsError';
  /** Commands show its message alone. */
  readonly isUsersMistake = true;
}

export const SERVICE = 'karte-connect-call';
const PROJECT = join(import.meta.dirname, '..');

/** Lambda's limit for all variables of a function; some is left for what the framework adds. */
const MAX_ENVIRONMENT_BYTES = 3_800;

/**
 * Reads and checks settings/<stage>.yml. Throws `StageSettingsError` with one sentence per mistake.
 *
 * @param stage name of the stage
 * @param localPort port of the local stack, for the stage `local`
 * @param folder where the stage files lie
 * @param overrides laid over the file before it is checked
 */
export function loadStage(
  stage: string,
  localPort = 4545,
  folder = join(PROJECT, 'settings'),
  overrides?: StageOverrides,
): LoadedStage {
  const path = join(folder, `${stage}.yml`);
  const canBeStage = /^[a-z][a-z0-9-]{0,19}$/.test(stage);
  if (!canBeStage || !existsSync(path)) {
    const known = readdirSync(folder)
      .filter((name) => name.endsWith('.yml'))
      .map((name) => name.slice(0, -'.yml'.length));
    const another = canBeStage ? `, or a new file settings/${stage}.yml` : '';
    throw new StageSettingsError(`there is no stage "${stage}": expected one of ${known.join(', ')}${another}`);
  }
  const file = checkStage(overrides ? merge(readYaml(path, stage), overrides) : readYaml(path, stage), stage);
  const flow = join(PROJECT, 'contact-flows', `${file.connect.contactFlow}.json`);
  if (!existsSync(flow)) {
    throw new StageSettingsError(
      sentence(stage, 'connect.contactFlow', file.connect.contactFlow, 'the name of a file in contact-flows/'),
    );
  }
  const environment = environmentOf(stage, file, localPort);
  return {
    file,
    environment,
    ruleStartsStateMachine: file.karte.intake === 'eventbridge',
    contactEvents: contactEvents(file),
    availabilityFunction: availabilityFunction(file),
    callerFunction: callerFunction(file),
    callsTable: callsTableIndexes(file),
    stateMachine: stateMachineOfStage(file),
    karteReportFunction: karteReportFunction(file),
  };
}

/** Stops a deployment of example values before it fails half-way in AWS. */
export function assertDeployable(stage: string, { file }: LoadedStage): void {
  if (stage === 'local')
    throw new StageSettingsError('the stage "local" is for this machine only: deploy another stage');
  const fake = Object.entries({ 'connect.instanceId': file.connect.instanceId, ...prefixed(file.connect.queues) }).find(
    ([, id]) => id.startsWith('00000000-0000-'),
  );
  if (fake) {
    throw new StageSettingsError(sentence(stage, fake[0], fake[1], 'the id of your own; this is the example value'));
  }
}

const prefixed = (queues: Record<string, string>) =>
  Object.fromEntries(Object.entries(queues).map(([name, id]) => [`connect.queues.${name}`, id]));

function readYaml(path: string, stage: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new StageSettingsError(`settings/${stage}.yml is not YAML: ${error.message.split('\n')[0]}`, {
      cause: error,
    });
  }
}

function merge(base: unknown, over: unknown): unknown {
  if (!isGroup(base) || !isGroup(over)) return over;
  const merged = Object.entries(over).map(([key, value]) => [key, key in base ? merge(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(merged) };
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the content of a stage file: each field by itself, then those that contradict each other. */
export function checkStage(content: unknown, stage: string): StageFile {
  // Compiled checks pay where a form is checked often.
  const result = StageFile.safeParse(content, { jitless: true });
  const sentences = result.success
    ? contradictions(result.data, stage).map(({ path, found, expected }) =>
        sentence(stage, path.join('.'), found, expected),
      )
    : result.error.issues.flatMap(issuesMeant).map((issue) => sentenceOf(issue, content, stage));
  if (result.success && sentences.length === 0) return result.data;
  throw new StageSettingsError(sentences.join('\n'));
}

/** Where one of two forms was found, what is wrong with that one: a group where either a group or an id may stand. */
function issuesMeant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function sentenceOf(issue: z.core.$ZodIssue, content: unknown, stage: string): string {
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0]].join('.');
    return `settings/${stage}.yml: ${field}: found a field that does not exist, expected only those of domain/stage-file.ts.`;
  }
  if (issue.code === 'invalid_key') {
    // The value may be fine: it is the name that is not.
    const name = issue.path.at(-1);
    return sentence(stage, issue.path.slice(0, -1).join('.'), name, expectation(issue.issues[0]?.message ?? ''));
  }
  const found = issue.path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    content,
  );
  return sentence(stage, issue.path.join('.'), found, fieldsOf(issue) ?? expectation(issue.message));
}

/** Where a group stands for which something else was found: its fields, and whether null will do. */
const fieldsOf = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'invalid_type' && issue.expected === 'object' ? fieldsExpected(issue.path) : undefined;

/** zod's own messages are kept only where the schema gives no expectation, which is for a wrong type. */
const expectation = (message: string): string =>
  message.replace(/^Invalid input: expected (\w+), received .*$/, (_, type: string) =>
    Object.hasOwn(YAML_TERMS, type) ? YAML_TERMS[type as keyof typeof YAML_TERMS] : `a value of type ${type}`,
  );

/** What whoever writes a stage file calls zod's types. */
const YAML_TERMS = { array: 'a list', object: 'a group of fields' } as const;

function sentence(stage: string, field: string, found: unknown, expected: string): string {
  const shown = found === undefined ? 'nothing' : withoutDisguise(JSON.stringify(found));
  return `settings/${stage}.yml: ${field || 'the file'}: found ${shown.slice(0, 80)}, expected ${expected}.`;
}

/** Blanks that are none of the space bar's, and characters that nobody sees, as \u200b; combining marks stay. */
const withoutDisguise = (json: string): string =>
  json.replace(/(?! )[\p{Zs}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );

function environmentOf(stage: string, file: StageFile, localPort: number): Record<string, string> {
  const environment = {
    STAGE_SETTINGS: JSON.stringify(settingsOf(file, stage === 'local')),
    CALLS_TABLE: `${SERVICE}-${stage}-calls`,
    GUARDS_TABLE: `${SERVICE}-${stage}-guards`,
    LEASES_TABLE: `${SERVICE}-${stage}-leases`,
    WAITING_ROOM_TABLE: `${SERVICE}-${stage}-waiting-room`,
    RELEASE_QUEUE: `${SERVICE}-${stage}-release`,
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
    throw new StageSettingsError(
      `settings/${stage}.yml is too long: its settings take ${bytes} bytes of a function's environment, ` +
        `expected at most ${MAX_ENVIRONMENT_BYTES}; shorten routing.rules or request.excludedFields.`,
    );
  }
  return environment;
}

/** What makes the unchanged AWS SDK talk to the local stack. */
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
  };
}
