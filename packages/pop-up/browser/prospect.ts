/** What will happen to a request that is made now, as far as the company's availability.json says. Times are ISO 8601. */
export interface Prospect {
  /**
   * - `unknown`: nothing can be promised
   * - `open`: a call now, as soon as an agent is free; `time` is the closing, if known
   * - `waits`: a call after the opening, at `time`
   * - `closed`: no call; `time` is the next opening, if known
   * - `stopped`: the company calls nobody
   */
  outlook: 'unknown' | 'open' | 'waits' | 'closed' | 'stopped';
  time?: string | undefined;
  /** When a call is possible instead, in order. */
  slots: readonly string[];
}

const UNKNOWN: Prospect = { outlook: 'unknown', slots: [] };

/**
 * If older than this, it says nothing about now. Neither does a file from the future: then the visitor's clock is wrong, and no
 * time in the file can be recognised as past.
 */
const TRUSTED_MS = 15 * 60_000;

/** The maximum number of times in the lists, and how far ahead they may be. */
const MOST_SLOTS = 200;
const FARTHEST_MS = 40 * 24 * 3_600_000;

/**
 * What availability.json says to somebody whose request goes to this queue. Anything invalid counts as missing:
 * docs/availability.md has the format.
 *
 * @param file as parsed
 * @param now the visitor's clock, ms since 1970
 */
export function prospectOf(file: unknown, queueName: string, now: number): Prospect {
  if (!isRecord(file) || !isTime(file.at) || Math.abs(Date.parse(file.at) - now) > TRUSTED_MS) return UNKNOWN;
  const { stopped, queues, waitsForOpening } = file;
  if (stopped === true) return { outlook: 'stopped', slots: [] };
  const queue = isRecord(queues) ? queues[queueName] : undefined;
  if (stopped !== false || !isRecord(queue)) return UNKNOWN;

  const { open, openUntil, nextOpening, calledAtOpening = waitsForOpening } = queue;
  const slots = slotsOf(queue.slots ?? [], now);
  const time = (open === true ? openUntil : nextOpening) ?? undefined;
  // Once something has begun or ended, the file is out of date about it.
  if (!slots || typeof open !== 'boolean' || (time !== undefined && !isAhead(time, now))) return UNKNOWN;
  if (open) return { outlook: 'open', time, slots };
  return { outlook: calledAtOpening === true && time !== undefined ? 'waits' : 'closed', time, slots };
}

/** Is no call possible at all for this visitor? */
export const isOut = ({ outlook, slots }: Prospect): boolean =>
  (outlook === 'closed' || outlook === 'stopped') && slots.length === 0;

/** Those that are free and ahead, in order, each once; undefined if it is not a list. */
function slotsOf(list: unknown, now: number): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const times = new Map<number, string>();
  for (const slot of list) {
    if (!isRecord(slot) || !isTime(slot.at) || typeof slot.free !== 'number') return undefined;
    const moment = Date.parse(slot.at);
    if (slot.free > 0 && moment > now && moment <= now + FARTHEST_MS) times.set(moment, slot.at);
  }
  const inOrder = [...times].sort(([a], [b]) => a - b);
  return inOrder.slice(0, MOST_SLOTS).map(([, at]) => at);
}

const isAhead = (time: unknown, now: number): time is string => isTime(time) && Date.parse(time) > now;

/** With the offset of the time zone in which it is shown. */
const isTime = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
