import type { StageSettings } from './stage-settings.ts';

/** Queues that share agents: one agent who serves two queues is available in both, so leases of both count. */
interface Pool {
  queueIds: readonly string[];
}

/** A pool is named after its first queue, which is in no other pool. */
export const nameOfPool = ([first = '']: readonly string[]): string => first;

/** Available agents, each once. @param counted by queue; an agent who serves several counts in each */
export const availableAgents = (
  { agents, connect }: Pick<StageSettings, 'agents' | 'connect'>,
  counted: Readonly<Record<string, number>>,
): number =>
  agents.pools.reduce(
    (sum, names) => sum + Math.max(0, ...names.map((name) => counted[connect.queues[name] ?? ''] ?? 0)),
    0,
  );

/** The pool of a queue. Throws if there is none, which the stage's schema rules out. */
export function poolOf({ agents, connect }: Pick<StageSettings, 'agents' | 'connect'>, queueId: string): Pool {
  for (const names of agents.pools) {
    const queueIds = names.flatMap((name) => connect.queues[name] ?? []);
    if (queueIds.includes(queueId)) return { queueIds };
  }
  throw new Error(`the queue ${queueId} belongs to no pool of agents`);
}
