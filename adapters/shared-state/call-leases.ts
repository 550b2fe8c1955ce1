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
 * The leases of all calls: what becomes of each is told by these verbs alone. Each is one conditional write that may be
 * repeated. What a lease means, and until when it counts: domain/call-lease.ts.
 *
 * Fails closed: in doubt there is no agent.
 */
export interface CallLeases {
  /**
   * Takes an agent and a line, both or nothing.
   *
   * Everybody writes a lease on trial before counting all there are: of two who race for the last place, the one that counts last
   * sees the other, so there is never one too many. Both may step back, and wait in line then.
   *
   * @param firstInLine waits a moment for others on trial to step back; one at a time may
   * @returns `had` where the request holds them already; where the count came out, what makes them the request's own
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
   * Takes in what the life of the call means, unless more of it is known already. A call that goes on holds something again
   * where it was thought to be over.
   *
   * @param seen.version of what is known of the call's contacts
   */
  follow(call: { requestId: string; queueId: string }, change: LeaseChange, seen: Seen): Promise<void>;
  /** All is known of the call: Amazon Connect is not asked about it any more. */
  settled(requestId: string, version: number): Promise<void>;
  /** Notes what a look at the contact means, unless the lease has changed since it was read. */
  lookedAt(lease: CallLease, change: LeaseChange): Promise<void>;
  giveBack(requestId: string): Promise<void>;
  /** Gives back what a function only had on trial when it died. */
  giveBackTrial(requestId: string): Promise<void>;
  /** Gives back what no call has: of a lease that became a call's nothing. */
  giveBackUnlinked(requestId: string): Promise<void>;
  /** Every lease, ended ones included. */
  all(): Promise<CallLease[]>;
}

/** An agent and a line that are there for the request. */
interface Counted {
  /**
   * Makes them its own. False where another attempt at the same request has come in between, or somebody has given back what
   * was on trial: then nothing is held here.
   */
  confirm(): Promise<boolean>;
}

/** From what knowledge of a call's contacts something follows. */
interface Seen {
  version: number;
  goesOn: boolean;
}

/** All leases of a stage have one partition key, so that one query counts them. */
const GROUP = 'calls';
/** Anyone who is on trial takes it or steps back within three answers of the table; so often, and so long, that is waited for. */
const PAUSES = 5;
const PAUSE_MS = 50;
/** So many past leases are removed by anyone who takes one; a call leaves one at most. */
const SWEPT = 3;
/** An item that is never looked at again is deleted a day after it has ended. */
const KEPT_MS = 24 * 60 * 60_000;

const key = (requestId: string) => ({ group: GROUP, requestId });

/** Leases as the items of the leases table, one per call. */
export function dynamoCallLeases(
  TableName: string,
  documents: Documents,
  { pause }: Pick<ReadingClock, 'pause'>,
): CallLeases {
  /** Puts a lease on trial. False where the request has one that counts. */
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

  /** The count came out. False where somebody else has tried, or given it back, meanwhile. */
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

  /** Changes a lease, or writes it where the call goes on without one. */
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

  /** Removes some of those that nobody counts any more, so that a query reads few of them. */
  const sweep = (leases: readonly CallLease[], now: number) =>
    Promise.all(
      leases
        .filter((lease) => isDone(lease, now))
        .slice(0, SWEPT)
        .map(({ requestId, agentUntil, lineUntil }) =>
          remove(requestId, 'agentUntil = :agent AND lineUntil = :line', { ':agent': agentUntil, ':line': lineUntil }),
        ),
    );

  /** All leases; where others on trial alone stand in the way of the first in line, what is left of them. */
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
