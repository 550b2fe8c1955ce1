#!/usr/bin/env bash
# dynalite: REMOVE of two elements of a list takes away the first of them and the neighbour of the second
# Version 4.0.0. It removes one after the other, and the second index counts in a list that is shorter by then. DynamoDB means the
# list as it was: its guide removes [1] and [2] of five tools in this way, and Chisel, Screwdriver and Hacksaw are left. There is no
# error. Written from the highest index down, both remove the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts dynalite@4.0.0 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-dynamodb@3.1162.0 >> npm.txt || exit 2
cat > run.cjs <<'JS'
const { CreateTableCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
const server = require('dynalite')({ createTableMs: 0 });

server.listen(0, '127.0.0.1', async () => {
  const client = new DynamoDBClient({
    region: 'ap-northeast-1',
    endpoint: `http://127.0.0.1:${server.address().port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(
    new CreateTableCommand({
      TableName: 'boxes',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const id = { S: '1' };
  const tools = { L: ['Chisel', 'Hammer', 'Nails', 'Screwdriver', 'Hacksaw'].map((S) => ({ S })) };
  for (const UpdateExpression of ['REMOVE tools[1], tools[2]', 'REMOVE tools[2], tools[1]']) {
    await client.send(new PutItemCommand({ TableName: 'boxes', Item: { id, tools } }));
    const { Attributes } = await client.send(
      new UpdateItemCommand({ TableName: 'boxes', Key: { id }, UpdateExpression, ReturnValues: 'ALL_NEW' }),
    );
    console.log(`${UpdateExpression}: ${Attributes.tools.L.map(({ S }) => S).join(', ')}`);
  }
  client.destroy();
  server.close();
  server.closeAllConnections();
});
JS
cat > expected.txt <<'TXT'
REMOVE tools[1], tools[2]: Chisel, Nails, Hacksaw
REMOVE tools[2], tools[1]: Chisel, Screwdriver, Hacksaw
TXT
node run.cjs > seen.txt
diff expected.txt seen.txt
