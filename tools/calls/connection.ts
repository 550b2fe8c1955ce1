import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type CallsLog, dynamoCallsLog } from '../../adapters/calls-log.ts';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import { type Controls, dynamoControls } from '../../adapters/shared-state/controls.ts';
import { forgetAwsOfShell } from '../../resources/aws-of-the-shell.ts';
import type { LoadedStage } from '../../resources/load-stage.ts';

/** The tables of a stage as its commands use them. */
export interface Connection {
  controls: Controls;
  log: CallsLog;
  close(): void;
}

/**
 * Reaches a stage's tables with the AWS credentials of the shell, or those of the local stack.
 *
 * @param localUrl where the local stack listens; undefined for AWS
 */
export function connectTo(
  { file: { region, recordRetentionDays }, environment }: LoadedStage,
  localUrl: string | undefined,
): Connection {
  if (localUrl !== undefined) forgetAwsOfShell();
  const { CALLS_TABLE = '', GUARDS_TABLE = '' } = environment;
  const client =
    localUrl === undefined
      ? new DynamoDBClient({ region })
      : new DynamoDBClient({
          endpoint: `${localUrl}/aws/dynamodb`,
          region,
          credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
          maxAttempts: 1,
        });
  const documents = dynamoDocuments(client);
  return {
    controls: dynamoControls(GUARDS_TABLE, documents),
    log: dynamoCallsLog(CALLS_TABLE, documents, recordRetentionDays),
    close: () => client.destroy(),
  };
}
