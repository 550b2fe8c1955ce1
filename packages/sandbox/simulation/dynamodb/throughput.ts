import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';

/** Request units that one item can take in a second; an on-demand table does not stretch that. */
export interface ItemQuota {
  write: number;
  read: number;
}

/**
 * Counts the units of each item by the second.
 *
 * @param now epoch milliseconds
 * @returns throws where the item has had too many in this second; then nothing is counted
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
export function itemThroughput(
  quota: ItemQuota,
  now: () => number,
): (kind: keyof ItemQuota, item: string, units: number) => void {
  let second = 0;
  const used = { write: new Map<string, number>(), read: new Map<string, number>() };
  return (kind, item, units) => {
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      second = current;
      used.write.clear();
      used.read.clear();
    }
    const before = used[kind].get(item) ?? 0;
    // One request always passes, however large its item.
    if (before > 0 && before + units > quota[kind]) {
      throw new ProvisionedThroughputExceededException({ message: 'The item is too hot', $metadata: {} });
    }
    used[kind].set(item, before + units);
  };
}
