import { setTimeout as wait } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PollyClient } from '@aws-sdk/client-polly';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { remembering } from './asked-request.ts';

/**
 * Pause between two requests for one operation of Amazon Connect. Most operations allow 2 per second, shared by all callers of an
 * account; half of that is left for the calls of its stages.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html#api-throttling-quotas
 */
const PAUSE_MS = 1_000;
/** The same for IAM, which publishes no rate and refuses bursts; a stage has a dozen roles. */
const IAM_PAUSE_MS = 200;

interface AccountOptions {
  region: string;
  /** For every service, with unchecked credentials; by default the shell's settings, including AWS_ENDPOINT_URL. */
  endpoint?: string;
  /** Waits the given number of milliseconds. */
  pause?: (ms: number) => Promise<unknown>;
  /** Longest time for one request. */
  timeoutMs?: number;
}

/** The services of an AWS account in one region, each a client of the real SDK, created on first use. */
export interface Account {
  readonly region: string;
  readonly connect: ConnectClient;
  readonly eventBridge: EventBridgeClient;
  readonly sts: STSClient;
  readonly ssm: SSMClient;
  readonly serviceQuotas: ServiceQuotasClient;
  readonly iam: IAMClient;
  readonly cloudFormation: CloudFormationClient;
  readonly sqs: SQSClient;
  readonly stepFunctions: SFNClient;
  readonly lambda: LambdaClient;
  readonly dynamodb: DynamoDBClient;
  readonly polly: PollyClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly sns: SNSClient;
  readonly secretsManager: SecretsManagerClient;
  close(): void;
}

/** Connects to an account with the AWS credentials of the shell, or to a simulation at `endpoint`. */
export function accountOf({ region, endpoint, pause = wait, timeoutMs = 10_000 }: AccountOptions): Account {
  const options = {
    region,
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: Math.min(3_000, timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
    ...(endpoint !== undefined && { endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  };
  const made = new Map<string, { destroy(): void }>();
  const once = <T extends { destroy(): void; middlewareStack: unknown }>(name: string, make: () => T): T => {
    const client = made.get(name) ?? remembering(make());
    made.set(name, client);
    return client as T;
  };
  return {
    region,
    get connect() {
      return once('connect', () => paced(new ConnectClient(options), PAUSE_MS, pause));
    },
    get eventBridge() {
      return once('eventBridge', () => new EventBridgeClient(options));
    },
    get sts() {
      return once('sts', () => new STSClient(options));
    },
    get ssm() {
      return once('ssm', () => new SSMClient(options));
    },
    get serviceQuotas() {
      return once('serviceQuotas', () => new ServiceQuotasClient(options));
    },
    get iam() {
      return once('iam', () => paced(new IAMClient(options), IAM_PAUSE_MS, pause));
    },
    get cloudFormation() {
      return once('cloudFormation', () => new CloudFormationClient(options));
    },
    get sqs() {
      return once('sqs', () => new SQSClient({ ...options, useQueueUrlAsEndpoint: false }));
    },
    get stepFunctions() {
      return once('stepFunctions', () => new SFNClient(options));
    },
    get lambda() {
      return once('lambda', () => new LambdaClient(options));
    },
    get dynamodb() {
      return once('dynamodb', () => new DynamoDBClient(options));
    },
    get polly() {
      // Its default handler only speaks HTTP/2, which no local endpoint does.
      return once(
        'polly',
        () => new PollyClient({ ...options, requestHandler: new NodeHttpHandler(options.requestHandler) }),
      );
    },
    get cloudWatch() {
      return once('cloudWatch', () => new CloudWatchClient(options));
    },
    get logs() {
      return once('logs', () => new CloudWatchLogsClient(options));
    },
    get sns() {
      return once('sns', () => new SNSClient(options));
    },
    get secretsManager() {
      return once('secretsManager', () => new SecretsManagerClient(options));
    },
    close: () => {
      for (const client of made.values()) client.destroy();
    },
  };
}

/**
 * Spaces out attempts, per operation; the SDK's retries count, too. A simulation on this machine has no quota, so there is no
 * waiting for it.
 */
function paced<T extends { middlewareStack: unknown }>(
  client: T,
  pauseMs: number,
  pause: (ms: number) => Promise<unknown>,
): T {
  const nextAt = new Map<string, number>();
  // Each client types its middleware for its own requests; this one does not look at them.
  const stack = client.middlewareStack as ConnectClient['middlewareStack'];
  stack.add(
    (next, { commandName = '' }) =>
      async (request) => {
        if (isOnThisMachine(request.request)) return next(request);
        const now = Date.now();
        const at = Math.max(now, nextAt.get(commandName) ?? now);
        nextAt.set(commandName, at + pauseMs);
        if (at > now) await pause(at - now);
        return next(request);
      },
    // After the retry step and before signing, so that a signature does not expire while its request waits.
    { step: 'finalizeRequest', name: 'pace', priority: 'normal' },
  );
  return client;
}

/** A request of the SDK, which is untyped in this step. */
const isOnThisMachine = (request: unknown): boolean =>
  typeof request === 'object' && request !== null && 'hostname' in request && request.hostname === '127.0.0.1';
