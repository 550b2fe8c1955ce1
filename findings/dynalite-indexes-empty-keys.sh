#!/usr/bin/env bash
# dynalite: an empty text as the key of an index is stored and found, although one as the key of the table is refused
# Version 4.0.0. DynamoDB refuses both: a text that is the key of a table or of an index has at least one character. So a write that
# passes every local test, of an item whose sparse index key was set to '' instead of being left out, fails on AWS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts dynalite@4.0.0 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-dynamodb@3.1162.0 >> npm.txt || exit 2
cat > run.cjs <<'JS'
const { CreateTableCommand, DynamoDBClient, PutItemCommand, QueryCommand } = require('@aws-sdk/client-dynamodb');
const server = require('dynalite')({ createTableMs: 0 });

server.listen(0, '127.0.0.1', async () => {
  const client = new DynamoDBClient({
    region: 'ap-northeast-1',
    endpoint: `http://127.0.0.1:${server.address().port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(
    new CreateTableCommand({
      TableName: 'calls',
      AttributeDefinitions: ['id', 'phone'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byPhone',
          KeySchema: [{ AttributeName: 'phone', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  const put = (Item) =>
    client.send(new PutItemCommand({ TableName: 'calls', Item })).then(
      () => 'stored',
      ({ name }) => name,
    );
  console.log('key of the table:', await put({ id: { S: '' } }));
  console.log('key of the index:', await put({ id: { S: '1' }, phone: { S: '' } }));
  const { Count } = await client.send(
    new QueryCommand({
      TableName: 'calls',
      IndexName: 'byPhone',
      KeyConditionExpression: 'phone = :none',
      ExpressionAttributeValues: { ':none': { S: '' } },
    }),
  );
  console.log('found by it:', Count);
  client.destroy();
  server.close();
  server.closeAllConnections();
});
JS
cat > expected.txt <<'TXT'
key of the table: ValidationException
key of the index: stored
found by it: 1
TXT
node run.cjs > seen.txt
diff expected.txt seen.txt
