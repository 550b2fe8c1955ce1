import type { CallRecord } from '../../../domain/call-record.ts';
import { mayHaveRung } from '../../../domain/outcomes.ts';
import type { Stack } from '../stack.ts';
import { recordedEnding } from './request-facts.ts';

interface ReadStack extends Pick<Stack, 'activity' | 'record' | 'records'> {
  stateMachine: Pick<Stack['stateMachine'], 'executions'>;
}

/** So many records are asked for one by one; of more, the whole table is read at once. */
const ONE_BY_ONE = 20;

/**
 * Reads the records of calls that are over, each when it was written since: how a call ended stands there a moment after its
 * end, or much later. @returns reads what there is; does nothing where there is nothing
 */
export function recordReader({ activity, stateMachine, record, records }: ReadStack): () => Promise<void> {
  let reading: Promise<void> | undefined;

  /** The record of a call that goes on says nothing that the call does not; that of a request without one, nothing new. */
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
    // What is written from now on is to be read again.
    for (const requestId of wanted) activity.takeUnread(requestId);
    try {
      for (const found of await readAll(wanted)) activity.recordRead(found);
    } catch {
      // The machine is busy, or the stack closes: the next look tries again.
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
