import type { ControlState } from '../../../adapters/shared-state/controls.ts';
import { isObject } from '../../../domain/json-object.ts';
import type { Limits } from '../../../domain/stage-settings.ts';
import { isOpenAt, type Queue } from '../connect/connect-queues.ts';
import type { Stack } from '../stack.ts';
import type { Execution } from '../state-machine.ts';
import type { WorldView } from './protocol.ts';

/** Hours that the model takes for "round the clock". */
export const ROUND_THE_CLOCK = { start: '00:00', end: '00:00' } as const;

/** Everything beside the requests, as it is now. @param controls what people switched, as last read */
export function worldView(stack: Stack, controls: Pick<ControlState, 'stopped' | 'limits'>, now: Date): WorldView {
  const { connect, activity, karte, service } = stack;
  const calls = activity.liveCalls();
  const talking = new Set<string | undefined>(calls.filter(({ state }) => state === 'with-agent').map(({ id }) => id));
  const running = activity.running();
  const inLine = waitingByQueue(running);
  return {
    agents: connect.agents().map(({ queues: _, ...agent }) => ({
      ...agent,
      ...(talking.has(agent.contactId) && { isTalking: true as const }),
    })),
    queues: connect.queues().map((queue) => ({
      id: queue.id,
      name: queue.name,
      enabled: queue.enabled,
      open: queue.open,
      openNow: isOpenAt(queue, now),
      ...dailyHours(queue),
      contactsWaiting: calls.filter(({ state, queueId }) => state === 'in-queue' && queueId === queue.id).length,
      requestsWaiting: inLine.get(queue.id) ?? 0,
    })),
    callsAtOnce: connect.activeCalls(),
    running: countByState(running),
    answer: connect.answer(),
    faults: connect.faults(),
    stopped: controls.stopped,
    limits: limitsInForce(service.stage.file.limits, controls.limits),
    karte: karte.view(),
  };
}

const limitsInForce = (stage: Limits, replaced: Partial<Limits>): Limits => ({ ...stage, ...replaced });

/** Hours that the board sets are the same every day; of others, those of Monday. */
function dailyHours({ hours }: Queue): { hours?: { start: string; end: string } } {
  const [first] = hours?.MONDAY ?? [];
  if (!first || (first.start === ROUND_THE_CLOCK.start && first.end === ROUND_THE_CLOCK.end)) return {};
  return { hours: first };
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

/** Requests that wait for an agent: queue id → how many. */
function waitingByQueue(running: readonly Readonly<Execution>[]): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>();
  for (const { states } of running) {
    if (states.at(-1)?.name !== 'WaitForAgent') continue;
    const output = states.findLast(({ name }) => name === 'CheckQueue')?.output;
    const request = isObject(output) && isObject(output.request) ? output.request : {};
    const id = isObject(request.queue) ? request.queue.id : undefined;
    if (typeof id === 'string') waiting.set(id, (waiting.get(id) ?? 0) + 1);
  }
  return waiting;
}
