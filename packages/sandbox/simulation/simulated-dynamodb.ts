import {
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Documents } from '../../../adapters/dynamodb.ts';
import { type Condition, conditionOf } from './dynamodb/conditions.ts';
import { type MemoryTable, memoryTable, type TableKey } from './dynamodb/table.ts';
import type { TakeUnits } from './dynamodb/throughput.ts';
import { nameOf, type Scope, valueFor } from './dynamodb/tokens.ts';
import { type Update, updateOf } from './dynamodb/updates.ts';
import {
  handedOut,
  invalid,
  isMap,
  itemBytes,
  NotModelled,
  type StoredItem,
  stored,
  type Value,
  type ValueMap,
} from './dynamodb/values.ts';

/** Request units that were used, as on-demand tables are billed. */
export interface RequestUnits {
  /** One for each KB written, of the larger of the old and the new item. */
  write: number;
  /** One for each 4 KB read consistently, half of it otherwise. */
  read: number;
}

/** A write that was carried out. Items are frozen. `by` is undefined if the caller is unknown. */
export interface WriteSeen<Caller> {
  table: string;
  before: ValueMap | undefined;
  after: ValueMap | undefined;
  by: Caller | undefined;
}

/** An item that was read by its key. */
export interface ReadSeen<Caller> {
  table: string;
  item: ValueMap;
  by: Caller | undefined;
}

/**
 * DynamoDB in memory, as the document client shows it: the operations and expressions that the adapters use, with the
 * service's own errors. Everything else throws `NotModelled`. It responds immediately; delays, throttling or lost
 * responses have to be added around it.
 */
interface MemoryDynamoDb<Caller> extends Documents {
  /** The same tables, for a known caller. */
  askedBy(caller: Caller): Documents;
  units(): Readonly<Record<string, Readonly<RequestUnits>>>;
  /** All items of a table, frozen. */
  items(table: string): ValueMap[];
}

/** Several items of a table that were read in one request, found or not. */
interface BatchSeen<Caller> {
  table: string;
  by: Caller | undefined;
}

interface Options<Caller> {
  /** Key of each table by its name. */
  tables: Readonly<Record<string, TableKey>>;
  onWrite?: (write: WriteSeen<Caller>) => void;
  onRead?: (read: ReadSeen<Caller>) => void;
  onBatch?: (batch: BatchSeen<Caller>) => void;
  onQuery?: (query: Pick<ReadSeen<Caller>, 'table' | 'by'>) => void;
  takeUnits?: TakeUnits;
}

const MAX_ITEM_BYTES = 400 * 1_024;
const KB = 1_024;

/** What a command may contain. */
type Input = Readonly<Record<string, unknown>>;

interface Opened {
  table: MemoryTable;
  name: string;
  units: RequestUnits;
  scope: Scope;
}

/** Items that are read, and their hash value if they have the same one. */
interface Candidates {
  items: Iterable<StoredItem>;
  hashValue?: string;
}

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'TableName',
  'Key',
  'Item',
  'ConditionExpression',
  'UpdateExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ConsistentRead',
  'Limit',
  'ScanIndexForward',
  'Select',
  'ExclusiveStartKey',
]);

export function memoryDynamoDb<Caller = never>({
  tables,
  onWrite,
  onRead,
  onBatch,
  onQuery,
  takeUnits,
}: Options<Caller>): MemoryDynamoDb<Caller> {
  /** The caller: a command is carried out before the next one comes. */
  let by: Caller | undefined;
  const opened = new Map(
    Object.entries(tables).map(([name, key]): [string, { table: MemoryTable; units: RequestUnits }] => [
      name,
      { table: memoryTable(key), units: { write: 0, read: 0 } },
    ]),
  );

  function open(input: Input): Opened {
    for (const field in input) {
      if (input[field] !== undefined && !KNOWN_FIELDS.has(field)) throw new NotModelled(`the field ${field}`);
    }
    const name = String(input.TableName);
    const found = opened.get(name);
    if (!found) throw new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} });
    const values: Record<string, Value> = {};
    const given = (input.ExpressionAttributeValues ?? {}) as Input;
    for (const placeholder in given) {
      if (given[placeholder] !== undefined) values[placeholder] = stored(given[placeholder], 1);
    }
    const names = (input.ExpressionAttributeNames ?? {}) as Scope['names'];
    return { table: found.table, units: found.units, name, scope: { names, values } };
  }

  /** Counts the units of one request; throws if the partition of its item has had too many recently. */
  function spend(at: Opened, kind: 'write' | 'read', hashValue: string, units: number): void {
    takeUnits?.(kind, at.name, hashValue, units);
    at.units[kind] += units;
  }

  function write(at: Opened, key: ValueMap, before: StoredItem | undefined, after: StoredItem | undefined): void {
    spend(at, 'write', at.table.hashOf(key), writeUnits(Math.max(before?.bytes ?? 0, after?.bytes ?? 0)));
    if (after) at.table.put(key, after);
    else at.table.delete(key);
    onWrite?.({ table: at.name, before: before?.item, after: after?.item, by });
  }

  /** A failed condition costs as much as writing the existing item. */
  function check(at: Opened, condition: Condition | undefined, key: ValueMap, before: StoredItem | undefined): void {
    if (!condition || condition.holds(before?.item ?? {}, at.scope)) return;
    spend(at, 'write', at.table.hashOf(key), writeUnits(before?.bytes ?? 0));
    throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
  }

  function put(input: Input): unknown {
    const at = open(input);
    const item = stored(input.Item) as ValueMap;
    const condition = conditionIn(input.ConditionExpression);
    checkPlaceholders(at.scope, [condition]);
    const key = at.table.keyOf(item);
    const before = at.table.get(key);
    check(at, condition, key, before);
    const bytes = itemBytes(item);
    if (bytes > MAX_ITEM_BYTES) throw invalid('Item size has exceeded the maximum allowed size');
    write(at, key, before, { item, bytes });
    return answer(input.ReturnValues, before, undefined);
  }

  function update(input: Input): unknown {
    const at = open(input);
    const key = at.table.exactKey(input.Key);
    const condition = conditionIn(input.ConditionExpression);
    const change = updateOf(String(input.UpdateExpression));
    checkPlaceholders(at.scope, [condition, change]);
    const before = at.table.get(key);
    check(at, condition, key, before);
    const after = change.apply(before ?? { item: key, bytes: itemBytes(key) }, at.scope);
    if (after.bytes > MAX_ITEM_BYTES) throw invalid('Item size to update has exceeded the maximum allowed size');
    for (const name in key) {
      if (after.item[name] !== key[name])
        throw invalid(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
    write(at, key, before, after);
    return answer(input.ReturnValues, before, after, () => touchedBy(change, at.scope));
  }

  function remove(input: Input): unknown {
    const at = open(input);
    const key = at.table.exactKey(input.Key);
    const condition = conditionIn(input.ConditionExpression);
    checkPlaceholders(at.scope, [condition]);
    const before = at.table.get(key);
    check(at, condition, key, before);
    write(at, key, before, undefined);
    return answer(input.ReturnValues, before, undefined);
  }

  function get(input: Input): unknown {
    const at = open(input);
    const key = at.table.exactKey(input.Key);
    const found = at.table.get(key);
    spend(at, 'read', at.table.hashOf(key), readUnits(found?.bytes ?? 0, input.ConsistentRead));
    if (!found) return {};
    onRead?.({ table: at.name, item: found.item, by });
    return { Item: handedOut(found.item) };
  }

  /** Each item is read separately; those that a hot partition does not return are left out, unless none is returned at all. */
  function batchGet(input: Input): unknown {
    const tables = Object.entries(input.RequestItems as Record<string, { Keys: ValueMap[]; ConsistentRead?: boolean }>);
    const Responses: Record<string, unknown[]> = {};
    const UnprocessedKeys: Record<string, { Keys: ValueMap[] }> = {};
    let last: unknown;
    for (const [TableName, { Keys, ...rest }] of tables) {
      Responses[TableName] = [];
      const unprocessed: ValueMap[] = [];
      for (const Key of Keys) {
        try {
          const { Item } = get({ TableName, Key, ...rest }) as { Item?: unknown };
          if (Item !== undefined) Responses[TableName].push(Item);
        } catch (error) {
          if (!(error instanceof ProvisionedThroughputExceededException)) throw error;
          last = error;
          unprocessed.push(Key);
        }
      }
      if (unprocessed.length === Keys.length) throw last;
      if (unprocessed.length > 0) UnprocessedKeys[TableName] = { Keys: unprocessed, ...rest };
      onBatch?.({ table: TableName, by });
    }
    return { Responses, UnprocessedKeys };
  }

  function list(input: Input, candidatesIn: (at: Opened) => Candidates, condition?: Condition): unknown {
    const at = open(input);
    const filter = conditionIn(input.FilterExpression);
    checkPlaceholders(at.scope, [condition, filter]);
    const limit = input.Limit === undefined ? Number.POSITIVE_INFINITY : Number(input.Limit);
    const items: Record<string, unknown>[] = [];
    let bytes = 0;
    let last: StoredItem | undefined;
    let seen = 0;
    const { items: candidates, hashValue } = candidatesIn(at);
    for (const candidate of candidates) {
      seen += 1;
      bytes += candidate.bytes;
      last = candidate;
      if (!filter || filter.holds(candidate.item, at.scope)) items.push(handedOut(candidate.item));
      if (seen >= limit) break;
    }
    const units = readUnits(bytes, input.ConsistentRead);
    // A scan takes from every partition in turn, so it is only counted.
    if (hashValue === undefined) at.units.read += units;
    else {
      spend(at, 'read', hashValue, units);
      onQuery?.({ table: at.name, by });
    }
    return {
      ...(input.Select !== 'COUNT' && { Items: items }),
      Count: items.length,
      ScannedCount: seen,
      ...(seen >= limit && last && { LastEvaluatedKey: at.table.keyOf(last.item) }),
    };
  }

  function query(input: Input): unknown {
    if (input.ScanIndexForward === false) throw new NotModelled('queries in reverse order');
    if (input.Select !== undefined && input.Select !== 'COUNT') throw new NotModelled(`Select ${input.Select}`);
    const condition = conditionIn(input.KeyConditionExpression);
    const [, name = '', placeholder = ''] = /^([#\w]+) = (:\w+)/.exec(String(input.KeyConditionExpression)) ?? [];
    return list(
      input,
      ({ table, scope }) => {
        if (!condition || nameOf(name, scope) !== table.hash) throw new NotModelled('this key condition');
        const hashValue = String(valueFor(placeholder, scope));
        const after = input.ExclusiveStartKey as ValueMap | undefined;
        return { items: table.select(hashValue, condition, scope, after), hashValue };
      },
      condition,
    );
  }

  function scan(input: Input): unknown {
    return list(input, ({ table }) => ({ items: table.all(input.ExclusiveStartKey as ValueMap | undefined) }));
  }

  async function send(command: unknown, caller?: Caller): Promise<unknown> {
    by = caller;
    const { input } = command as { input: Input };
    if (command instanceof UpdateCommand) return update(input);
    if (command instanceof GetCommand) return get(input);
    if (command instanceof BatchGetCommand) return batchGet(input);
    if (command instanceof PutCommand) return put(input);
    if (command instanceof DeleteCommand) return remove(input);
    if (command instanceof QueryCommand) return query(input);
    if (command instanceof ScanCommand) return scan(input);
    throw new NotModelled(`the command ${(command as object).constructor.name}`);
  }

  return {
    send: ((command: unknown) => send(command)) as Documents['send'],
    askedBy: (caller) => ({ send: (command: unknown) => send(command, caller) }) as unknown as Documents,
    units: () => Object.fromEntries([...opened].map(([name, { units }]) => [name, { ...units }])),
    items: (name) => [...(opened.get(name)?.table.all() ?? [])].map(({ item }) => item),
  };
}

const conditionIn = (text: unknown): Condition | undefined =>
  text === undefined ? undefined : conditionOf(String(text));

const writeUnits = (bytes: number): number => Math.ceil(Math.max(bytes, 1) / KB);

const readUnits = (bytes: number, consistent: unknown): number =>
  (Math.ceil(Math.max(bytes, 1) / (4 * KB)) * (consistent === true ? 2 : 1)) / 2;

/** The service refuses placeholders that no expression uses; undefined ones are found when they are used. */
function checkPlaceholders(
  { names, values }: Scope,
  expressions: readonly ({ used: ReadonlySet<string> } | undefined)[],
): void {
  const isUsed = (placeholder: string) => expressions.some((expression) => expression?.used.has(placeholder));
  for (const name in names) {
    if (!isUsed(name))
      throw invalid(`Value provided in ExpressionAttributeNames unused in expressions: keys: {${name}}`);
  }
  for (const name in values) {
    if (!isUsed(name))
      throw invalid(`Value provided in ExpressionAttributeValues unused in expressions: keys: {${name}}`);
  }
}

/** Names of the attributes that an update touches. */
const touchedBy = ({ paths }: Update, { names }: Scope): string[] =>
  paths.map(([head = '', ...rest]) => {
    if (rest.length > 0) throw new NotModelled('ReturnValues of nested attributes');
    return names[head] ?? head;
  });

/** What a write returns; `touched` are the attributes that an update named. */
function answer(
  wanted: unknown,
  before: StoredItem | undefined,
  after: StoredItem | undefined,
  touched: () => readonly string[] = () => [],
): unknown {
  const some = (item: ValueMap) => {
    const named = Object.fromEntries(
      touched().flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
    );
    return Object.keys(named).length > 0 ? { Attributes: handedOut(named as Record<string, Value>) } : {};
  };
  switch (wanted ?? 'NONE') {
    case 'NONE':
      return {};
    case 'ALL_OLD':
      return before ? { Attributes: handedOut(before.item) } : {};
    case 'ALL_NEW':
      return after && isMap(after.item) ? { Attributes: handedOut(after.item) } : {};
    case 'UPDATED_OLD':
      return before ? some(before.item) : {};
    case 'UPDATED_NEW':
      return after ? some(after.item) : {};
    default:
      throw new NotModelled(`ReturnValues ${wanted}`);
  }
}
