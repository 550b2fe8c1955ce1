import type { StageSettings } from './stage-settings.ts';

/** Queues that share agents: one agent who serves two queues is available in both, so they share one book of leases. */
interface Pool {
  /** Name of its book of leases. */
  book: string;
  queueIds: readonly string[];
}

/** Name of the book of outside lines. */
export const LINES = 'lines';

const AGENTS = 'agents:';

/** Do two books have a queue in common? Then they are of the same agents: the stage's pools were regrouped in between. */
export function sharesQueue(book: string, other: string): boolean {
  const queuesOf = (name: string) => (name.startsWith(AGENTS) ? name.slice(AGENTS.length).split('+') : []);
  const queues = queuesOf(other);
  return queuesOf(book).some((queue) => queues.includes(queue));
}

/** The pools of the stage. */
export function poolsOf({ agents, connect }: Pick<StageSettings, 'agents' | 'connect'>): Pool[] {
  return agents.pools.map((names) => ({
    book: `${AGENTS}${names.join('+')}`,
    queueIds: names.flatMap((name) => connect.queues[name] ?? []),
  }));
}

/** The pool of a queue; none where the queue was taken out of the stage since. */
export const findPool = (settings: Pick<StageSettings, 'agents' | 'connect'>, queueId: string): Pool | undefined =>
  poolsOf(settings).find(({ queueIds }) => queueIds.includes(queueId));

/** The pool of a queue. Throws where the queue belongs to none, which the stage's schema rules out. */
export function poolOf(settings: Pick<StageSettings, 'agents' | 'connect'>, queueId: string): Pool {
  const pool = findPool(settings, queueId);
  if (!pool) throw new Error(`the queue ${queueId} belongs to no pool of agents`);
  return pool;
}
