import type { CallRecord } from '../../../domain/call-record.ts';
import type { Stack } from '../stack.ts';
import type { Execution } from '../state-machine.ts';
import { detailOf, detailOfIncoming } from './detail.ts';
import { requestIdOf } from './request-facts.ts';
import { placeInLine } from './waiting-line.ts';

/**
 * One request somebody looks at. The record is read from the table when it was written, not at every look.
 *
 * @param requested a request id, the name of one execution, or the id of a call that came in; none need exist yet
 */
export function watchRequest(stack: Stack, requested: string) {
  const { activity, connect, stateMachine } = stack;
  let record: CallRecord | undefined;
  /** How often it had been written when it was read. */
  let readWrites = 0;
  let reading: Promise<void> | undefined;
  let sent = '';

  /** An id stands for the request's first execution: those after it are redeliveries. */
  function execution(): Execution | undefined {
    const own = stateMachine.executions.get(requested);
    if (own) return own;
    const [first] = activity.executionsOf(requested);
    return first === undefined ? undefined : stateMachine.executions.get(first);
  }

  /** The request, or the call that came in, by the id that its record has. */
  function find(): { requestId: string; execution?: Execution } | undefined {
    const found = execution();
    if (found) return { requestId: requestIdOf(found), execution: found };
    return activity.incomingCall(requested);
  }

  async function read(): Promise<void> {
    const found = find();
    if (!found) return;
    const before = readWrites;
    readWrites = activity.writesOf(found.requestId);
    try {
      record = await stack.record(found.requestId);
    } catch {
      // The machine is busy, or the stack closes: the next look tries again.
      readWrites = before;
    }
  }

  return {
    /** Reads the call record. */
    read,
    /** The detail as JSON where it is another than the last time; undefined if nothing is new, or nothing known. */
    news(): string | undefined {
      const found = find();
      if (!found) return undefined;
      const { requestId } = found;
      if (!reading && activity.writesOf(requestId) !== readWrites) {
        reading = read().finally(() => {
          reading = undefined;
        });
      }
      const call = activity.callOf(requestId);
      const parts = {
        call,
        contacts: call?.contactIds.flatMap((id) => connect.contact(id) ?? []) ?? [],
        record,
        executions: activity.executionsOf(requestId),
        agents: connect.agents(),
        faultHits: connect.faultHits(),
        timeZone: stack.service.stage.file.callingHours.timeZone,
      };
      const incoming = activity.incomingCall(requestId);
      const detail = found.execution ? detailOf(found.execution, parts) : incoming && detailOfIncoming(incoming, parts);
      const inLine = found.execution && placeInLine(found.execution.name, activity.running());
      const json = JSON.stringify(detail && { ...detail, ...(inLine && { inLine }) });
      if (json === sent) return undefined;
      sent = json;
      return json;
    },
  };
}
