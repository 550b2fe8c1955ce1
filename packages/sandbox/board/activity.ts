import { callDurations } from '../../../domain/call-durations.ts';
import type { CallRecord } from '../../../domain/call-record.ts';
import { ownInput } from '../../../domain/own-request.ts';
import type { Contact } from '../connect/contact.ts';
import type { Execution } from '../state-machine.ts';
import { callsUnderWay } from './calls-under-way.ts';
import { dayFigures } from './day-figures.ts';
import { recordedEnding, requestIdOf } from './request-facts.ts';
import { standingOf } from './standing.ts';

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

/** Collects what the running stack reports. Views are only built when somebody looks. */
export type Activity = ReturnType<typeof boardActivity>;

/**
 * Everything is kept for as long as the executions.
 *
 * @param timeZone of the stage
 */
export function boardActivity(timeZone: string) {
  /** By request id: its own, and those of redeliveries, oldest first. */
  const executions = new Map<string, Readonly<Execution>[]>();
  /** By the id of the visitor's request: the ids of its calls, the original one first. */
  const tries = new Map<string, Set<string>>();
  const running = new Set<Readonly<Execution>>();
  const calls = callsUnderWay();
  const figures = dayFigures(timeZone);
  /** By request id: how often its record was written, and its content when last read. */
  const writes = new Map<string, number>();
  const ended = new Map<string, EndedCall>();
  /** Request ids of records that changed since they were read. */
  const unread = new Set<string>();
  const listeners = new Set<(row: string) => void>();

  /** The key of a row is the name of its execution, or the id of an inbound call. */
  function tellOf(requestId: string): void {
    for (const row of executions.get(requestId)?.map(({ name }) => name) ?? [requestId]) tell(row);
  }

  function tell(row: string): void {
    for (const changed of listeners) changed(row);
  }

  /** Counts the request of a call, by the last call made for it. */
  function count(requestId: string): void {
    const [own] = executions.get(requestId) ?? [];
    if (!own) return;
    const firstId = ownInput(own.input)?.ownRequest.tryOf ?? requestId;
    const known = tries.get(firstId) ?? new Set();
    tries.set(firstId, known.add(requestId));
    const [last = requestId] = [...known].slice(-1);
    // A redelivery has no call of its own: the first execution has it.
    const all = executions.get(last) ?? [];
    const execution = all.findLast((one) => recordedEnding(one)?.outcome !== 'duplicate') ?? all[0];
    const [first] = executions.get(firstId) ?? [];
    if (!execution || !first) return;
    // The name is the same before and after the request has its id.
    figures.note(first.name, standingOf({ execution, call: calls.callOf(last), ended: ended.get(last) }));
  }

  return {
    executionChanged(execution: Readonly<Execution>): void {
      const { name, status, startedAt, input } = execution;
      const requestId = requestIdOf(execution);
      const known = executions.get(requestId);
      if (!known) {
        executions.set(requestId, [execution]);
        if (!ownInput(input)) figures.ask(name, startedAt);
      } else if (!known.some((one) => one.name === name)) known.push(execution);
      if (status === 'RUNNING') running.add(execution);
      else running.delete(execution);
      count(requestId);
      tell(name);
    },
    executionForgotten(execution: Readonly<Execution>): void {
      const requestId = requestIdOf(execution);
      const left = executions.get(requestId)?.filter(({ name }) => name !== execution.name) ?? [];
      if (left.length > 0) executions.set(requestId, left);
      else {
        executions.delete(requestId);
        tries.delete(requestId);
        calls.forget(requestId);
        for (const kept of [writes, ended, unread]) kept.delete(requestId);
      }
    },
    contactMoved(contact: Readonly<Contact>): void {
      const requestId = calls.moved(contact);
      if (requestId === undefined) return;
      count(requestId);
      tellOf(requestId);
    },
    recordWritten(requestId: string): void {
      writes.set(requestId, (writes.get(requestId) ?? 0) + 1);
      unread.add(requestId);
    },
    /** A record is about to be read, or need not be. */
    takeUnread: (requestId: string): void => void unread.delete(requestId),
    /** It could not be read. */
    leftUnread: (requestId: string): void => void unread.add(requestId),
    /** The content of a record whose call is over. */
    recordRead(record: CallRecord): void {
      const { requestId } = record;
      ended.set(requestId, endedCall(record));
      count(requestId);
      tellOf(requestId);
    },
    /** Names of a request's executions, oldest first. */
    executionsOf: (requestId: string): readonly string[] => executions.get(requestId)?.map(({ name }) => name) ?? [],
    /** The call of a request, or an inbound call. */
    callOf: calls.callOf,
    endOf: (requestId: string): EndedCall | undefined => ended.get(requestId),
    running: (): readonly Readonly<Execution>[] => [...running],
    /** Contacts that are not over. */
    liveCalls: calls.liveCalls,
    callCounts: calls.counts,
    /** Inbound calls, oldest first. */
    incoming: calls.incoming,
    incomingCall: calls.incomingCall,
    unread: (): readonly string[] => [...unread],
    writesOf: (requestId: string): number => writes.get(requestId) ?? 0,
    figures: { version: figures.version, view: figures.view },
    /** Receives the key of each changed row. @returns unsubscribes */
    listen(changed: (row: string) => void): () => void {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}
