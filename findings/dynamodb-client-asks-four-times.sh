#!/usr/bin/env bash
# @aws-sdk/client-dynamodb: a client makes four attempts where every other client makes three
# Version 3.1162.0. Its own default of maxAttempts is 4. With a limit for each request, what hangs takes a third longer than
# the general default lets one expect, and a short time-out of a function is used up. maxAttempts: 3 makes it like the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-sqs@3.1162.0 @aws-sdk/client-dynamodb@3.1162.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';

let asked = 0;
const server = createServer((request, response) => {
  asked += 1;
  request.resume();
  response.writeHead(500);
  response.end();
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const options = {
  region: 'ap-northeast-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
async function attempts(name, client, command) {
  asked = 0;
  await client.send(command).catch(() => {});
  console.log(name, asked);
  client.destroy();
}
const item = new GetItemCommand({ TableName: 'calls', Key: { id: { S: '1' } } });
await attempts('SQS', new SQSClient(options), new GetQueueUrlCommand({ QueueName: 'release' }));
await attempts('DynamoDB', new DynamoDBClient(options), item);
await attempts('DynamoDB with maxAttempts: 3', new DynamoDBClient({ ...options, maxAttempts: 3 }), item);
server.close();
server.closeAllConnections();
JS
cat > expected.txt <<'TXT'
SQS 3
DynamoDB 4
DynamoDB with maxAttempts: 3 3
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
