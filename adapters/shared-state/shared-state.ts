import type { Documents } from '../dynamodb.ts';
import { type AppointmentBook, dynamoAppointmentBook } from './appointment-book.ts';
import { type CallLeases, dynamoCallLeases } from './call-leases.ts';
import { type ContactLinks, dynamoContactLinks } from './contact-links.ts';
import { type Controls, dynamoControls } from './controls.ts';
import { dynamoSilence, type KeptSilence } from './kept-silence.ts';
import { dynamoLimitCounters, type LimitCounters } from './limit-counters.ts';
import { dynamoLooks, type Looks } from './looks.ts';
import { dynamoNonces, type Nonces } from './nonces.ts';
import { dynamoPhoneLeases, type PhoneLeases } from './phone-leases.ts';
import { dynamoReleaseTicks, type ReleaseTicks } from './release-ticks.ts';
import { dynamoRingTimeoutRefusals, type RingTimeoutRefusals } from './ring-timeout.ts';
import { dynamoSharedReadings, type ReadingClock, type SharedReadings } from './shared-readings.ts';
import { dynamoSweeps, type Sweeps } from './sweeps.ts';
import { dynamoTurns, type Turns } from './turns.ts';

/**
 * What all functions of a stage share through its tables: the guards between a request and a call, each written conditionally, the
 * switches, readings from Amazon Connect, and the calls to follow.
 */
export interface SharedState {
  looks: Looks;
  controls: Controls;
  phones: PhoneLeases;
  limits: LimitCounters;
  nonces: Nonces;
  leases: CallLeases;
  turns: Turns;
  readings: SharedReadings;
  contacts: ContactLinks;
  ticks: ReleaseTicks;
  ringTimeouts: RingTimeoutRefusals;
  silence: KeptSilence;
  sweeps: Sweeps;
  appointments: AppointmentBook;
}

export const REAL_CLOCK: ReadingClock = {
  now: () => new Date(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Names of the tables that hold it. */
interface StateTables {
  guardsTable: string;
  leasesTable: string;
  /** How long contacts are kept: as long as call records. */
  keptDays: number;
}

/** The shared state of a stage in its tables. */
export const dynamoSharedState = (
  { guardsTable: tableName, leasesTable, keptDays }: StateTables,
  documents: Documents,
  clock = REAL_CLOCK,
): SharedState => ({
  looks: dynamoLooks(tableName, documents),
  controls: dynamoControls(tableName, documents),
  phones: dynamoPhoneLeases(tableName, documents),
  limits: dynamoLimitCounters(tableName, documents, clock),
  nonces: dynamoNonces(tableName, documents),
  leases: dynamoCallLeases(leasesTable, documents, clock),
  turns: dynamoTurns(tableName, documents),
  readings: dynamoSharedReadings(tableName, documents, clock),
  contacts: dynamoContactLinks(tableName, documents, keptDays),
  ticks: dynamoReleaseTicks(tableName, documents),
  ringTimeouts: dynamoRingTimeoutRefusals(tableName, documents),
  silence: dynamoSilence(tableName, documents),
  sweeps: dynamoSweeps(tableName, documents),
  appointments: dynamoAppointmentBook(tableName, documents, clock),
});
