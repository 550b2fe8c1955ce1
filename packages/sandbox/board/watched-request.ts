import type { CallRecord } from '../../../domain/call-record.ts';
import type { Stack } from '../stack.ts';
import type { Execution } from '../state-machine.ts';
import { detailOf } from './detail.ts';
import { requestIdOf } from './request-facts.ts';

/** Where an execution has ended and its record has not, the record is read again so often, in milliseconds. */
const READ_AGAIN_MS = 1_000;

/**
 * One request somebody looks at. The record is read from the table when the request has come further, not at every look.
 *
 * @param requested a request id, or the name of one execution; neither need exist yet
 */
export function watchRequest(stack: Stack, requested: string) {
  const { activity, connect, stateMachine } = stack;
  let record: CallRecord | undefined;
  /** How far the request was when the record was read. */
  let readAt = '';
  let readTime = 0;
  let reading: Promise<void> | undefined;
  let sent = '';

  /** An id stands for the request's first execution: those after it are redeliveries. */
  function execution(): Execution | undefined {
    const own = stateMachine.executions.get(requested);
    if (own) return own;
    const [first] = activity.executionsOf(requested);
    return first === undefined ? undefined : stateMachine.executions.get(first);
  }

  const stepOf = ({ name, status, states }: Execution, requestId: string): string => {
    const { length } = activity.executionsOf(requestId);
    return [name, status, states.length, states.at(-1)?.exitedAt, activity.callOf(requestId)?.state, length].join();
  };

  function isOld(found: Execution, requestId: string): boolean {
    if (stepOf(found, requestId) !== readAt) return true;
    const isOpen = found.status !== 'RUNNING' && record?.status !== 'ended';
    return isOpen && Date.now() - readTime >= READ_AGAIN_MS;
  }

  async function read(): Promise<void> {
    const found = execution();
    if (!found) return;
    const requestId = requestIdOf(found);
    readAt = stepOf(found, requestId);
    readTime = Date.now();
    try {
      record = await stack.record(requestId);
    } catch {
      // The table does not answer while the stack closes.
    }
  }

  return {
    /** Reads the call record. */
    read,
    /** The detail as JSON where it is another than the last time; undefined where nothing is new, or nothing known. */
    news(): string | undefined {
      const found = execution();
      if (!found) return undefined;
      const requestId = requestIdOf(found);
      if (!reading && isOld(found, requestId)) {
        reading = read().finally(() => {
          reading = undefined;
        });
      }
      const call = activity.callOf(requestId);
      const json = JSON.stringify(
        detailOf(found, {
          call,
          contact: call && connect.contact(call.contactId),
          record,
          executions: activity.executionsOf(requestId),
          agents: connect.agents(),
          faultHits: connect.faultHits(),
        }),
      );
      if (json === sent) return undefined;
      sent = json;
      return json;
    },
  };
}
