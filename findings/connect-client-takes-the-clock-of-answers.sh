#!/usr/bin/env bash
# @aws-sdk/client-connect: the Date header of any answer, also of a good one, sets the clock that signs the next request
# Version 3.1136.0. Not only after a refusal for a wrong clock, and not from a tolerance on: two minutes are taken over as well as an hour.
# Behind a proxy that answers from a cache, or with a stand-in that keeps time of its own, the next request to AWS can be
# signed more than the five minutes off that AWS allows, on a machine whose clock is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-connect@3.1136.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { ConnectClient, DescribeInstanceCommand } from '@aws-sdk/client-connect';

const minutesOff = (at) => Math.round((at - Date.now()) / 60_000);
let [answerOff, signedOff] = [0, 0];
const server = createServer((request, response) => {
  const [, ...digits] = /(....)(..)(..)T(..)(..)(..)Z/.exec(request.headers['x-amz-date']).map(Number);
  signedOff = minutesOff(Date.UTC(digits[0], digits[1] - 1, ...digits.slice(2)));
  request.resume();
  response.writeHead(200, {
    'content-type': 'application/json',
    date: new Date(Date.now() + answerOff * 60_000).toUTCString(),
  });
  response.end('{}');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const client = new ConnectClient({
  region: 'ap-northeast-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
for (answerOff of [-60, 2, 0, 0]) {
  await client.send(new DescribeInstanceCommand({ InstanceId: '00000000-0000-4000-8000-000000000001' }));
  console.log(`signed ${signedOff} minutes off; then an answer with status 200 and a date ${answerOff} minutes off`);
}
client.destroy();
server.close();
server.closeAllConnections();
JS
cat > expected.txt <<'TXT'
signed 0 minutes off; then an answer with status 200 and a date -60 minutes off
signed -60 minutes off; then an answer with status 200 and a date 2 minutes off
signed 2 minutes off; then an answer with status 200 and a date 0 minutes off
signed 0 minutes off; then an answer with status 200 and a date 0 minutes off
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
