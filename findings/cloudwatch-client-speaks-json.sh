#!/usr/bin/env bash
# @aws-sdk/client-cloudwatch: asks in JSON and wants JSON back, where the client of SNS of the same release speaks Query and XML
# Version 3.1162.0. Both services are known for forms that are answered in XML, and recorded answers and local stand-ins of CloudWatch are
# made so. This client posts application/x-amz-json-1.0 with the operation in a header, and takes XML for JSON that is broken.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-cloudwatch@3.1162.0 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-sns@3.1162.0 >> npm.txt || exit 2
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { CloudWatchClient, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';

let seen;
const server = createServer((request, response) => {
  const { 'content-type': type, 'x-amz-target': target } = request.headers;
  seen = `${type} ${target}`;
  request.resume();
  response.writeHead(200, { 'content-type': 'text/xml' });
  const operation = seen.includes('Dashboards') ? 'ListDashboards' : 'ListTopics';
  response.end(`<${operation}Response><${operation}Result/></${operation}Response>`);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const options = {
  region: 'ap-northeast-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};
for (const [client, command] of [
  [new CloudWatchClient(options), new ListDashboardsCommand({})],
  [new SNSClient(options), new ListTopicsCommand({})],
]) {
  const answer = await client.send(command).then(
    () => 'answered',
    ({ name }) => name,
  );
  console.log(`${seen}, XML: ${answer}`);
  client.destroy();
}
server.close();
server.closeAllConnections();
JS
cat > expected.txt <<'TXT'
application/x-amz-json-1.0 GraniteServiceVersion20100801.ListDashboards, XML: SyntaxError
application/x-www-form-urlencoded undefined, XML: answered
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
