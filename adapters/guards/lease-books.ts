import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sharesQueue } from '../../domain/pools.ts';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';

/** One request's hold on an agent or on an outside line. Times are epoch milliseconds. */
export interface Lease {
  /** It counts until then, whatever happens. */
  until: number;
  /** The call it became. */
  contactId?: string;
  /** When Amazon Connect should be asked what became of the call, if no event told it. */
  lookAt?: number;
  /** Another agent missed the call before: the lease counts for both. */
  missed?: true;
}

/**
 * Leases by request id, in books of limited capacity: one book per pool of agents, one for the outside lines.
 *
 * Fails closed: in doubt, a book is full.
 */
export interface LeaseBooks {
  /**
   * Takes a place in the book by one conditional write.
   *
   * @param asOf leases that ended by then do not count: for agents, the moment of the reading that counted them
   * @returns `had` where the request holds one already
   */
  take(
    book: string,
    requestId: string,
    capacity: number,
    until: number,
    asOf: number,
  ): Promise<'taken' | 'had' | 'full'>;
  /** Replaces the lease of a request that has one. */
  keep(book: string, requestId: string, lease: Lease): Promise<void>;
  release(book: string, requestId: string): Promise<void>;
  /** Every lease in the book, ended ones included. */
  all(book: string): Promise<Readonly<Record<string, Lease>>>;
}

/** Races with others are tried again so often; then the book counts as full. */
const ROUNDS = 6;
/** Ended leases removed by one write. */
const MAX_REMOVED = 40;

type Ended = [requestId: string, lease: Lease];

/** The item of a book. */
interface Book {
  guardId: string;
  leases: Record<string, Lease>;
  expiresAt?: number;
  /** Another book has taken over from it. */
  retired?: true;
}

/** The parts of an expression that removes leases, on the condition that they are still as they were read. */
const removalOf = (ended: readonly Ended[]) => ({
  names: Object.fromEntries(ended.map(([id], index) => [`#e${index}`, id])),
  values: Object.fromEntries(ended.map(([, { until }], index) => [`:e${index}`, until])),
  removal: ended.length === 0 ? '' : `REMOVE ${ended.map((_, index) => `leases.#e${index}`).join(', ')}`,
  unchanged: ended.map((_, index) => `leases.#e${index}.#until = :e${index}`),
});

/** Longer than any lease: a book that nobody takes from any more is deleted. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

const key = (book: string) => ({ guardId: `leases#${book}` });

/** The names of all books there were, so that a new one finds those it takes over from. */
const INDEX = { guardId: 'lease-books' };

/** Lease books as items `leases#…` of the guards table, each with one map. */
export function dynamoLeaseBooks(TableName: string, documents: Documents): LeaseBooks {
  async function read(book: string): Promise<Book | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: key(book), ConsistentRead: true }));
    return Item as Book | undefined;
  }

  const leasesOf = async (book: string) => (await read(book))?.leases ?? {};

  /**
   * Begins a book, or begins it anew where others have taken over from it. When a stage's pools are regrouped, calls of the
   * other books are still under way to the same agents: this one begins with their leases, those of other queues included,
   * which end by themselves. The others are kept for whoever else takes over from them, but marked: whoever goes back to
   * them begins them anew.
   *
   * @param found the book as it was read, where there is one
   */
  async function open(book: string, found: Book | undefined, until: number): Promise<void> {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: INDEX, ConsistentRead: true }));
    const names = Item?.books instanceof Set ? [...Item.books].map(String) : [];
    const others = names.filter((name) => name !== book && sharesQueue(name, book));
    const former = (await Promise.all(others.map(read))).filter((other) => other !== undefined);
    // What is in use knows best.
    const byUse = [...former, ...(found ? [found] : [])].sort((a, b) => Number(!a.retired) - Number(!b.retired));
    const leases = Object.assign({}, ...byUse.map((other) => other.leases));
    await addToIndex(book);
    await unlessRefused(() =>
      documents.send(
        new PutCommand({
          TableName,
          Item: { ...key(book), leases, expiresAt: ttl(until + KEPT_MS) },
          ConditionExpression: 'attribute_not_exists(guardId) OR attribute_exists(retired)',
        }),
      ),
    );
    for (const { guardId, retired } of former) if (!retired) await retire(guardId);
  }

  const retire = (guardId: string) =>
    unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: { guardId },
          UpdateExpression: 'SET retired = :yes',
          ConditionExpression: 'attribute_exists(guardId)',
          ExpressionAttributeValues: { ':yes': true },
        }),
      ),
    );

  async function addToIndex(book: string): Promise<void> {
    await documents.send(
      new UpdateCommand({
        TableName,
        Key: INDEX,
        UpdateExpression: 'ADD books :book',
        ExpressionAttributeValues: { ':book': new Set([book]) },
      }),
    );
  }

  /** One attempt to write, on the condition that nothing of what was read has changed. */
  function write(
    book: string,
    requestId: string,
    leases: Record<string, Lease>,
    capacity: number,
    lease: Lease,
    ended: readonly Ended[],
  ) {
    const mine = leases[requestId];
    const gone = ended.length + (mine ? 1 : 0);
    const { names, values, removal, unchanged } = removalOf(ended);
    const conditions = [
      'size(leases) < :room',
      mine ? 'leases.#me.#until = :mine' : 'attribute_not_exists(leases.#me)',
      ...unchanged,
    ];
    return unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(book),
          UpdateExpression: `SET leases.#me = :lease, expiresAt = :ttl ${removal}`,
          ConditionExpression: conditions.join(' AND '),
          // DynamoDB refuses a name that no expression uses.
          ExpressionAttributeNames: { '#me': requestId, ...(gone > 0 && { '#until': 'until' }), ...names },
          ExpressionAttributeValues: {
            ':lease': lease,
            ':ttl': ttl(lease.until + KEPT_MS),
            ':room': capacity + gone,
            ...(mine && { ':mine': mine.until }),
            ...values,
          },
        }),
      ),
    );
  }

  /** Removes ended leases and takes nothing. */
  function sweep(book: string, ended: readonly Ended[]) {
    const { names, values, removal, unchanged } = removalOf(ended);
    return unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(book),
          UpdateExpression: removal,
          ConditionExpression: unchanged.join(' AND '),
          ExpressionAttributeNames: { '#until': 'until', ...names },
          ExpressionAttributeValues: values,
        }),
      ),
    );
  }

  return {
    async take(book, requestId, capacity, until, asOf) {
      for (let round = 0; round < ROUNDS; round += 1) {
        const found = await read(book);
        if (!found || found.retired) {
          await open(book, found, until);
          continue;
        }
        const { leases } = found;
        // A book that was begun before there was an index.
        if (found.expiresAt === undefined) await addToIndex(book);
        const mine = leases[requestId];
        if (mine && mine.until > asOf) return 'had';
        const live = Object.values(leases).filter((lease) => lease.until > asOf);
        const missed = live.filter((lease) => lease.missed).length;
        if (live.length + missed >= capacity) return 'full';
        const ended = Object.entries(leases).filter(([id, lease]) => lease.until <= asOf && id !== requestId);
        // More than one write can remove stand in the way of its condition, which looks at the size of the book.
        if (ended.length > MAX_REMOVED) await sweep(book, ended.slice(0, MAX_REMOVED));
        else if (await write(book, requestId, leases, capacity - missed, { until }, ended)) return 'taken';
      }
      return 'full';
    },

    async keep(book, requestId, lease) {
      await ignoringMissingBook(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(book),
            UpdateExpression: 'SET leases.#me = :lease',
            ConditionExpression: 'attribute_exists(leases.#me)',
            ExpressionAttributeNames: { '#me': requestId },
            ExpressionAttributeValues: { ':lease': lease },
          }),
        ),
      );
    },

    async release(book, requestId) {
      await ignoringMissingBook(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(book),
            UpdateExpression: 'REMOVE leases.#me',
            ConditionExpression: 'attribute_exists(leases.#me)',
            ExpressionAttributeNames: { '#me': requestId },
          }),
        ),
      );
    },

    all: leasesOf,
  };
}

/** A path into a map that is not there is refused as invalid by some, and by its condition by others. */
async function ignoringMissingBook(write: () => Promise<unknown>): Promise<void> {
  try {
    await unlessRefused(write);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationException') throw error;
  }
}
