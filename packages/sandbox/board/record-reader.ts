import type { CallRecord } from '../../../domain/call-record.ts';
import { mayHaveRung } from '../../../domain/outcomes.ts';
import type { Stack } from '../stack.ts';
import { recordedEnding } from './request-facts.ts';

interface ReadStack extends Pick<Stack, 'activity' | 'record' | 'records'> {
  stateMachine: Pick<Stack['stateMachine'], 'executions'>;
}

/** Up to this many records are read one by one; for more, the whole table is read at once. */
const ONE_BY_ONE = 20;

/**
 * Reads changed records of calls that are over: how a call ended is recorded a moment after its end, or much later.
 * @returns a function that reads what has changed
 */
export function recordReader({ activity, stateMachine, record, records }: ReadStack): () => Promise<void> {
  let reading: Promise<void> | undefined;

  /** The record of a call in progress adds nothing to the call; that of a request without a call is final. */
  function isWanted(requestId: string): boolean {
    const call = activity.callOf(requestId);
    if (call) return call.state === 'ended';
    const [name = ''] = activity.executionsOf(requestId);
    const execution = stateMachine.executions.get(name);
    if (execution?.status === 'RUNNING') return false;
    const ending = execution && recordedEnding(execution);
    if (execution && (!ending || mayHaveRung(ending.outcome))) return true;
    activity.takeUnread(requestId);
    return false;
  }

  async function read(wanted: readonly string[]): Promise<void> {
    // Later writes must be read again.
    for (const requestId of wanted) activity.takeUnread(requestId);
    try {
      for (const found of await readAll(wanted)) activity.recordRead(found);
    } catch {
      // The machine is busy, or the stack is closing: the next run tries again.
      for (const requestId of wanted) activity.leftUnread(requestId);
    }
  }

  async function readAll(wanted: readonly string[]): Promise<CallRecord[]> {
    if (wanted.length <= ONE_BY_ONE)
      return (await Promise.all(wanted.map((id) => record(id)))).filter((one) => one !== undefined);
    const ids = new Set(wanted);
    return (await records()).filter(({ requestId }) => ids.has(requestId));
  }

  return async () => {
    if (reading) return reading;
    const wanted = activity.unread().filter(isWanted);
    if (wanted.length === 0) return;
    reading = read(wanted);
    await reading;
    reading = undefined;
  };
}
