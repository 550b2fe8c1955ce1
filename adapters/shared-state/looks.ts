import { type Documents, readTogether } from '../dynamodb.ts';
import { type BlockedNumber, blockIn, blockKey, CONTROLS_KEY, type ControlState, controlsIn } from './controls.ts';
import { countedIn, limitKey } from './limit-counters.ts';
import { refusalStands, ringTimeoutKey } from './ring-timeout.ts';
import { readingKey, type Seen } from './shared-readings.ts';
import { nextTurnIn, TURNS_KEY } from './turns.ts';

/** What is always read before a number is called. */
interface Look {
  controls: ControlState;
  /** How the number is blocked, if it is. */
  blocked: BlockedNumber['kind'] | undefined;
}

export interface FirstLook extends Look {
  /** Amazon Connect's last readings of the queue and its agents. */
  queue: Seen;
  agents: Seen;
  /** Next turn of the row, epoch milliseconds. */
  nextTurn: number;
  /** Count of each limit, by its id. */
  counted: ReadonlyMap<string, number>;
}

/**
 * What a step reads first, in one request: DynamoDB reads all of it as fast as one item.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface Looks {
  /** When a request is claimed. @param limitIds limits that count it */
  first(phone: string, queueId: string, limitIds: readonly string[]): Promise<FirstLook>;
  /**
   * Right before the phone may ring.
   * @param ringTimeoutSeconds the stage's own, if it has one
   */
  last(
    phone: string,
    ringTimeoutSeconds: number | null,
    now: () => Date,
  ): Promise<Look & { ringTimeoutRefused: boolean }>;
}

export const AGENTS_READING = 'agents';
export const queueReading = (queueId: string): string => `queue#${queueId}`;
export const calendarReading = (queueId: string): string => `calendar#${queueId}`;

/** Reads the guards table. */
export function dynamoLooks(TableName: string, documents: Documents): Looks {
  const read = (keys: readonly { guardId: string }[]) => readTogether(documents, TableName, keys);
  const keysOf = (phone: string) => [CONTROLS_KEY, blockKey(phone)];
  type Items = Awaited<ReturnType<typeof read>>;
  const lookIn = (items: Items, phone: string): Look => ({
    controls: controlsIn(items.get(CONTROLS_KEY.guardId)),
    blocked: blockIn(items.get(blockKey(phone).guardId)),
  });

  return {
    async first(phone, queueId, limitIds) {
      const [queue, agents] = [readingKey(queueReading(queueId)), readingKey(AGENTS_READING)];
      const items = await read([...keysOf(phone), queue, agents, TURNS_KEY, ...limitIds.map(limitKey)]);
      return {
        ...lookIn(items, phone),
        queue: { item: items.get(queue.guardId) },
        agents: { item: items.get(agents.guardId) },
        nextTurn: nextTurnIn(items.get(TURNS_KEY.guardId)),
        counted: new Map(limitIds.map((id) => [id, countedIn(items.get(limitKey(id).guardId))])),
      };
    },

    async last(phone, ringTimeoutSeconds, now) {
      const refusal = ringTimeoutSeconds === null ? [] : [ringTimeoutKey(ringTimeoutSeconds)];
      const items = await read([...keysOf(phone), ...refusal]);
      const refused = refusal.some(({ guardId }) => refusalStands(items.get(guardId), now()));
      return { ...lookIn(items, phone), ringTimeoutRefused: refused };
    },
  };
}
