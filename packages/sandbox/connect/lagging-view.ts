import type { Agent } from './agents.ts';
import type { Contact } from './contact.ts';

/** What the metrics are counted from. */
export interface CentreView {
  agents: readonly Agent[];
  /** Contacts that wait in a queue. */
  waiting: readonly QueuedContact[];
  /** The moment that is shown. */
  now: Date;
}

export type QueuedContact = Pick<Contact, 'id' | 'queueId' | 'queuedAt'>;

interface Change {
  at: number;
  apply(): void;
}

/** Changes that are no longer needed are dropped in batches of this size. */
const BUNCH = 1_000;

/**
 * The agents and queues as they were some time ago: Amazon Connect's metrics lag.
 *
 * @param lagMs of the clock; 0 shows the present
 */
export function laggingView(lagMs: number, now: () => Date) {
  const agents = new Map<string, Agent>();
  const waiting = new Map<string, QueuedContact>();
  let changes: Change[] = [];
  let seen = 0;

  function catchUp(): void {
    const until = now().getTime() - lagMs;
    for (let next = changes[seen]; next && next.at <= until; next = changes[seen]) {
      next.apply();
      seen += 1;
    }
    if (seen < BUNCH && seen < changes.length) return;
    changes = changes.slice(seen);
    seen = 0;
  }

  function later(apply: () => void): void {
    changes.push({ at: now().getTime(), apply });
    catchUp();
  }

  return {
    agentChanged(agent: Agent, gone: boolean): void {
      const copy = { ...agent };
      later(() => (gone ? agents.delete(copy.id) : agents.set(copy.id, copy)));
    },
    enteredQueue({ id, queueId, queuedAt }: Contact): void {
      const copy = { id, ...(queueId !== undefined && { queueId }), ...(queuedAt !== undefined && { queuedAt }) };
      later(() => waiting.set(id, copy));
    },
    leftQueue({ id }: Contact): void {
      later(() => waiting.delete(id));
    },
    look(): CentreView {
      catchUp();
      return {
        agents: [...agents.values()],
        waiting: [...waiting.values()],
        now: new Date(now().getTime() - lagMs),
      };
    },
  };
}
