#!/usr/bin/env bash
# dynalite: every Scan and Query leaves an iterator of its store open, which keeps the whole table as it was then
# Version 4.0.0. Its store is memory-level 3.1.0. It ends a read with iterator.return(), and the store's iterators have close() only. In
# a process that lives for long, each read after a write keeps another state of the table for good.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts dynalite@4.0.0 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts memory-level@3.1.0 @aws-sdk/client-dynamodb@3.1136.0 >> npm.txt || exit 2
cat > run.cjs <<'JS'
const { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } = require('@aws-sdk/client-dynamodb');
const { MemoryLevel } = require('memory-level');

let [opened, closed] = [0, 0];
const { values } = MemoryLevel.prototype;
MemoryLevel.prototype.values = function (...options) {
  const iterator = values.apply(this, options);
  opened += 1;
  const close = iterator.close.bind(iterator);
  iterator.close = () => {
    closed += 1;
    return close();
  };
  return iterator;
};
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
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await client.send(new PutItemCommand({ TableName: 'calls', Item: { id: { S: 'one' } } }));
  [opened, closed] = [0, 0];
  for (let scans = 0; scans < 10; scans += 1) await client.send(new ScanCommand({ TableName: 'calls' }));
  await new Promise((done) => setTimeout(done, 200));
  console.log(`10 scans: at least 10 iterators opened ${opened >= 10}, closed ${closed}`);
  client.destroy();
  server.close();
  server.closeAllConnections();
});
JS
cat > expected.txt <<'TXT'
10 scans: at least 10 iterators opened true, closed 0
TXT
node run.cjs > seen.txt
diff expected.txt seen.txt
