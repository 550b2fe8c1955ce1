import { randomUUID } from 'node:crypto';

export type AgentStatus = 'available' | 'offline' | 'break';

/** Somebody who takes calls. */
export interface Agent {
  id: string;
  name: string;
  /** Ids of the queues the agent serves. */
  queues: readonly string[];
  status: AgentStatus;
  /** The contact the agent talks with; a status set meanwhile counts from the end of that call. */
  contactId?: string;
}

/** An agent who can take a contact now. */
export const isFree = ({ status, contactId }: Agent): boolean => status === 'available' && contactId === undefined;

/** An agent who went offline during a call is logged in until it ends. */
export const isLoggedIn = ({ status, contactId }: Agent): boolean => status !== 'offline' || contactId !== undefined;

/** The agents of the instance. Those who have been available longest come first. */
export function agentList() {
  let agents: Agent[] = [];
  const find = (id: string): Agent => {
    const agent = agents.find((candidate) => candidate.id === id);
    if (!agent) throw new Error(`There is no agent ${id}`);
    return agent;
  };

  const goToEnd = (agent: Agent): void => {
    agents = [...agents.filter((other) => other !== agent), agent];
  };

  return {
    /** Logs an agent in, available. */
    add({ name, queues }: { name: string; queues: readonly string[] }): Agent {
      const agent: Agent = { id: randomUUID(), name, queues: [...queues], status: 'available' };
      agents.push(agent);
      return structuredClone(agent);
    },
    /** A call the agent has goes on. */
    remove(id: string): void {
      const gone = find(id);
      agents = agents.filter((agent) => agent !== gone);
    },
    setStatus(id: string, status: AgentStatus): void {
      const agent = find(id);
      if (agent.status === status) return;
      agent.status = status;
      goToEnd(agent);
    },
    all: (): Agent[] => structuredClone(agents),
    /** Gives the contact to the free agent of the queue who has been idle longest, if there is one. */
    take(queueId: string, contactId: string): Agent | undefined {
      const agent = agents.find((candidate) => isFree(candidate) && candidate.queues.includes(queueId));
      if (!agent) return undefined;
      agent.contactId = contactId;
      return structuredClone(agent);
    },
    /** Ends the agent's call. */
    release(contactId: string): void {
      const agent = agents.find((candidate) => candidate.contactId === contactId);
      if (!agent) return;
      delete agent.contactId;
      goToEnd(agent);
    },
  };
}

export type AgentList = ReturnType<typeof agentList>;
