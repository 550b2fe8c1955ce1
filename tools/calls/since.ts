import { UsageError } from 'connect-flow-kit/command-line';
import { localTime } from '../../domain/opening-hours.ts';

export const SINCE_HELP = '30m, 2h, 3d, 2026-11-22, 2026-11-22T09:00 (in the zone of the stage), or with an offset';

const UNITS_MS = { m: 60_000, h: 60 * 60_000, d: 24 * 60 * 60_000 } as const;

/** Date, hour, minute, second and offset of a moment as people write it. */
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The moment that `--since` names. Throws `UsageError` where it is none, or is still to come.
 *
 * @param timeZone of a date or time without an offset
 * @example sinceOf('2026-11-22', 'Asia/Tokyo', now) // 2026-11-21T15:00:00.000Z
 */
export function sinceOf(text: string, timeZone: string, now: Date): Date {
  const since = momentIn(text.trim(), timeZone, now);
  if (since === undefined) throw new UsageError(`--since is ${text}: expected ${SINCE_HELP}`);
  if (since > now) throw new UsageError(`--since is ${text}: that moment is still to come`);
  return since;
}

function momentIn(text: string, timeZone: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (unit !== undefined) return new Date(now.getTime() - Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]);
  const [, date, hour = '00', minute = '00', second = '00', offset] = MOMENT.exec(text) ?? [];
  if (date === undefined) return undefined;
  const wall = new Date(`${date}T${hour}:${minute}:${second}Z`);
  // Of a day that its month does not have, JavaScript makes one of the next.
  if (Number.isNaN(wall.getTime()) || wall.toISOString().slice(0, 10) !== date) return undefined;
  if (offset === undefined) return onTheWall(wall, timeZone);
  const moment = new Date(`${date}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** The beginning of the day of a moment, in a zone. */
export const beginningOfDay = (at: Date, timeZone: string): Date =>
  onTheWall(new Date(`${localTime(at, timeZone).date}T00:00:00Z`), timeZone);

/** When the clock on the wall shows what `wall` says in UTC. */
function onTheWall(wall: Date, timeZone: string): Date {
  let at = wall.getTime();
  // Once for the offset, and once more for a clock that is set in between.
  for (let round = 0; round < 2; round += 1) at += wall.getTime() - shownAt(at, timeZone);
  return new Date(at);
}

/** What the clock on the wall shows, in milliseconds, as if the zone were UTC. */
function shownAt(at: number, timeZone: string): number {
  const { date, minutes } = localTime(new Date(at), timeZone);
  return Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 + (at % 60_000);
}
