import { type CallsTable, dynamoCallsTable } from '../../adapters/calls-table.ts';
import type { Documents } from '../../adapters/dynamodb.ts';
import { countedIn, limitKey } from '../../adapters/shared-state/limit-counters.ts';
import { dynamoSharedState, type SharedState } from '../../adapters/shared-state/shared-state.ts';
import { shortId } from '../../adapters/shared-state/short-id.ts';
import { dynamoWaitingRoom, type WaitingRoom } from '../../adapters/waiting-room.ts';
import type { CallLease } from '../../domain/call-lease.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { memoryDynamoDb } from '../../packages/sandbox/simulation/simulated-dynamodb.ts';
import { EXECUTION_ID, NOW, QUEUE_ID, REQUEST_ID, secondsAfter } from './function-support.ts';

/** How long contacts are known. */
const KEPT_DAYS = 30;

const SHORT = shortId('').length;

/** One request to DynamoDB, as far as a test tells them apart. */
export interface SeenCommand {
  /** `PutCommand`, `UpdateCommand` … */
  name: string;
  /** `calls`, `guards`, `leases` or `room`. */
  table: string;
  /** The item's key, its parts joined with a blank; empty for queries. */
  key: string;
}

/** What a test puts around a request to DynamoDB: an error thrown before it has no effect, one after it has. */
interface Interference {
  before?(command: SeenCommand): Promise<void> | void;
  after?(command: SeenCommand): Promise<void> | void;
}

export interface Tables {
  /** What `now` answers; a test sets it. */
  clock: { at: Date };
  now: () => Date;
  calls: CallsTable;
  shared: SharedState;
  room: WaitingRoom;
  /** Around every request from now on. */
  interference: Interference;
  /** Everything that was asked of DynamoDB. */
  seen: SeenCommand[];
  record(requestId?: string): Promise<CallRecord | undefined>;
  /** An item of the guards table. */
  guard(guardId: string): Record<string, unknown> | undefined;
  /** Ids of the guards table that begin so. */
  guardsLike(beginning: string): string[];
  /** The request that holds a number, or for which it cools down. */
  holderOf(phone: string): unknown;
  /** Short ids of the requests that a limit counts; of a number's calls on a day, where the limit is `phone#… day`. */
  countedBy(limit: string): string[];
  /** Who holds an agent, or a line, until a moment that may have passed. */
  holders(what: 'agents' | 'lines'): Promise<string[]>;
  lease(requestId?: string): Promise<CallLease | undefined>;
  /** Gives a call an agent and a line, however many there are, until some seconds after the tests' NOW; 0 for none. */
  hold(requestId: string, agentSeconds: number, lineSeconds: number): Promise<void>;
}

/** The real adapters over a DynamoDB in memory, with a clock that can be set and is set forward by pauses. */
export function prepareTables(): Tables {
  const memory = memoryDynamoDb({
    tables: {
      calls: { hash: 'requestId' },
      guards: { hash: 'guardId' },
      leases: { hash: 'group', range: 'requestId' },
      room: { hash: 'queueId', range: 'place' },
    },
  });
  const clock = { at: NOW };
  const now = () => clock.at;
  const seen: SeenCommand[] = [];
  const interference: Interference = {};

  async function send(command: { input: Record<string, unknown> }): Promise<unknown> {
    const { TableName, Key, Item } = command.input as {
      TableName: string;
      Key?: Record<string, string>;
      Item?: Record<string, string>;
    };
    const { requestId, guardId, queueId, place } = Key ?? Item ?? {};
    const keys =
      { calls: [requestId], guards: [guardId], leases: [requestId], room: [queueId, place] }[TableName] ?? [];
    const asked = { name: command.constructor.name, table: TableName, key: keys.filter(Boolean).join(' ') };
    seen.push(asked);
    await interference.before?.(asked);
    const answer: unknown = await memory.send(command as never);
    await interference.after?.(asked);
    return answer;
  }
  const documents = { send } as unknown as Documents;

  const shared = dynamoSharedState({ guardsTable: 'guards', leasesTable: 'leases', keptDays: KEPT_DAYS }, documents, {
    now,
    async pause(milliseconds) {
      clock.at = new Date(clock.at.getTime() + milliseconds);
    },
  });
  const calls = dynamoCallsTable('calls', documents);
  const items = (): Record<string, unknown>[] => memory.items('guards');
  const guard = (guardId: string) => items().find((item) => item.guardId === guardId);

  function countedBy(limit: string): string[] {
    const [phone, day] = limit.split(' ');
    if (day !== undefined) return [...((guard(phone ?? '')?.[day] as Set<string> | undefined) ?? [])];
    const shards = items().filter(({ guardId }) => String(guardId).startsWith(`limit#${limit}#`));
    const ids = shards.flatMap((shard) => Object.keys(shard).filter((name) => name.length === SHORT));
    if (countedIn(guard(limitKey(limit).guardId)) !== ids.length) throw new Error(`the total of ${limit} is wrong`);
    return ids;
  }
  return {
    clock,
    now,
    calls,
    shared,
    room: dynamoWaitingRoom('room', documents),
    interference,
    seen,
    record: (requestId = REQUEST_ID) => calls.read(requestId),
    guard,
    holderOf: (phone) => guard(`phone#${phone}`)?.requestId,
    countedBy,
    guardsLike: (beginning) =>
      items()
        .map((item) => String(item.guardId))
        .filter((guardId) => guardId.startsWith(beginning)),
    async holders(what) {
      const until = what === 'agents' ? 'agentUntil' : 'lineUntil';
      const leases = await shared.leases.all();
      return leases.filter((lease) => lease[until] > 0 && !lease.trial).map(({ requestId }) => requestId);
    },
    lease: async (requestId = REQUEST_ID) => (await shared.leases.all()).find((lease) => lease.requestId === requestId),
    async hold(requestId, agentSeconds, lineSeconds) {
      const until = (seconds: number) => seconds && secondsAfter(seconds).getTime();
      const lease = { requestId, queueId: QUEUE_ID, agentUntil: until(agentSeconds), lineUntil: until(lineSeconds) };
      const taken = await shared.leases.take(lease, { queueIds: [], agents: 0, asOf: 0, lines: 1_000, now: 0 }, false);
      if (typeof taken === 'object' && 'confirm' in taken) await taken.confirm();
    },
  };
}

/** Throws once, when the first such request comes; `when` says whether it has its effect all the same. */
export function failOnce(
  { interference }: Pick<Tables, 'interference'>,
  when: 'before' | 'after',
  matches: (command: SeenCommand) => boolean,
): Error {
  const error = new Error('the table does not answer');
  let failed = false;
  interference[when] = (command) => {
    if (failed || !matches(command)) return;
    failed = true;
    throw error;
  };
  return error;
}

/** The record of a request that was claimed. */
export const claimedRecord = (change: Partial<CallRecord> = {}): CallRecord => ({
  requestId: REQUEST_ID,
  executionId: EXECUTION_ID,
  status: 'claimed',
  attempts: 0,
  phone: '+819012345678',
  requestedAt: NOW.toISOString(),
  receivedAt: NOW.toISOString(),
  claimedAt: NOW.toISOString(),
  expiresAt: NOW.getTime() / 1000 + 30 * 86_400,
  ...change,
});

/** Puts a record there as it is. */
export async function putRecord({ calls }: Pick<Tables, 'calls'>, record: CallRecord): Promise<void> {
  if (!(await calls.claim(record))) throw new Error(`there is a record ${record.requestId} already`);
}
