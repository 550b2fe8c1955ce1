import type { Contact, ContactState } from '../connect/contact.ts';
import type { Execution } from '../state-machine.ts';
import { requestIdOf } from './request-facts.ts';

/** The call of a request, as far as a row shows it. */
export interface CallOfRequest {
  contactId: string;
  state: ContactState;
}

/** What the running stack tells the board. It only notes: views are made when somebody looks. */
export interface Activity {
  executionChanged(execution: Readonly<Execution>): void;
  executionForgotten(execution: Readonly<Execution>): void;
  contactMoved(contact: Readonly<Contact>): void;
  /** Names of a request's executions, oldest first. */
  executionsOf(requestId: string): readonly string[];
  callOf(requestId: string): CallOfRequest | undefined;
  running(): readonly Readonly<Execution>[];
  /** Calls that are not over. */
  liveCalls(): readonly { queueId: string | undefined; state: ContactState }[];
  /** Is told the name of each execution that changed. @returns ends it */
  listen(changed: (execution: string) => void): () => void;
}

/** Everything is kept as long as the executions themselves. */
export function boardActivity(): Activity {
  const executions = new Map<string, string[]>();
  const running = new Set<Readonly<Execution>>();
  const calls = new Map<string, CallOfRequest>();
  const live = new Map<string, { queueId: string | undefined; state: ContactState; requestId: string | undefined }>();
  const listeners = new Set<(execution: string) => void>();

  const tell = (name: string): void => {
    for (const changed of listeners) changed(name);
  };

  return {
    executionChanged(execution) {
      const requestId = requestIdOf(execution);
      const names = executions.get(requestId);
      if (!names) executions.set(requestId, [execution.name]);
      else if (!names.includes(execution.name)) names.push(execution.name);
      if (execution.status === 'RUNNING') running.add(execution);
      else running.delete(execution);
      tell(execution.name);
    },
    executionForgotten(execution) {
      const requestId = requestIdOf(execution);
      const left = executions.get(requestId)?.filter((name) => name !== execution.name) ?? [];
      if (left.length > 0) executions.set(requestId, left);
      else {
        executions.delete(requestId);
        calls.delete(requestId);
      }
    },
    contactMoved({ id, state, queueId, attributes }) {
      const requestId = attributes.request_id;
      if (state === 'ended') live.delete(id);
      else live.set(id, { queueId, state, requestId });
      if (requestId === undefined) return;
      // A customer who was handed on is in a contact that goes on while the one before ends.
      const goesOn = state === 'ended' && [...live.values()].some((other) => other.requestId === requestId);
      if (!goesOn) calls.set(requestId, { contactId: id, state });
      for (const name of executions.get(requestId) ?? []) tell(name);
    },
    executionsOf: (requestId) => executions.get(requestId) ?? [],
    callOf: (requestId) => calls.get(requestId),
    running: () => [...running],
    liveCalls: () => [...live.values()].map(({ queueId, state }) => ({ queueId, state })),
    listen(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}
