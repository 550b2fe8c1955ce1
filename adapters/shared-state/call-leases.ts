import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type CallLease,
  isDone,
  type LeaseChange,
  missingFor,
  NEVER,
  onceRinging,
  onLaterTurn,
  type Supply,
} from '../../domain/call-lease.ts';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';
import type { ReadingClock } from './shared-readings.ts';

/**
 * The leases of all calls, which only change by these operations. Each is one conditional write that may be repeated. What a lease
 * means, and until when it counts: domain/call-lease.ts.
 *
 * Fails closed: in doubt there is no agent.
 */
export interface CallLeases {
  /**
   * Takes an agent and a line, both or neither.
   *
   * Everybody writes a lease on trial before counting all leases: of two who race for the last place, the one that counts last sees
   * the other, so there is never one too many. Both may step back and then wait in line.
   *
   * @param firstInLine waits a moment for others on trial to step back; only one caller at a time may
   * @returns `had` if the request holds them already; if the count came out, a function that confirms them
   */
  take(
    lease: CallLease,
    supply: Supply,
    firstInLine: boolean,
  ): Promise<'had' | Counted | { missing: 'agent' | 'line' }>;
  /** The call takes a later turn. @param deadlineAt ISO 8601 @param at epoch milliseconds */
  keepForLaterTurn(requestId: string, deadlineAt: string, at: number): Promise<void>;
  /** Amazon Connect accepted the call. @param maxCallMs longest time without a sign of it */
  ringing(requestId: string, queueId: string, contactId: string, at: number, maxCallMs: number): Promise<void>;
  /**
   * Applies what the life of the call means, unless more of it is known already. A call that turns out to go on holds an agent or a
   * line again.
   *
   * @param seen.version of the knowledge about the call's contacts
   */
  follow(call: { requestId: string; queueId: string }, change: LeaseChange, seen: Seen): Promise<void>;
  /** Everything is known about the call: Amazon Connect need not be asked any more. */
  settled(requestId: string, version: number): Promise<void>;
  /** Applies the result of reading the contact, unless the lease has changed since it was read. */
  lookedAt(lease: CallLease, change: LeaseChange): Promise<void>;
  giveBack(requestId: string): Promise<void>;
  /** Gives back what a function had on trial when it died. */
  giveBackTrial(requestId: string): Promise<void>;
  /** Gives back what is held without a call; nothing of a lease that belongs to a call. */
  giveBackUnlinked(requestId: string): Promise<void>;
  /** Every lease, ended ones included. */
  all(): Promise<CallLease[]>;
}

/** An agent and a line that are available to the request. */
interface Counted {
  /**
   * Confirms them. False if another attempt of the same request came in between, or somebody gave back what was on trial: then
   * nothing is held.
   */
  confirm(): Promise<boolean>;
}

/** Which knowledge of a call's contacts a change is based on. */
interface Seen {
  version: number;
  goesOn: boolean;
}

/** All leases of a stage have one partition key, so that one query counts them. */
const GROUP = 'calls';
/** A lease on trial is settled within three requests to the table; how often, and how long, to wait for that. */
const PAUSES = 5;
const PAUSE_MS = 50;
/** How many past leases are removed when one is taken; a call leaves at most one. */
const SWEPT = 3;
/** Items that are never read again are deleted a day after their end. */
const KEPT_MS = 24 * 60 * 60_000;

const key = (requestId: string) => ({ group: GROUP, requestId });

/** Leases as the items of the leases table, one per call. */
export function dynamoCallLeases(
  TableName: string,
  documents: Documents,
  { pause }: Pick<ReadingClock, 'pause'>,
): CallLeases {
  /** Puts a lease on trial. False if the request has one that counts. */
  const tryOut = ({ requestId, queueId, agentUntil, lineUntil }: CallLease, supply: Supply, takenBy: string) =>
    unlessRefused(() =>
      documents.send(
        new PutCommand({
          TableName,
          Item: {
            ...key(requestId),
            queueId,
            agentUntil,
            lineUntil,
            takenBy,
            trial: true,
            expiresAt: ttl(agentUntil + KEPT_MS),
          },
          ConditionExpression:
            'attribute_not_exists(requestId) OR attribute_exists(trial) OR (agentUntil <= :asOf AND lineUntil <= :now)',
          ExpressionAttributeValues: { ':asOf': supply.asOf, ':now': supply.now },
        }),
      ),
    );

  /** The count came out. False if somebody else has tried, or given it back, meanwhile. */
  const confirm = (requestId: string, takenBy: string) =>
    unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(requestId),
          UpdateExpression: 'REMOVE trial',
          ConditionExpression: 'takenBy = :me',
          ExpressionAttributeValues: { ':me': takenBy },
        }),
      ),
    );

  const change = async (requestId: string, changes: LeaseChange, unchanged?: CallLease): Promise<void> => {
    const until = Math.max(changes.agentUntil ?? 0, changes.lineUntil ?? 0);
    const fields = Object.entries({ ...changes, ...(until > 0 && { expiresAt: ttl(until + KEPT_MS) }) });
    await unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(requestId),
          UpdateExpression: `SET ${fields.map(([name]) => `${name} = :${name}`).join(', ')}`,
          ConditionExpression: unchanged
            ? 'agentUntil = :wasAgent AND lineUntil = :wasLine'
            : 'attribute_exists(requestId)',
          ExpressionAttributeValues: {
            ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
            ...(unchanged && { ':wasAgent': unchanged.agentUntil, ':wasLine': unchanged.lineUntil }),
          },
        }),
      ),
    );
  };

  /** Changes a lease, or creates it if the call goes on without one. */
  const put = async (
    requestId: string,
    queueId: string,
    changes: LeaseChange,
    seen?: { condition: string; version: number },
  ): Promise<void> => {
    const lookAt = changes.lookAt === NEVER ? 0 : (changes.lookAt ?? 0);
    const until = Math.max(changes.agentUntil ?? 0, changes.lineUntil ?? 0, lookAt);
    const fields = Object.entries({
      ...changes,
      ...(until > 0 && { expiresAt: ttl(until + KEPT_MS) }),
      ...(seen && { seen: seen.version }),
    });
    const sets = fields.map(([name]) => `${name} = :${name}`);
    if (changes.queueId === undefined) sets.push('queueId = if_not_exists(queueId, :queue)');
    await unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(requestId),
          UpdateExpression: `SET ${sets.join(', ')}`,
          ...(seen && { ConditionExpression: seen.condition }),
          ExpressionAttributeValues: {
            ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
            ...(changes.queueId === undefined && { ':queue': queueId }),
            ...(seen && { ':version': seen.version }),
          },
        }),
      ),
    );
  };

  const remove = async (requestId: string, condition?: string, values?: Record<string, unknown>): Promise<void> => {
    await unlessRefused(() =>
      documents.send(
        new DeleteCommand({
          TableName,
          Key: key(requestId),
          ...(condition !== undefined && { ConditionExpression: condition }),
          ...(values && { ExpressionAttributeValues: values }),
        }),
      ),
    );
  };

  async function all(): Promise<CallLease[]> {
    const leases: CallLease[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: '#group = :group',
          ExpressionAttributeNames: { '#group': 'group' },
          ExpressionAttributeValues: { ':group': GROUP },
          ConsistentRead: true,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      for (const { group: _, takenBy: __, expiresAt: ___, seen: ____, ...lease } of page.Items ?? [])
        leases.push(lease as CallLease);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return leases;
  }

  /** Removes some of those that no longer count, so that a query reads few of them. */
  const sweep = (leases: readonly CallLease[], now: number) =>
    Promise.all(
      leases
        .filter((lease) => isDone(lease, now))
        .slice(0, SWEPT)
        .map(({ requestId, agentUntil, lineUntil }) =>
          remove(requestId, 'agentUntil = :agent AND lineUntil = :line', { ':agent': agentUntil, ':line': lineUntil }),
        ),
    );

  /** All leases; if only others on trial stand in the way of the first in line, waits for those to be settled. */
  async function count(requestId: string, supply: Supply, firstInLine: boolean): Promise<CallLease[]> {
    for (let pauses = firstInLine ? PAUSES : 0; ; pauses -= 1) {
      const leases = await all();
      const certain = leases.filter((lease) => !lease.trial || lease.requestId === requestId);
      if (pauses === 0 || !missingFor(leases, supply) || missingFor(certain, supply)) return leases;
      await pause(PAUSE_MS);
    }
  }

  return {
    async take(lease, supply, firstInLine) {
      const { requestId } = lease;
      const takenBy = crypto.randomUUID().slice(0, 8);
      if (!(await tryOut(lease, supply, takenBy))) return 'had';
      const leases = await count(requestId, supply, firstInLine);
      const missing = missingFor(leases, supply);
      if (missing) {
        await remove(requestId, 'takenBy = :me', { ':me': takenBy });
        return { missing };
      }
      return {
        async confirm() {
          const [confirmed] = await Promise.all([confirm(requestId, takenBy), sweep(leases, supply.now)]);
          return confirmed;
        },
      };
    },

    keepForLaterTurn: (requestId, deadlineAt, at) => change(requestId, onLaterTurn(deadlineAt, at)),

    ringing: (requestId, queueId, contactId, at, maxCallMs) =>
      put(requestId, queueId, onceRinging(contactId, at, maxCallMs)),

    follow: ({ requestId, queueId }, changes, { version, goesOn }) =>
      put(requestId, queueId, changes, {
        condition: `${goesOn ? '' : 'attribute_exists(requestId) AND '}(attribute_not_exists(seen) OR seen <= :version)`,
        version,
      }),

    async settled(requestId, version) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(requestId),
            UpdateExpression: 'SET lookAt = :never',
            ConditionExpression: 'attribute_exists(requestId) AND seen <= :version',
            ExpressionAttributeValues: { ':never': NEVER, ':version': version },
          }),
        ),
      );
    },

    lookedAt: (lease, changes) => change(lease.requestId, changes, lease),
    giveBack: (requestId) => remove(requestId),
    giveBackTrial: (requestId) => remove(requestId, 'attribute_exists(trial)'),
    giveBackUnlinked: (requestId) => remove(requestId, 'attribute_not_exists(contactId)'),
    all,
  };
}
