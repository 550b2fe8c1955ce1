import type { Connect } from '../../adapters/connect.ts';
import { AGENTS_READING, queueReading } from '../../adapters/shared-state/looks.ts';
import type { Reading, Seen, SharedReadings } from '../../adapters/shared-state/shared-readings.ts';
import type { QueueSnapshot } from '../../domain/admission.ts';
import { localTime, shiftDate } from '../../domain/opening-hours.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

/** A queue's status and hours change seldom; agents all the time, and Amazon Connect itself tells of them late. */
const QUEUE_MAX_AGE_MS = 30_000;
const AGENTS_MAX_AGE_MS = 2_000;

const SECONDS_PER_DAY = 24 * 60 * 60;

/** What Amazon Connect says, shared by all functions of the stage. */
export interface ConnectReadings {
  /** @param seen what has just been looked at, for both */
  queue(queueId: string, seen?: Seen): Promise<QueueSnapshot>;
  /** The same with the opening hours of all days for which appointments are made. */
  calendar(queueId: string): Promise<QueueSnapshot>;
  /** AGENTS_AVAILABLE by queue id. */
  agents(seen?: Seen): Promise<Reading<Record<string, number>>>;
}

export function connectReadings(
  connect: Pick<Connect, 'readQueue' | 'readAgents'>,
  readings: SharedReadings,
  { callingHours, whenClosed, appointments }: Pick<StageSettings, 'callingHours' | 'whenClosed' | 'appointments'>,
  now: () => Date,
): ConnectReadings {
  const daysUntilOpening = whenClosed.do === 'wait' ? Math.ceil(whenClosed.maxDelaySeconds / SECONDS_PER_DAY) : 0;

  /** A queue in another zone than the stage's, and one open past midnight, is covered by the days around. */
  async function read(name: string, queueId: string, days: number, seen?: Seen): Promise<QueueSnapshot> {
    const readQueue = () => {
      const today = localTime(now(), callingHours.timeZone).date;
      return connect.readQueue(queueId, shiftDate(today, -2), shiftDate(today, 1 + days));
    };
    const { value } = await readings.share(name, QUEUE_MAX_AGE_MS, readQueue, seen);
    return value;
  }

  return {
    queue: (queueId, seen) => read(queueReading(queueId), queueId, daysUntilOpening, seen),
    // A slot that begins on the last day may end on the next.
    calendar: (queueId) =>
      read(`calendar#${queueId}`, queueId, Math.max(daysUntilOpening, 1 + (appointments?.maxDays ?? 0))),
    agents: (seen) => readings.share(AGENTS_READING, AGENTS_MAX_AGE_MS, () => connect.readAgents(), seen),
  };
}
