import { userInfo } from 'node:os';
import { UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import type { Change } from '../../adapters/shared-state/controls.ts';
import { reasonText } from '../../domain/reason-text.ts';
import { momentIn } from '../../domain/wall-clock.ts';
import { type LoadedStage, loadStage } from '../../resources/load-stage.ts';
import type { Connection } from './connection.ts';

/** Options that every command takes. */
export const TARGET_OPTIONS = {
  stage: { type: 'string' },
  /** A port or nothing. */
  local: { type: 'string' },
} as const;

export const TARGET_HELP = `  --stage NAME   the stage, with the AWS credentials of your shell
  --local [PORT] the local stack of npm start (default: the variable PORT, or 4545)`;

export const CHANGE_OPTIONS = { why: { type: 'string' }, by: { type: 'string' } } as const;

export const CHANGE_HELP = `  --why "…"      the reason; it is recorded with your name and the time
  --by NAME      who, if not the user of this machine`;

/** The stage or local stack a command works on. */
export interface Target extends Omit<Connection, 'close'> {
  /** For people: `stage dev`, or where the local stack listens. */
  name: string;
  stageName: string;
  stage: LoadedStage;
  /** In which times are shown. */
  timeZone: string;
}

interface TargetValues {
  stage?: string | undefined;
  local?: string | undefined;
}

/** Something that the user can fix: no running stack, no credentials, no table. */
class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** Runs a command on the stage that its options name, and turns failures to reach it into one sentence. */
export async function onTarget<T>(values: TargetValues, work: (target: Target) => Promise<T>): Promise<T> {
  if (values.stage !== undefined && values.local !== undefined) {
    throw new UsageError('--stage and --local cannot be combined');
  }
  const stageName = values.stage ?? 'local';
  const port = wholeNumber(values.local ? '--local' : 'PORT', values.local || process.env.PORT || '4545', 1, 65_535);
  const stage = loadStage(stageName, port);
  const isLocal = stageName === 'local';
  const url = `http://127.0.0.1:${port}`;
  // Imported lazily, so that --help and usage errors are answered at once.
  const { connectTo } = await import('./connection.ts');
  const { close, ...connection } = connectTo(stageName, stage, isLocal ? url : undefined);
  try {
    const name = isLocal ? `the local stack at ${url}` : `stage ${stageName}`;
    return await work({ name, stageName, stage, timeZone: stage.file.callingHours.timeZone, ...connection });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const sentence = isLocal ? localProblem(error, url) : stageProblem(error, stageName, stage.file.region);
    throw sentence === undefined ? error : new TargetError(sentence, { cause: error });
  } finally {
    close();
  }
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

function localProblem(error: Error, url: string): string | undefined {
  if (codeOf(error) === 'ECONNREFUSED') {
    return `nothing listens at ${url}: start the local stack with npm start, or name a stage with --stage`;
  }
  // Anything else there does not speak the protocol of DynamoDB.
  return '$metadata' in error ? `what listens at ${url} is not the local stack: name its port with --local` : undefined;
}

function stageProblem({ name, message, ...error }: Error, stage: string, region: string): string | undefined {
  switch (name) {
    case 'CredentialsProviderError':
      return `there are no AWS credentials for stage ${stage}: log in (aws sso login) or set AWS_PROFILE`;
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'ExpiredTokenException':
      return `AWS rejects these credentials (${name}): log in again, or set AWS_PROFILE`;
    case 'ResourceNotFoundException':
      return `stage ${stage} has no tables in ${region} of this AWS account: deploy it with npx sls deploy --stage ${stage}, or use credentials of its account`;
    // A query of an index that does not exist.
    case 'ValidationException':
      return `the tables of stage ${stage} are from another version: deploy it with npx sls deploy --stage ${stage}`;
    case 'StageIdsMissing':
      return message;
    case 'QueueDoesNotExist':
      return `stage ${stage} has no dead-letter queue in ${region} of this AWS account: deploy it with npx sls deploy --stage ${stage}, or use the credentials of its account`;
    case 'AccessDenied':
    case 'AuthorizationError':
    case 'AuthorizationErrorException':
    case 'AccessDeniedException':
      return `these AWS credentials lack a permission in stage ${stage}. They need, on its tables: dynamodb:GetItem, BatchGetItem, Query (on their indexes), Scan, PutItem, UpdateItem and DeleteItem; for redrive also sqs:GetQueueUrl, ReceiveMessage, ChangeMessageVisibility and DeleteMessage on its dead-letter queue, states:StartExecution and lambda:InvokeFunction; for cancel states:StopExecution; for again states:DescribeExecution and states:StartExecution; for alarm-test cloudwatch:DescribeAlarms, cloudwatch:SetAlarmState and sns:ListSubscriptionsByTopic; if the stack creates queues, ssm:GetParameter on its ids`;
  }
  const unreachable = ['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH'];
  return unreachable.includes(codeOf({ name, message, ...error }))
    ? `AWS cannot be reached in ${region}: check the network`
    : undefined;
}

/** Who makes a change, when and why, as it is kept. Throws `UsageError` if the reason is missing. */
export function changeOf({ why, by }: { why?: string | undefined; by?: string | undefined }): Change {
  if (why === undefined || why.trim() === '')
    throw new UsageError('--why is missing: give a reason, which is kept in the history');
  if (why.length > 500) throw new UsageError('--why is too long: 500 characters at most');
  return {
    by: reasonText(by ?? '') || userInfo().username,
    at: new Date().toISOString(),
    why: reasonText(why),
  };
}

/** `--local` may come without a value, which parseArgs of node:util does not support. */
export const withLocalPort = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    const isPort = (text: string | undefined) => text !== undefined && /^\d{1,5}$/.test(text);
    if (arg === '--local') return [isPort(args[index + 1]) ? `--local=${args[index + 1]}` : '--local='];
    return isPort(arg) && args[index - 1] === '--local' ? [] : [arg];
  });

export const printJson = (document: unknown): void => {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
};

/** A change in words. */
export const changed = ({ by, at, why }: Change, timeZone: string): string =>
  `${momentIn(at, timeZone)} by ${by}: ${why}`;
