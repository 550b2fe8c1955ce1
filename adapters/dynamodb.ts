import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PATIENCE } from './patience.ts';

/** DynamoDB with plain values; only the method that is used. */
export type Documents = Pick<DynamoDBDocumentClient, 'send'>;

/** The stage's DynamoDB through the AWS SDK (`AWS_ENDPOINT_URL_DYNAMODB` is honoured). */
export const dynamoDocuments = (client = new DynamoDBClient(PATIENCE)): Documents =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** Runs a conditional write; false when its condition did not hold. */
export async function unlessRefused(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** An item as it was read. */
export type Item = Readonly<Record<string, unknown>>;

/** How often keys that DynamoDB left unprocessed are requested. */
const ROUNDS = 5;

/**
 * Reads up to 100 items of a table in one request, each consistently; together they are not a snapshot of one moment.
 * @param keys all different, with one attribute each
 * @returns key → item, without those that do not exist
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export async function readTogether(
  documents: Documents,
  TableName: string,
  keys: readonly Readonly<Record<string, string>>[],
): Promise<ReadonlyMap<string, Item>> {
  const items = new Map<string, Item>();
  const [name = ''] = Object.keys(keys[0] ?? {});
  let Keys = [...keys];
  for (let round = 0; Keys.length > 0; round += 1) {
    if (round === ROUNDS) throw new Error('DynamoDB did not read every item: the table is too busy');
    const { Responses, UnprocessedKeys } = await documents.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[TableName] ?? []) items.set(String(item[name]), item);
    Keys = (UnprocessedKeys?.[TableName]?.Keys ?? []) as Record<string, string>[];
  }
  return items;
}

/** DynamoDB's TTL takes epoch seconds. */
export const ttl = (at: Date | number): number => Math.ceil(Number(at) / 1000);
