import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dayOfSlot } from '../../domain/appointment-slots.ts';
import { type Documents, readTogether, ttl, unlessRefused } from '../dynamodb.ts';
import type { ReadingClock } from './shared-readings.ts';
import { shortId } from './short-id.ts';

/** A place in a slot of a queue, for one request. */
export interface Appointment {
  requestId: string;
  /** E.164. */
  phone: string;
  queueId: string;
  /** The first moment of the slot. */
  at: Date;
}

/** Places in a slot of a queue, and appointments that a number may have ahead. */
interface Most {
  perSlot: number;
  perNumber: number;
}

/** `slot_full`: others have it. The other two concern the number: it has one at this time, or as many as it may have. */
type Booked = 'booked' | 'slot_full' | 'number_has_slot' | 'number_has_enough';

/**
 * The appointments. A place in a slot belongs to a request until it is given back or has passed.
 *
 * Fails closed: while the table does not answer, nothing is promised.
 */
export interface AppointmentBook {
  /** Takes a place in a slot, only one however often the request asks. */
  book(appointment: Appointment, most: Most): Promise<Booked>;
  /** Gives the place back. Safe to repeat; does nothing if the request has none. */
  giveBack(appointment: Appointment): Promise<void>;
  /**
   * How many places are taken. One request to the table reads up to 100 days of queues.
   *
   * @param days in the form of `dayOfSlot`
   * @returns by queue id, then by the start of the slot in epoch milliseconds; only slots with places taken
   */
  taken(queueIds: readonly string[], days: readonly string[]): Promise<Map<string, Map<number, number>>>;
}

/** How long an item is kept after the last of its appointments. */
const KEPT_MS = 2 * 24 * 60 * 60_000;
/** How many items are read together. */
const TOGETHER = 100;
/** Retries of a lost race for the appointments of a number; after that it is an error. */
const ROUNDS = 8;
/** Most by which the pauses between rounds grow. */
const PAUSE_MS = 100;

const dayKey = (queueId: string, day: string) => ({ guardId: `slots#${queueId}#${day}` });
const numberKey = (phone: string) => ({ guardId: `appointments#${phone}` });

/** Name of a slot's attribute in the item of a day: its start in epoch milliseconds. */
const SLOT_NAME = /^\d+$/;

/**
 * The book in the guards table: an item `slots#<queue id>#<day>` has an attribute for each used slot, a set with a short id for each
 * place; an item `appointments#+81…` says which request of the number has which slot.
 */
export function dynamoAppointmentBook(TableName: string, documents: Documents, clock: ReadingClock): AppointmentBook {
  /** Atomically changes the number's appointments. @returns false if `change` wants no change */
  async function changeNumber(phone: string, change: (open: Map<string, string>) => boolean): Promise<boolean> {
    const Key = numberKey(phone);
    for (let round = 0; round < ROUNDS; round += 1) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const all = Object.entries((Item?.open ?? {}) as Record<string, string>);
      const open = new Map(all.filter(([at]) => Number(at) > clock.now().getTime()));
      if (!change(open)) return false;
      const version = Number(Item?.version ?? 0);
      const last = Math.max(clock.now().getTime(), ...[...open.keys()].map(Number));
      const written = await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: 'SET #open = :open, version = :next, expiresAt = :ttl',
            ConditionExpression: version === 0 ? 'attribute_not_exists(version)' : 'version = :version',
            ExpressionAttributeNames: { '#open': 'open' },
            ExpressionAttributeValues: {
              ':open': Object.fromEntries(open),
              ':next': version + 1,
              ':ttl': ttl(last + KEPT_MS),
              ...(version !== 0 && { ':version': version }),
            },
          }),
        ),
      );
      if (written) return true;
      await clock.pause(Math.random() * PAUSE_MS * (round + 1));
    }
    throw new Error('the appointments of a number were changed by too many at once');
  }

  const leaveNumber = ({ phone, at, requestId }: Appointment) =>
    changeNumber(phone, (open) => open.get(nameOf(at)) === requestId && open.delete(nameOf(at)));

  const enterSlot = ({ queueId, at, requestId }: Appointment, perSlot: number) =>
    unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: dayKey(queueId, dayOfSlot(at)),
          UpdateExpression: 'SET expiresAt = :ttl ADD #slot :me',
          ConditionExpression: 'attribute_not_exists(#slot) OR contains(#slot, :id) OR size(#slot) < :most',
          ExpressionAttributeNames: { '#slot': nameOf(at) },
          ExpressionAttributeValues: {
            ':ttl': ttl(at.getTime() + KEPT_MS),
            ':me': new Set([shortId(requestId)]),
            ':id': shortId(requestId),
            ':most': perSlot,
          },
        }),
      ),
    );

  const leaveSlot = ({ queueId, at, requestId }: Appointment) =>
    unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: dayKey(queueId, dayOfSlot(at)),
          UpdateExpression: 'DELETE #slot :me',
          // Without it, an expired item would come back empty.
          ConditionExpression: 'contains(#slot, :id)',
          ExpressionAttributeNames: { '#slot': nameOf(at) },
          ExpressionAttributeValues: { ':me': new Set([shortId(requestId)]), ':id': shortId(requestId) },
        }),
      ),
    );

  return {
    async book(appointment, { perSlot, perNumber }) {
      const { requestId, phone, at } = appointment;
      let answer: Booked = 'booked';
      await changeNumber(phone, function enterNumber(open) {
        const has = open.get(nameOf(at));
        if (has !== undefined && has !== requestId) answer = 'number_has_slot';
        else if (has === undefined && open.size >= perNumber) answer = 'number_has_enough';
        else answer = 'booked';
        if (answer !== 'booked' || has === requestId) return false;
        open.set(nameOf(at), requestId);
        return true;
      });
      if (answer !== 'booked') return answer;
      if (await enterSlot(appointment, perSlot)) return 'booked';
      await leaveNumber(appointment);
      return 'slot_full';
    },

    async giveBack(appointment) {
      await Promise.all([leaveSlot(appointment), leaveNumber(appointment)]);
    },

    async taken(queueIds, days) {
      const places = queueIds.flatMap((queueId) => days.map((day) => ({ queueId, ...dayKey(queueId, day) })));
      const taken = new Map<string, Map<number, number>>();
      for (let first = 0; first < places.length; first += TOGETHER) {
        const some = places.slice(first, first + TOGETHER);
        const keys = some.map(({ guardId }) => ({ guardId }));
        const items = await readTogether(documents, TableName, keys);
        for (const { queueId, guardId } of some) {
          const slots = Object.entries(items.get(guardId) ?? {}).filter(([name]) => SLOT_NAME.test(name));
          const ofQueue = taken.get(queueId) ?? new Map<number, number>();
          for (const [name, ids] of slots) ofQueue.set(Number(name), (ids as ReadonlySet<string>).size);
          taken.set(queueId, ofQueue);
        }
      }
      return taken;
    },
  };
}

const nameOf = (at: Date): string => String(at.getTime());
