import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Documents } from '../dynamodb.ts';

/** How far executions have been searched for those that ended without an outcome. */
export interface Sweeps {
  /** Start of the last completed run; undefined before the first. */
  last(): Promise<Date | undefined>;
  done(startedAt: Date): Promise<void>;
}

const KEY = { guardId: 'sweep' };

/** Sweeps as the item `sweep` of the guards table. */
export const dynamoSweeps = (TableName: string, documents: Documents): Sweeps => ({
  async last() {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: KEY, ConsistentRead: true }));
    return Item && new Date(Number(Item.startedAt));
  },
  async done(startedAt) {
    await documents.send(new PutCommand({ TableName, Item: { ...KEY, startedAt: startedAt.getTime() } }));
  },
});
