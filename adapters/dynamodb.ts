import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PATIENCE } from './patience.ts';

/** DynamoDB with plain values; the one method that is used of it. */
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

/** DynamoDB's TTL wants epoch seconds. */
export const ttl = (at: Date | number): number => Math.ceil(Number(at) / 1000);
