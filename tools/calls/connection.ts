import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type CallsLog, dynamoCallsLog, requestOfContact } from '../../adapters/calls-log.ts';
import { type CallsTable, dynamoCallsTable } from '../../adapters/calls-table.ts';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import { type AppointmentBook, dynamoAppointmentBook } from '../../adapters/shared-state/appointment-book.ts';
import { type Controls, dynamoControls } from '../../adapters/shared-state/controls.ts';
import { dynamoPhoneLeases, type PhoneLeases } from '../../adapters/shared-state/phone-leases.ts';
import { REAL_CLOCK } from '../../adapters/shared-state/shared-state.ts';
import type { StateMachine } from '../../adapters/step-functions.ts';
import { lacksIds, type PackagedSettings } from '../../domain/created-ids.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { forgetAwsOfShell } from '../../resources/aws-of-the-shell.ts';
import { type LoadedStage, SERVICE } from '../../resources/load-stage.ts';
import type { Alarms } from './alarms-of-stage.ts';
import type { ClientOptions } from './client-options.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

/** A stage as its commands use it. */
export interface Connection {
  controls: Controls;
  log: CallsLog;
  calls: Pick<CallsTable, 'end' | 'settle'>;
  appointments: AppointmentBook;
  phones: Pick<PhoneLeases, 'holder'>;
  /** The request that a contact belongs to, if any. */
  requestOfContact(contactId: string): Promise<string | undefined>;
  /** The configuration of the stage's functions; undefined if it cannot be read. */
  runningSettings(): Promise<PackagedSettings | undefined>;
  /** Settings with the ids of what the stack created, which only a deployed stack knows. */
  withIds(settings: PackagedSettings): Promise<StageSettings>;
  /** Aborts an execution. @returns the name of the error if it could not be stopped */
  stopExecution(executionArn: string, cause: string): Promise<string | undefined>;
  /** Runs work with the state machine of an execution. */
  withStateMachineOf<T>(executionId: string, work: (machine: StateMachine) => Promise<T>): Promise<T>;
  /** Events that could not be delivered. */
  deadLetters(): Promise<DeadLetterQueue>;
  alarms(): Promise<Alarms>;
  close(): void;
}

/**
 * Connects to a stage with the AWS credentials of the shell, or to the local stack with its own.
 *
 * @param localUrl where the local stack listens; undefined for AWS
 */
export function connectTo(
  stageName: string,
  { file: { region, recordRetentionDays, appointments }, environment }: LoadedStage,
  localUrl: string | undefined,
): Connection {
  if (localUrl !== undefined) forgetAwsOfShell();
  const { CALLS_TABLE = '', GUARDS_TABLE = '', STATE_MACHINE_NAME = '', IDS_PARAMETER = '' } = environment;
  const optionsOf = (service: string): ClientOptions =>
    localUrl === undefined
      ? { region }
      : {
          endpoint: `${localUrl}/aws/${service}`,
          region,
          credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
          maxAttempts: 1,
        };
  const client = new DynamoDBClient(optionsOf('dynamodb'));
  const documents = dynamoDocuments(client);
  const prefix = `${SERVICE}-${stageName}`;
  return {
    controls: dynamoControls(GUARDS_TABLE, documents),
    // The retention of an appointment's record starts on the day of its call.
    log: dynamoCallsLog(CALLS_TABLE, documents, recordRetentionDays + (appointments?.maxDays ?? 0)),
    calls: dynamoCallsTable(CALLS_TABLE, documents),
    appointments: dynamoAppointmentBook(GUARDS_TABLE, documents, REAL_CLOCK),
    phones: dynamoPhoneLeases(GUARDS_TABLE, documents),
    requestOfContact: (contactId) => requestOfContact(GUARDS_TABLE, documents, contactId),
    async runningSettings() {
      // Imported lazily, as few commands need it.
      const { runningSettings } = await import('./running-settings.ts');
      return runningSettings(`${prefix}-road`, optionsOf('lambda'));
    },
    async withIds(settings) {
      if (!lacksIds(settings)) return settings as StageSettings;
      const { completeSettings } = await import('./complete-settings.ts');
      return completeSettings(settings, IDS_PARAMETER, optionsOf('ssm'));
    },
    async stopExecution(executionArn, cause) {
      const { stopExecution } = await import('./stop-execution.ts');
      return stopExecution(executionArn, cause, optionsOf('states'));
    },
    async withStateMachineOf(executionId, work) {
      const [{ SFNClient }, { stateMachineOf }] = await Promise.all([
        import('@aws-sdk/client-sfn'),
        import('../../adapters/step-functions.ts'),
      ]);
      const states = new SFNClient(optionsOf('states'));
      try {
        // The execution's ARN names partition, region and account as a function's does.
        return await work(stateMachineOf(executionId, STATE_MACHINE_NAME, states));
      } finally {
        states.destroy();
      }
    },
    async deadLetters() {
      const { deadLetterQueue } = await import('./dead-letter-queue.ts');
      return deadLetterQueue({ prefix, stateMachineName: STATE_MACHINE_NAME, optionsOf });
    },
    async alarms() {
      const { alarmsOfStage } = await import('./alarms-of-stage.ts');
      return alarmsOfStage(`${prefix}-`, optionsOf);
    },
    close: () => client.destroy(),
  };
}
