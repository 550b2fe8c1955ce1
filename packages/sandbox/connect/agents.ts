export type AgentStatus = 'available' | 'offline' | 'break';

/** Somebody who takes calls. */
export interface Agent {
  id: string;
  name: string;
  /** Ids of the queues the agent serves. */
  queues: readonly string[];
  status: AgentStatus;
  /** The contact the agent is talking with, is being offered, or missed; a status set meanwhile takes effect at the end of that. */
  contactId?: string;
  /** The call is over, but after-contact work is not: the agent cannot take another call yet. */
  afterCallWork?: true;
}

/** An agent who can take a contact now. */
export const isFree = ({ status, contactId }: Agent): boolean => status === 'available' && contactId === undefined;

/** An agent who went offline during a call stays logged in until it ends. */
export const isLoggedIn = ({ status, contactId }: Agent): boolean => status !== 'offline' || contactId !== undefined;

/**
 * The agents of the instance. Those who have been available longest come first.
 *
 * @param changed is told of every agent whose state changed, and of one who has left for good
 */
export function agentList(newId: () => string, changed: (agent: Agent, gone: boolean) => void) {
  const agents = new Map<string, Agent>();
  /** Who is free for each queue, the longest idle first. */
  const free = new Map<string, Set<Agent>>();
  const byContact = new Map<string, Agent>();

  const find = (id: string): Agent => {
    const agent = agents.get(id);
    if (!agent) throw new Error(`There is no agent ${id}`);
    return agent;
  };

  const freeFor = (queueId: string): Set<Agent> => {
    const known = free.get(queueId) ?? new Set();
    free.set(queueId, known);
    return known;
  };

  /** Puts the agent where the state says: last among the free, or not among them. */
  function settle(agent: Agent): void {
    for (const queueId of agent.queues) freeFor(queueId).delete(agent);
    if (!agents.has(agent.id)) return;
    if (isFree(agent)) for (const queueId of agent.queues) freeFor(queueId).add(agent);
    changed(agent, false);
  }

  const goToEnd = (agent: Agent): void => {
    if (agents.delete(agent.id)) agents.set(agent.id, agent);
    settle(agent);
  };

  return {
    /** Logs an agent in, available. */
    add({ name, queues }: { name: string; queues: readonly string[] }): Agent {
      const agent: Agent = { id: newId(), name, queues: [...queues], status: 'available' };
      agents.set(agent.id, agent);
      settle(agent);
      return structuredClone(agent);
    },
    /** A call of the agent continues. */
    remove(id: string): void {
      const gone = find(id);
      agents.delete(id);
      settle(gone);
      changed(gone, true);
    },
    setStatus(id: string, status: AgentStatus): void {
      const agent = find(id);
      if (agent.status === status) return;
      agent.status = status;
      goToEnd(agent);
    },
    all: (): Agent[] => structuredClone([...agents.values()]),
    /** The agents themselves, for reading only. */
    now: (): readonly Agent[] => [...agents.values()],
    isFreeFor: (queueId: string): boolean => freeFor(queueId).size > 0,
    /** Gives the contact to the free agent of the queue who has been idle longest, if there is one. */
    take(queueId: string, contactId: string): Agent | undefined {
      const [agent] = freeFor(queueId);
      if (!agent) return undefined;
      agent.contactId = contactId;
      byContact.set(contactId, agent);
      settle(agent);
      return structuredClone(agent);
    },
    /**
     * The agent does not take the call.
     * @returns makes the agent available again: until then, no call is offered
     */
    miss(contactId: string): () => void {
      const agent = byContact.get(contactId);
      byContact.delete(contactId);
      return () => {
        if (agent?.contactId !== contactId) return;
        delete agent.contactId;
        goToEnd(agent);
      };
    },
    /** The agent's call is over, and after-contact work begins. */
    wrapUp(contactId: string): void {
      const agent = byContact.get(contactId);
      if (!agent) return;
      agent.afterCallWork = true;
      settle(agent);
    },
    /** Ends the agent's call, and after-contact work. */
    release(contactId: string): void {
      const agent = byContact.get(contactId);
      if (!agent) return;
      byContact.delete(contactId);
      delete agent.contactId;
      delete agent.afterCallWork;
      goToEnd(agent);
    },
  };
}

export type AgentList = ReturnType<typeof agentList>;
