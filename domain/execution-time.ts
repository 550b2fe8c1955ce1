import type { StageSettings } from './stage-settings.ts';

/** `TimeoutSeconds` of the state machine's file: the longest waits for an opening and for an agent, and something to spare. */
const WITHOUT_APPOINTMENTS_SECONDS = 388_800;

const SECONDS_PER_DAY = 24 * 60 * 60;

/** The longest that an execution of the stage may take: an appointment waits for its time before all else. */
export const longestExecutionSeconds = ({ appointments }: Pick<StageSettings, 'appointments'>): number =>
  WITHOUT_APPOINTMENTS_SECONDS + (appointments?.maxDays ?? 0) * SECONDS_PER_DAY;
