import {
  DescribeHoursOfOperationCommand,
  DescribeQueueCommand,
  GetEffectiveHoursOfOperationsCommand,
  paginateListHoursOfOperationOverrides,
} from '@aws-sdk/client-connect';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { dynamoCallsLog } from '../../adapters/calls-log.ts';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import { parameterStore } from '../../adapters/parameter-store.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { CREATE, lacksIds, readIds, type StageIds } from '../../domain/created-ids.ts';
import { localTime, shiftDate } from '../../domain/opening-hours.ts';
import { SERVICE } from '../../resources/load-stage.ts';
import type { Account } from './account.ts';
import type { CheckedStage } from './check.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How many days of hours are read: as far ahead as appointments. */
export const DAYS_AHEAD = 33;
/** How many call records are examined: enough to find a call, without reading long on a busy stage. */
const LATEST_CALLS = 200;

/** Ids of a stage, from its settings or created by its stack. */
interface IdsOfStage {
  instanceId: string;
  /** Name → id. */
  queues: Record<string, string>;
  /** Of the flow that calls start with; missing if the stack has not stored it. */
  contactFlow?: string;
}

/** Reads that several checks share. */
const asked = new WeakMap<Account, Map<string, Promise<unknown>>>();

/** Reads something once, however many checks need it; failures are not shared. */
export function once<T>(account: Account, what: string, read: () => Promise<T>): Promise<T> {
  const answers = asked.get(account) ?? new Map<string, Promise<unknown>>();
  asked.set(account, answers);
  const answer = answers.get(what) ?? read();
  answers.set(what, answer);
  return answer as Promise<T>;
}

/** Name of the parameter in which the stack stores its ids. */
export const idsParameter = ({ environment }: CheckedStage): string => environment.IDS_PARAMETER ?? '';

/** The ids stored by the stack. Throws `UnusableIds` if they are missing or unusable. */
export const toldIds = (account: Account, stage: CheckedStage): Promise<StageIds> =>
  once(account, 'told ids', async () => readIds(await parameterStore(account.ssm)(idsParameter(stage))));

/** All ids of the stage. Without a stored flow, the value of the settings stays. */
export async function idsOf(account: Account, stage: CheckedStage): Promise<IdsOfStage> {
  const { instanceId, queues } = stage.file.connect;
  const isTold = lacksIds(stage.file);
  const told = await toldIds(account, stage).catch((error: unknown) => {
    if (isTold) throw error;
    return undefined;
  });
  const idFor = (found: string, made: string | undefined) => (found === CREATE ? (made ?? found) : found);
  return {
    instanceId: idFor(instanceId, told?.instanceId),
    queues: Object.fromEntries(Object.entries(queues).map(([name, id]) => [name, idFor(id, told?.queues[name])])),
    ...(told && { contactFlow: idIn(told.contactFlow) }),
  };
}

/** The id in an ARN; in that of a flow version, the flow's id. */
const idIn = (idOrArn: string): string => (idOrArn.split('/').at(-1) ?? '').replace(/:\d+$/, '');

/** A queue of the stage as Amazon Connect describes it. */
export const queueOf = (account: Account, stage: CheckedStage, name: string) =>
  once(account, `queue ${name}`, async () => {
    const { instanceId: InstanceId, queues } = await idsOf(account, stage);
    const { Queue } = await account.connect.send(new DescribeQueueCommand({ InstanceId, QueueId: queues[name] ?? '' }));
    return { name, status: Queue?.Status ?? '', hoursId: Queue?.HoursOfOperationId ?? '' };
  });

/** The hours of the default queue: by the day of the week, overrides, and the effective hours. */
export const hoursOfStage = (account: Account, stage: CheckedStage) =>
  once(account, 'hours', async () => {
    const { instanceId: InstanceId } = await idsOf(account, stage);
    const { hoursId: HoursOfOperationId } = await queueOf(account, stage, stage.file.routing.default);
    const FromDate = localTime(new Date(), stage.file.callingHours.timeZone).date;
    const ToDate = shiftDate(FromDate, DAYS_AHEAD);
    const effective = await account.connect.send(
      new GetEffectiveHoursOfOperationsCommand({ InstanceId, HoursOfOperationId, FromDate, ToDate }),
    );
    return {
      from: FromDate,
      to: ToDate,
      days: effective.EffectiveHoursOfOperationList ?? [],
      overrides: effective.EffectiveOverrideHoursList ?? [],
    };
  });

/** The same hours as they were entered. */
export const enteredHours = (account: Account, stage: CheckedStage) =>
  once(account, 'entered hours', async () => {
    const { instanceId: InstanceId } = await idsOf(account, stage);
    const { hoursId: HoursOfOperationId } = await queueOf(account, stage, stage.file.routing.default);
    const of = { InstanceId, HoursOfOperationId };
    const { HoursOfOperation } = await account.connect.send(new DescribeHoursOfOperationCommand(of));
    const overrides = [];
    for await (const page of paginateListHoursOfOperationOverrides({ client: account.connect }, of)) {
      overrides.push(...(page.HoursOfOperationOverrideList ?? []));
    }
    return { week: HoursOfOperation?.Config ?? [], overrides };
  });

/** Lambda's description of a function of the stage. */
export const functionOf = (account: Account, stage: CheckedStage, name: string) =>
  once(account, `function ${name}`, async () => {
    const FunctionName = functionName(stage, name);
    return account.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  });

/** ARN of the stage's state machine; partition, region and account come from the ARN of a function. */
export async function stateMachineArn(account: Account, stage: CheckedStage): Promise<string> {
  const { FunctionArn = '' } = await functionOf(account, stage, 'road');
  const [, partition, , region, accountId] = FunctionArn.split(':');
  return `arn:${partition}:states:${region}:${accountId}:stateMachine:${stage.environment.STATE_MACHINE_NAME}`;
}

/** One page of the stage's executions, the latest first. */
export const executionsOf = (account: Account, stage: CheckedStage) =>
  once(account, 'executions', async () => {
    const page = await account.stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn: await stateMachineArn(account, stage) }),
    );
    return page.executions ?? [];
  });

export const functionName = (stage: CheckedStage, name: string): string => `${SERVICE}-${stage.name}-${name}`;

/** The latest requests of the last month, the latest first. */
export const latestCalls = (account: Account, stage: CheckedStage): Promise<CallRecord[]> =>
  once(account, 'calls', async () => {
    const { recordRetentionDays } = stage.file;
    const table = stage.environment.CALLS_TABLE ?? '';
    const log = dynamoCallsLog(table, dynamoDocuments(account.dynamodb), recordRetentionDays);
    const found: CallRecord[] = [];
    for await (const { records } of log.pages(new Date(Date.now() - 30 * DAY_MS))) {
      found.push(...records.filter(({ kind }) => kind === undefined));
      if (found.length >= LATEST_CALLS) break;
    }
    return found;
  });
