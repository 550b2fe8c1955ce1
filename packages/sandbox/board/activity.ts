import { callDurations } from '../../../domain/call-durations.ts';
import type { CallRecord } from '../../../domain/call-record.ts';
import { ownInput } from '../../../domain/own-request.ts';
import type { Contact } from '../connect/contact.ts';
import type { Execution } from '../state-machine.ts';
import { callsUnderWay } from './calls-under-way.ts';
import { dayFigures } from './day-figures.ts';
import { recordedEnding, requestIdOf } from './request-facts.ts';

/** What a row shows of a record whose call is over. */
export type EndedCall = Pick<
  CallRecord,
  'executionId' | 'phone' | 'outcome' | 'class' | 'reason' | 'agentMissed' | 'calledBackAt' | 'callBackOf'
> & {
  times: ReturnType<typeof callDurations>;
};

/** What the board keeps of a record. */
export function endedCall(record: CallRecord): EndedCall {
  const { executionId, phone, outcome, class: kind, reason, agentMissed, calledBackAt, callBackOf } = record;
  return {
    executionId,
    times: callDurations(record),
    ...(phone !== undefined && { phone }),
    ...(outcome !== undefined && { outcome }),
    ...(kind !== undefined && { class: kind }),
    ...(reason !== undefined && { reason }),
    ...(agentMissed && { agentMissed }),
    ...(calledBackAt !== undefined && { calledBackAt }),
    ...(callBackOf !== undefined && { callBackOf }),
  };
}

/** What the running stack tells the board. It only notes: views are made when somebody looks. */
export type Activity = ReturnType<typeof boardActivity>;

/**
 * Everything is kept as long as the executions themselves.
 *
 * @param timeZone of the stage
 */
export function boardActivity(timeZone: string) {
  const executions = new Map<string, string[]>();
  const running = new Set<Readonly<Execution>>();
  const calls = callsUnderWay();
  const figures = dayFigures(timeZone);
  /** By request id: how often its record was written, and what it said when it was last read. */
  const writes = new Map<string, number>();
  const ended = new Map<string, EndedCall>();
  /** Request ids of records that were written since they were read. */
  const unread = new Set<string>();
  const listeners = new Set<(row: string) => void>();

  /** A row goes by the name of its execution, or by the id of a call that came in. */
  function tellOf(requestId: string): void {
    for (const row of executions.get(requestId) ?? [requestId]) tell(row);
  }

  function tell(row: string): void {
    for (const changed of listeners) changed(row);
  }

  return {
    executionChanged(execution: Readonly<Execution>): void {
      const { name, status, startedAt } = execution;
      const requestId = requestIdOf(execution);
      const names = executions.get(requestId);
      if (!names) {
        executions.set(requestId, [name]);
        // The name is the same before and after the request has its id.
        if (!ownInput(execution.input)) figures.ask(name, startedAt);
      } else if (!names.includes(name)) names.push(name);
      if (status === 'RUNNING') running.add(execution);
      else running.delete(execution);
      const ending = status === 'RUNNING' ? undefined : recordedEnding(execution);
      // A record that was read knows more.
      if (ending && ended.get(requestId)?.executionId !== execution.arn) figures.note(name, startedAt, ending);
      tell(name);
    },
    executionForgotten(execution: Readonly<Execution>): void {
      const requestId = requestIdOf(execution);
      const left = executions.get(requestId)?.filter((name) => name !== execution.name) ?? [];
      if (left.length > 0) executions.set(requestId, left);
      else {
        executions.delete(requestId);
        calls.forget(requestId);
        for (const kept of [writes, ended, unread]) kept.delete(requestId);
      }
    },
    contactMoved(contact: Readonly<Contact>): void {
      const requestId = calls.moved(contact);
      if (requestId !== undefined) tellOf(requestId);
    },
    recordWritten(requestId: string): void {
      writes.set(requestId, (writes.get(requestId) ?? 0) + 1);
      unread.add(requestId);
    },
    /** A record is about to be read, or need not be. */
    takeUnread: (requestId: string): void => void unread.delete(requestId),
    /** It could not be read. */
    leftUnread: (requestId: string): void => void unread.add(requestId),
    /** What is in a record whose call is over. */
    recordRead(record: CallRecord): void {
      const { requestId, executionId, kind, receivedAt, outcome } = record;
      const call = endedCall(record);
      ended.set(requestId, call);
      const execution = executionId.slice(executionId.lastIndexOf(':') + 1);
      if (kind === undefined && outcome !== undefined) {
        const voicemail = calls.callOf(requestId)?.voicemail && { voicemail: true as const };
        figures.note(execution, Date.parse(receivedAt), { outcome, ...call.times, ...voicemail });
      }
      tellOf(requestId);
    },
    /** Names of a request's executions, oldest first. */
    executionsOf: (requestId: string): readonly string[] => executions.get(requestId) ?? [],
    /** The call of a request, or a call that came in. */
    callOf: calls.callOf,
    endOf: (requestId: string): EndedCall | undefined => ended.get(requestId),
    running: (): readonly Readonly<Execution>[] => [...running],
    /** Contacts that are not over. */
    liveCalls: calls.liveCalls,
    callCounts: calls.counts,
    /** Calls of customers who called by themselves, oldest first. */
    incoming: calls.incoming,
    incomingCall: calls.incomingCall,
    unread: (): readonly string[] => [...unread],
    writesOf: (requestId: string): number => writes.get(requestId) ?? 0,
    figures: { version: figures.version, view: figures.view },
    /** Is told the key of each row that changed. @returns ends it */
    listen(changed: (row: string) => void): () => void {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}
