import { CREATE } from '../domain/created-ids.ts';
import { nameOfPool } from '../domain/pools.ts';
import type { StageFile } from '../domain/stage-file.ts';

/** What stands for the id of each thing. */
interface Ids {
  instance: string;
  /** ARN of the flow that a call starts with. */
  contactFlow: string;
  queue(name: string): string;
  routingProfile(pool: readonly string[]): string;
}

/** Parameters of Systems Manager that cost nothing take so many bytes. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export const MOST_BYTES = 4_096;

/**
 * What the stack writes for the functions: the ids of what it made, and of the flow that a call starts with.
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

const ID = '00000000-0000-4000-8000-000000000000';
const ARN = `arn:aws-us-gov:connect:ap-northeast-1:000000000000:instance/${ID}/contact-flow/${ID}`;

/** How long that gets, whatever the ids. */
export const bytesOfIds = (file: StageFile): number =>
  Buffer.byteLength(idsDocument(file, { instance: ID, contactFlow: ARN, queue: () => ID, routingProfile: () => ID }));
