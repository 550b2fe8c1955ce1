import { isDeepStrictEqual } from 'node:util';
import type { ControlState } from '../../../adapters/shared-state/controls.ts';
import { withinCallingHours } from '../../../domain/opening-hours.ts';
import type { Limits } from '../../../domain/stage-settings.ts';
import { DAYS, isOpenAt, type Queue } from '../connect/connect-queues.ts';
import type { Stack } from '../stack.ts';
import type { Execution } from '../state-machine.ts';
import type { WeekPart, WorldView } from './protocol.ts';
import { lineOf } from './waiting-line.ts';

/** Hours that the model takes for "round the clock". */
export const ROUND_THE_CLOCK = { start: '00:00', end: '00:00' } as const;

/**
 * Everything beside the requests, as it is now.
 *
 * @param controls what people switched, as last read
 * @param queuesAtStart as the stack started with them
 */
export function worldView(
  { connect, activity, karte, service }: Stack,
  controls: ControlState,
  queuesAtStart: readonly Queue[],
  now: Date,
): WorldView {
  const calls = activity.liveCalls();
  const talking = new Set<string | undefined>(calls.filter(({ state }) => state === 'with-agent').map(({ id }) => id));
  const running = activity.running();
  const inLine = Map.groupBy(lineOf(running), ({ queueId }) => queueId);
  const { callingHours, limits } = service.stage.file;
  return {
    agents: connect
      .agents()
      .map(({ queues: _, ...agent }) => ({
        ...agent,
        ...(talking.has(agent.contactId) && { isTalking: true as const }),
      }))
      // Amazon Connect's own order is that of who has been idle longest: a list that people use keeps still.
      .sort((a, b) => byName.compare(a.name, b.name)),
    queues: connect.queues().map((queue) => ({
      id: queue.id,
      name: queue.name,
      enabled: queue.enabled,
      open: queue.open,
      openNow: isOpenAt(queue, now),
      week: weekOf(queue),
      otherDays: Object.entries(queue.overrides ?? {}).map(([date, hours]) => ({ date, hours: [...hours] })),
      ...(isChanged(queue, queuesAtStart) && { changed: true as const }),
      contactsWaiting: calls.filter(({ state, queueId }) => state === 'in-queue' && queueId === queue.id).length,
      requestsWaiting: inLine.get(queue.id)?.length ?? 0,
    })),
    callingHours: { ...callingHours, openNow: withinCallingHours(callingHours, now) },
    callsAtOnce: connect.activeCalls(),
    calls: activity.callCounts(),
    waiting: waitingNow(running),
    running: countByState(running),
    answer: connect.answer(),
    faults: connect.faults(),
    stopped: controls.stopped,
    ...(controls.changes.stopped && { stopChange: controls.changes.stopped }),
    limits: limitsInForce(limits, controls.limits),
    karte: karte.view(),
  };
}

const limitsInForce = (stage: Limits, replaced: Partial<Limits>): Limits => ({ ...stage, ...replaced });

/** `agent-2` before `agent-10`. */
const byName = new Intl.Collator('en', { numeric: true });

function isChanged(queue: Queue, atStart: readonly Queue[]): boolean {
  const first = atStart.find(({ id }) => id === queue.id);
  // Round the clock has two forms.
  return !first || !isDeepStrictEqual({ ...queue, hours: weekOf(queue) }, { ...first, hours: weekOf(first) });
}

/** Days that follow each other and have the same hours are one part; Monday comes first, as in Amazon Connect's console. */
function weekOf({ hours }: Queue): WeekPart[] {
  if (!hours) return [];
  const parts: WeekPart[] = [];
  for (const day of [1, 2, 3, 4, 5, 6, 0]) {
    const own = [...(hours[DAYS[day] ?? 'SUNDAY'] ?? [])];
    const last = parts.at(-1);
    if (last && isDeepStrictEqual(last.hours, own)) last.days.push(day);
    else parts.push({ days: [day], hours: own });
  }
  const [only] = parts;
  return parts.length === 1 && isDeepStrictEqual(only?.hours, [ROUND_THE_CLOCK]) ? [] : parts;
}

/** States in which a request waits for its call now, and those in which it waits for a later time. */
const WAITING: ReadonlySet<string | undefined> = new Set(['WaitForAgent', 'WaitForTurn']);
const LATER: ReadonlySet<string | undefined> = new Set([
  'WaitForOpening',
  'WaitForAppointment',
  'WaitUntilDue',
  'WaitForTry',
]);

function waitingNow(running: readonly Readonly<Execution>[]): WorldView['waiting'] {
  // Whoever is sent back to wait for a further turn has waited since the first one.
  const first = (of: readonly Readonly<Execution>[]) =>
    Math.min(...of.map(({ states }) => states.find(({ name }) => WAITING.has(name))?.enteredAt ?? 0));
  const now = running.filter(({ states }) => WAITING.has(states.at(-1)?.name));
  return {
    count: now.length,
    ...(now.length > 0 && { since: new Date(first(now)).toISOString() }),
    later: running.filter(({ states }) => LATER.has(states.at(-1)?.name)).length,
  };
}

/** State → how many requests are in it. */
function countByState(running: readonly Readonly<Execution>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { states } of running) {
    const state = states.at(-1)?.name;
    if (state !== undefined) counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}
