import { CREATE } from '../domain/created-ids.ts';
import { nameOfPool } from '../domain/pools.ts';
import type { StageFile } from '../domain/stage-file.ts';

/** The ids, or CloudFormation references to them. */
interface Ids {
  instance: string;
  /** ARN of the flow that a call starts with. */
  contactFlow: string;
  queue(name: string): string;
  routingProfile(pool: readonly string[]): string;
}

/**
 * What the stack stores for the functions: the ids of what it created, and of the flow that calls start with.
 * domain/created-ids.ts reads it.
 */
export function idsDocument({ connect, create, agents }: StageFile, ids: Ids): string {
  const made = Object.keys(connect.queues).filter((name) => connect.queues[name] === CREATE);
  return JSON.stringify({
    ...(connect.instanceId === CREATE && { instanceId: ids.instance }),
    contactFlow: ids.contactFlow,
    queues: Object.fromEntries(made.map((name) => [name, ids.queue(name)])),
    ...(create.routingProfiles && {
      routingProfiles: Object.fromEntries(agents.pools.map((pool) => [nameOfPool(pool), ids.routingProfile(pool)])),
    }),
  });
}
