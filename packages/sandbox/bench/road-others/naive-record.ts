import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Records the result of the request. */
async function handler(state: { requestId: string; contactId: string }): Promise<object> {
  const { requestId, contactId } = state;
  await documents.send(
    new PutCommand({
      TableName: process.env.CALLS_TABLE,
      Item: { requestId, contactId, at: new Date().toISOString() },
    }),
  );
  return state;
}

export { handler };
