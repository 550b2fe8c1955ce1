#!/usr/bin/env bash
# @aws-sdk/client-connect: LimitExceededException is sent three times, as if it were a passing fault
# Version 3.1136.0. It is answered with status 429, which the SDK's standard retry takes for throttling, whatever the error's
# name says. A client whose caller repeats by itself, or counts requests, has to set maxAttempts: 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-connect@3.1136.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';

let asked = 0;
let answer;
const server = createServer((request, response) => {
  asked += 1;
  request.resume();
  response.writeHead(answer.status, { 'x-amzn-errortype': answer.type, 'content-type': 'application/json' });
  response.end('{"Message":"refused"}');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const client = new ConnectClient({
  region: 'ap-northeast-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
for (answer of [
  { status: 429, type: 'LimitExceededException' },
  { status: 400, type: 'InvalidRequestException' },
]) {
  asked = 0;
  const InstanceId = '00000000-0000-4000-8000-000000000001';
  const call = { DestinationPhoneNumber: '+819012345678', ContactFlowId: InstanceId, InstanceId };
  await client.send(new StartOutboundVoiceContactCommand(call)).catch(() => {});
  console.log(answer.type, asked);
}
client.destroy();
server.close();
server.closeAllConnections();
JS
cat > expected.txt <<'TXT'
LimitExceededException 3
InvalidRequestException 1
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
