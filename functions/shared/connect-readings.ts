import type { Connect } from '../../adapters/connect.ts';
import { AGENTS_READING, calendarReading, queueReading } from '../../adapters/shared-state/looks.ts';
import type { Reading, Seen, SharedReadings } from '../../adapters/shared-state/shared-readings.ts';
import type { QueueSnapshot } from '../../domain/admission.ts';
import { DAYS_AHEAD } from '../../domain/availability.ts';
import { localTime, shiftDate } from '../../domain/opening-hours.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

/** A queue's status and hours change rarely; agents all the time, and Amazon Connect itself reports them with a delay. */
const QUEUE_MAX_AGE_MS = 30_000;
const AGENTS_MAX_AGE_MS = 2_000;

const SECONDS_PER_DAY = 24 * 60 * 60;

/** Readings from Amazon Connect, shared by all functions of the stage. */
export interface ConnectReadings {
  /** @param seen items that have just been read, for both */
  queue(queueId: string, seen?: Seen): Promise<QueueSnapshot>;
  /** The same with the opening hours of all days needed for appointments or availability.json. */
  calendar(queueId: string): Promise<QueueSnapshot>;
  /** AGENTS_AVAILABLE by queue id. */
  agents(seen?: Seen): Promise<Reading<Record<string, number>>>;
}

type ReadingSettings = Pick<
  StageSettings,
  'appointments' | 'callingHours' | 'speed' | 'tellsAvailability' | 'whenClosed'
>;

export function connectReadings(
  connect: Pick<Connect, 'readQueue' | 'readAgents'>,
  readings: SharedReadings,
  stage: ReadingSettings,
  now: () => Date,
): ConnectReadings {
  const maxAgeOfAgents = AGENTS_MAX_AGE_MS / (stage.speed ?? 1);
  return {
    ...queueReadings(connect, readings, stage, now),
    agents: (seen) => readings.share(AGENTS_READING, maxAgeOfAgents, () => connect.readAgents(), seen),
  };
}

/** The readings of queues. */
export function queueReadings(
  connect: Pick<Connect, 'readQueue'>,
  readings: SharedReadings,
  { callingHours, whenClosed, appointments, tellsAvailability }: ReadingSettings,
  now: () => Date,
): Pick<ConnectReadings, 'queue' | 'calendar'> {
  const daysUntilOpening = whenClosed.do === 'wait' ? Math.ceil(whenClosed.maxDelaySeconds / SECONDS_PER_DAY) : 0;
  // A slot on the last day may end on the next.
  const daysOfSlots = 1 + (appointments?.maxDays ?? 0);
  const daysOfCalendar = Math.max(daysUntilOpening, daysOfSlots, tellsAvailability ? DAYS_AHEAD : 0);

  /** The adjacent days cover queues in another zone, and hours past midnight. */
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
    calendar: (queueId) => read(calendarReading(queueId), queueId, daysOfCalendar),
  };
}
