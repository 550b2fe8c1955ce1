import { UsageError } from 'connect-flow-kit/command-line';
import { localTime } from '../../domain/opening-hours.ts';

export const SINCE_HELP = '30m, 2h, 3d, 2026-11-22, 2026-11-22T09:00 (in the zone of the stage), or with an offset';

const UNITS_MS = { m: 60_000, h: 60 * 60_000, d: 24 * 60 * 60_000 } as const;

/** Date, hour, minute, second and offset as people write them. */
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The moment given with `--since`. Throws `UsageError` if it is invalid or in the future.
 *
 * @param timeZone of a date or time without an offset
 * @example sinceOf('2026-11-22', 'Asia/Tokyo', now) // 2026-11-21T15:00:00.000Z
 */
export function sinceOf(text: string, timeZone: string, now: Date): Date {
  const since = momentIn(text.trim(), timeZone, now);
  if (since === undefined) throw new UsageError(`--since is ${text}: expected ${SINCE_HELP}`);
  if (since > now) throw new UsageError(`--since is ${text}, which is in the future`);
  return since;
}

function momentIn(text: string, timeZone: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (unit !== undefined) return new Date(now.getTime() - Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]);
  const [, date, hour = '00', minute = '00', second = '00', offset] = MOMENT.exec(text) ?? [];
  if (date === undefined) return undefined;
  const wall = new Date(`${date}T${hour}:${minute}:${second}Z`);
  // JavaScript moves a day that a month does not have into the next month.
  if (Number.isNaN(wall.getTime()) || wall.toISOString().slice(0, 10) !== date) return undefined;
  if (offset === undefined) return onTheWall(wall, timeZone);
  const moment = new Date(`${date}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** The start of a moment's day in a zone. */
export const beginningOfDay = (at: Date, timeZone: string): Date =>
  onTheWall(new Date(`${localTime(at, timeZone).date}T00:00:00Z`), timeZone);

/** The moment at which the wall clock of the zone shows what `wall` says in UTC. */
function onTheWall(wall: Date, timeZone: string): Date {
  let at = wall.getTime();
  // Once for the offset, and again in case the clock changes in between.
  for (let round = 0; round < 2; round += 1) at += wall.getTime() - shownAt(at, timeZone);
  return new Date(at);
}

/** The wall-clock time in milliseconds, as if the zone were UTC. */
function shownAt(at: number, timeZone: string): number {
  const { date, minutes } = localTime(new Date(at), timeZone);
  return Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 + (at % 60_000);
}
