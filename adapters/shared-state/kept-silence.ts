import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Silence } from '../../domain/silence.ts';
import type { Documents } from '../dynamodb.ts';

/** How long the stage has been silent, kept between runs of the sweep. */
export interface KeptSilence {
  /** Undefined before the first run. */
  read(): Promise<Silence | undefined>;
  write(silence: Silence): Promise<void>;
}

const KEY = { guardId: 'silence' };

/** The silence as the item `silence` of the guards table. */
export const dynamoSilence = (TableName: string, documents: Documents): KeptSilence => ({
  async read() {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: KEY, ConsistentRead: true }));
    if (!Item) return undefined;
    const { guardId: _, ...silence } = Item;
    // An item of an earlier version has no minutesClosed.
    return { minutesClosed: 0, ...silence } as unknown as Silence;
  },
  async write(silence) {
    await documents.send(new PutCommand({ TableName, Item: { ...KEY, ...silence } }));
  },
});
