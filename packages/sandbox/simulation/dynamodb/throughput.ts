import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { hashOf } from '../random.ts';

/** How a table's items are distributed, and the request units that each of its partitions accepts in a second. */
export interface PartitionQuota {
  /** Of each table. */
  partitions: number;
  write: number;
  read: number;
}

/** Takes request units for an item. Throws if its partition has had too many in this second; then nothing is counted. */
export type TakeUnits = (kind: 'write' | 'read', table: string, hashValue: string, units: number) => void;

/**
 * Counts the units of each partition by the second. The hash value of an item decides which partition it is in, so
 * one item never gets more than one partition has, and shares that with some of the others.
 *
 * @param now epoch milliseconds
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
export function partitionThroughput(quota: PartitionQuota, now: () => number): TakeUnits {
  let second = 0;
  /** By kind and table, by partition. */
  const used = { write: new Map<string, number[]>(), read: new Map<string, number[]>() };
  return (kind, table, hashValue, units) => {
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      second = current;
      used.write.clear();
      used.read.clear();
    }
    const partitions = used[kind].get(table) ?? new Array<number>(quota.partitions).fill(0);
    used[kind].set(table, partitions);
    const index = hashOf(hashValue) % quota.partitions;
    const before = partitions[index] ?? 0;
    // One request always passes, however large its item.
    if (before > 0 && before + units > quota[kind]) {
      throw new ProvisionedThroughputExceededException({ message: 'The partition is too hot', $metadata: {} });
    }
    partitions[index] = before + units;
  };
}
