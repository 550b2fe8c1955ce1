import { cameBefore, placeOf } from '../../../adapters/waiting-room.ts';
import { isObject } from '../../../domain/json-object.ts';
import type { Execution } from '../state-machine.ts';
import type { RequestDetail, RequestRow } from './protocol.ts';

/** A request in the line of its queue. */
interface Waiting extends NonNullable<RequestRow['line']> {
  execution: string;
}

/** Requests that wait for an agent, those who came first in each queue first. @param running executions */
export function lineOf(running: readonly Readonly<Execution>[]): Waiting[] {
  return running
    .flatMap((execution) => {
      const place = waitingAt(execution);
      return place ? [{ execution: execution.name, ...place }] : [];
    })
    .sort((a, b) => (cameBefore(a.place, b.place) ? -1 : 1));
}

/** The line that an execution stands in now, and its place there as the waiting room orders them. */
export function waitingAt({ states }: Readonly<Execution>): RequestRow['line'] {
  if (states.at(-1)?.name !== 'WaitForAgent') return undefined;
  const output = states.findLast((visit) => visit.name === 'CheckQueue')?.output;
  const request = isObject(output) && isObject(output.request) ? output.request : {};
  const { queue, requestId, receivedAt, callAt } = request;
  const queueId = isObject(queue) ? queue.id : undefined;
  if (![queueId, requestId, receivedAt].every((text) => typeof text === 'string')) return undefined;
  const place = placeOf({
    requestId: String(requestId),
    receivedAt: String(receivedAt),
    callAt: typeof callAt === 'string' ? callAt : undefined,
  });
  return { queueId: String(queueId), place };
}

/** Where an execution is in its queue's line; undefined if it is in none. */
export function placeInLine(execution: string, running: readonly Readonly<Execution>[]): RequestDetail['inLine'] {
  const line = lineOf(running);
  const own = line.find((one) => one.execution === execution);
  const queue = line.filter(({ queueId }) => queueId === own?.queueId);
  return own && { place: queue.indexOf(own) + 1, of: queue.length };
}
