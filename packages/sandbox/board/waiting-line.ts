import { cameBefore, placeOf } from '../../../adapters/waiting-room.ts';
import { isObject } from '../../../domain/json-object.ts';
import type { Execution } from '../state-machine.ts';
import type { RequestDetail } from './protocol.ts';

/** A request in the line of its queue. */
interface Waiting {
  execution: string;
  queueId: string;
  /** As the waiting room orders them. */
  place: string;
}

/** Requests that wait for an agent, whoever comes first in each queue first. @param running executions */
export function lineOf(running: readonly Readonly<Execution>[]): Waiting[] {
  return running.flatMap(waiting).sort((a, b) => (cameBefore(a.place, b.place) ? -1 : 1));
}

function waiting({ name, states }: Readonly<Execution>): Waiting[] {
  if (states.at(-1)?.name !== 'WaitForAgent') return [];
  const output = states.findLast((visit) => visit.name === 'CheckQueue')?.output;
  const request = isObject(output) && isObject(output.request) ? output.request : {};
  const { queue, requestId, receivedAt, callAt } = request;
  const queueId = isObject(queue) ? queue.id : undefined;
  if (![queueId, requestId, receivedAt].every((text) => typeof text === 'string')) return [];
  const place = placeOf({
    requestId: String(requestId),
    receivedAt: String(receivedAt),
    callAt: typeof callAt === 'string' ? callAt : undefined,
  });
  return [{ execution: name, queueId: String(queueId), place }];
}

/** Where an execution stands in its queue's line; undefined where it is in none. */
export function placeInLine(execution: string, running: readonly Readonly<Execution>[]): RequestDetail['inLine'] {
  const line = lineOf(running);
  const own = line.find((one) => one.execution === execution);
  const queue = line.filter(({ queueId }) => queueId === own?.queueId);
  return own && { place: queue.indexOf(own) + 1, of: queue.length };
}
