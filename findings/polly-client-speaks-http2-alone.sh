#!/usr/bin/env bash
# @aws-sdk/client-polly: speaks HTTP/2 and nothing else, unlike the client of Connect of the same release
# Version 3.1136.0. An end point that knows HTTP/1.1 alone, such as a local stand-in or some proxies, never sees the
# request of Polly's client, and the error speaks of a protocol, not of a setting. It takes a NodeHttpHandler as requestHandler.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @smithy/node-http-handler@4.14.2 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-connect@3.1136.0 @aws-sdk/client-polly@3.1136.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { ConnectClient, DescribeInstanceCommand } from '@aws-sdk/client-connect';
import { PollyClient, SynthesizeSpeechCommand } from '@aws-sdk/client-polly';
import { NodeHttpHandler } from '@smithy/node-http-handler';

let version = 'nothing';
const server = createServer((request, response) => {
  version = `HTTP/${request.httpVersion}`;
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{}');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const config = {
  region: 'ap-northeast-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};
const speak = new SynthesizeSpeechCommand({ Text: 'Hello.', VoiceId: 'Joanna', OutputFormat: 'mp3' });
const describe = new DescribeInstanceCommand({ InstanceId: '00000000-0000-4000-8000-000000000001' });
for (const [name, client, command] of [
  ['connect', new ConnectClient(config), describe],
  ['polly', new PollyClient(config), speak],
  ['polly with NodeHttpHandler', new PollyClient({ ...config, requestHandler: new NodeHttpHandler() }), speak],
]) {
  version = 'nothing';
  const answered = await client.send(command).then(() => 'answered', () => 'failed');
  console.log(`${name}: ${answered}, the server saw ${version}`);
  client.destroy();
}
server.close();
server.closeAllConnections();
JS
cat > expected.txt <<'TXT'
connect: answered, the server saw HTTP/1.1
polly: failed, the server saw nothing
polly with NodeHttpHandler: answered, the server saw HTTP/1.1
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
