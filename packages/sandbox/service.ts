import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { lacksIds } from '../../domain/created-ids.ts';
import { type LoadedStage, loadStage, type StageOverrides } from '../../resources/load-stage.ts';
import type { EventPattern } from './event-pattern.ts';
import { inventedIds } from './invented-ids.ts';
import { rateSeconds } from './rate-expression.ts';
import { resolveVariables } from './serverless-variables.ts';

export const PROJECT = join(import.meta.dirname, '../..');

/** What the local stack reads from serverless.yml and its files, so that it runs what a deployment would. */
export interface Service {
  stage: LoadedStage;
  /** Name → module and export of the handler, its time-out in seconds and its memory. */
  functions: Record<string, { module: string; export: string; timeoutSeconds: number; memoryMb: number }>;
  rule: { eventBusName: string; pattern: EventPattern };
  /** Rules of the default event bus whose targets are functions. */
  functionRules: FunctionRule[];
  queues: FunctionQueue[];
  schedules: FunctionSchedule[];
  /** Functions with a URL. */
  urls: FunctionUrl[];
  /** Functions that read the stream of a table. */
  streams: FunctionStream[];
  stateMachine: { name: string; definition: StateMachineDefinition };
  tables: TableProperties[];
}

export interface FunctionRule {
  function: string;
  pattern: EventPattern;
}

/** A function on a schedule. */
export interface FunctionSchedule {
  function: string;
  seconds: number;
}

/** A function URL, and the origins whose pages may read its responses. */
export interface FunctionUrl {
  function: string;
  cors: { allowedOrigins: readonly string[]; allowedMethods: readonly string[]; maxAge: number };
}

/** A table's stream that a function reads. */
export interface FunctionStream {
  function: string;
  /** Logical id of the table. */
  table: string;
  batchSize: number;
  /** Only writes that match one of them are delivered. */
  patterns: readonly EventPattern[];
}

/** A queue that a function reads. */
export interface FunctionQueue {
  name: string;
  function: string;
  visibilitySeconds: number;
  /** Number of failures after which a message becomes a dead letter. */
  maxReceiveCount: number;
}

/** A state machine as the file has it: references are `Ref` and `Fn::GetAtt` objects. */
export interface StateMachineDefinition {
  StartAt: string;
  States: Record<string, { Type: string; [field: string]: unknown }>;
  [field: string]: unknown;
}

/** The part of AWS::DynamoDB::Table that CreateTable takes too. */
export interface TableProperties {
  TableName: string;
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  KeySchema: KeySchema;
  GlobalSecondaryIndexes?: {
    IndexName: string;
    KeySchema: KeySchema;
    Projection: { ProjectionType: 'ALL' | 'KEYS_ONLY' };
  }[];
}

type KeySchema = { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];

interface ServerlessYml {
  provider: { timeout: number; memorySize: number };
  functions: Record<string, FunctionYml>;
  stepFunctions: { stateMachines: { callRequest: { name: string; events: { eventBridge: EventBridgeTrigger }[] } } };
}

interface FunctionYml {
  handler: string;
  timeout?: number;
  memorySize?: number;
  events?: FunctionTrigger[];
  url?: { cors: FunctionUrl['cors'] };
}

interface FunctionTrigger {
  eventBridge?: { pattern: EventPattern };
  /** `arn` is the text of a !GetAtt. */
  sqs?: { arn: string };
  /** `rate(…)`, alone or with more about it. */
  schedule?: string | { rate: string | string[] };
  stream?: { arn: { 'Fn::GetAtt': [table: string, 'StreamArn'] }; batchSize: number; filterPatterns: EventPattern[] };
}

interface QueueProperties {
  QueueName: string;
  VisibilityTimeout?: number;
  RedrivePolicy?: { maxReceiveCount: number };
}

interface EventBridgeTrigger {
  eventBusName: string;
  event: EventPattern;
}

/**
 * Reads serverless.yml for a stage.
 *
 * @param port of the local stack, to which functions of the stage `local` are pointed
 * @param settings overrides of the stage's own
 */
export function readService(stageName: string, port: number, settings?: StageOverrides): Service {
  const stage = deployedStage(stageName, port, settings);
  const raw = readYaml('serverless.yml') as { custom: Record<string, unknown>; service: string };
  const variables = { ...raw, custom: { ...raw.custom, stage } };
  const yml = resolveVariables(raw, variables, stageName) as unknown as ServerlessYml;
  // The framework drops a function that is null, as the stage does not have it.
  const functions = Object.entries(yml.functions).filter(([, written]) => written !== null);

  const trigger = yml.stepFunctions.stateMachines.callRequest.events[0]?.eventBridge;
  if (!trigger) throw new Error('serverless.yml: the state machine has no EventBridge rule');
  const resources = <T>(path: string) =>
    (resolveVariables(readYaml(path), variables, stageName) as { Resources: Record<string, { Properties: T }> })
      .Resources;
  const triggers = functions.flatMap(([name, { events = [] }]) =>
    events.map((event) => ({ function: name, ...event })),
  );
  const queues = resources<QueueProperties>('resources/release-queue.yml');
  return {
    stage,
    functions: Object.fromEntries(
      functions.map(([name, { handler, timeout, memorySize }]) => {
        const dot = handler.lastIndexOf('.');
        const module = join(PROJECT, `${handler.slice(0, dot)}.ts`);
        const timeoutSeconds = timeout ?? yml.provider.timeout;
        const memoryMb = memorySize ?? yml.provider.memorySize;
        return [name, { module, export: handler.slice(dot + 1), timeoutSeconds, memoryMb }];
      }),
    ),
    rule: { eventBusName: trigger.eventBusName, pattern: trigger.event },
    functionRules: triggers.flatMap(({ function: name, eventBridge }) =>
      eventBridge ? [{ function: name, pattern: eventBridge.pattern }] : [],
    ),
    queues: triggers.flatMap(({ function: name, sqs }) => (sqs ? [functionQueue(name, sqs.arn, queues)] : [])),
    schedules: triggers.flatMap(({ function: name, schedule }) =>
      ratesOf(schedule).map((rate) => ({ function: name, seconds: rateSeconds(rate) })),
    ),
    urls: functions.flatMap(([name, { url }]) => (url ? [{ function: name, cors: url.cors }] : [])),
    streams: triggers.flatMap(({ function: name, stream }) => (stream ? [functionStream(name, stream)] : [])),
    stateMachine: {
      name: yml.stepFunctions.stateMachines.callRequest.name,
      definition: stage.stateMachine as unknown as StateMachineDefinition,
    },
    tables: Object.values(resources<TableProperties>('resources/tables.yml')).map(({ Properties }) => Properties),
  };
}

/** A stage as it is once it was deployed: everything has an id. The functions are told no more of them than in AWS. */
function deployedStage(name: string, port: number, settings?: StageOverrides): LoadedStage {
  const stage = loadStage(name, port, undefined, settings);
  if (!lacksIds(stage.file)) return stage;
  const deployed = loadStage(name, port, undefined, inventedIds(stage.file, settings));
  return { ...deployed, environment: stage.environment };
}

/** @see https://www.serverless.com/framework/docs/providers/aws/events/schedule */
const ratesOf = (schedule: FunctionTrigger['schedule'] = { rate: [] }): string[] =>
  [typeof schedule === 'string' ? schedule : schedule.rate].flat();

const functionStream = (
  name: string,
  { arn, batchSize, filterPatterns }: NonNullable<FunctionTrigger['stream']>,
): FunctionStream => ({ function: name, table: arn['Fn::GetAtt'][0], batchSize, patterns: filterPatterns });

function functionQueue(
  name: string,
  arn: string,
  resources: Record<string, { Properties: QueueProperties }>,
): FunctionQueue {
  const queue = resources[arn.replace(/\.Arn$/, '')]?.Properties;
  if (!queue) throw new Error(`serverless.yml: ${name} reads a queue that resources/release-queue.yml does not have`);
  // Amazon SQS' own default, and a message that is never given up.
  const { QueueName, VisibilityTimeout = 30, RedrivePolicy } = queue;
  const maxReceiveCount = RedrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
  return { name: QueueName, function: name, visibilitySeconds: VisibilityTimeout, maxReceiveCount };
}

/** Text → what it says: simulations and tests read the service hundreds of times in one process. */
const parsed = new Map<string, unknown>();

/** Tags such as !GetAtt are CloudFormation's; nothing the local stack reads carries one. */
function readYaml(path: string): unknown {
  const text = readFileSync(join(PROJECT, path), 'utf8');
  const known = parsed.get(text) ?? parse(text, { logLevel: 'silent' });
  parsed.set(text, known);
  return known;
}
