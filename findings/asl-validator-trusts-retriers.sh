#!/usr/bin/env bash
# asl-validator: a misspelt field of a Retry or Catch is valid, and so are values that AWS refuses
# Version 4.0.0. A misspelt field of the state itself is found, so that one trusts it for what is inside as well. There "MaxAttempt", an
# empty ErrorEquals, a BackoffRate below 1, a JitterStrategy of one's own and States.ALL among others pass; the Amazon States
# Language forbids each of them, and the mistake shows when the machine is deployed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts asl-validator@4.0.0 > npm.txt || exit 2
cat > run.cjs <<'JS'
const validate = require('asl-validator');

const ErrorEquals = ['Busy'];
for (const fields of [
  { Retries: [] },
  { Retry: [{ ErrorEquals, MaxAttempts: '3' }] },
  { Retry: [{ ErrorEquals, MaxAttempt: 3 }] },
  { Retry: [{ ErrorEquals: [] }] },
  { Retry: [{ ErrorEquals: ['Busy', 'States.ALL'] }] },
  { Retry: [{ ErrorEquals, BackoffRate: 0.5 }] },
  { Retry: [{ ErrorEquals, JitterStrategy: 'HALF' }] },
  { Catch: [{ ErrorEquals, Next: 'Call', ResultPaths: '$.error' }] },
]) {
  const Call = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...fields };
  console.log(JSON.stringify(fields), validate({ StartAt: 'Call', States: { Call } }).isValid);
}
JS
cat > expected.txt <<'TXT'
{"Retries":[]} false
{"Retry":[{"ErrorEquals":["Busy"],"MaxAttempts":"3"}]} false
{"Retry":[{"ErrorEquals":["Busy"],"MaxAttempt":3}]} true
{"Retry":[{"ErrorEquals":[]}]} true
{"Retry":[{"ErrorEquals":["Busy","States.ALL"]}]} true
{"Retry":[{"ErrorEquals":["Busy"],"BackoffRate":0.5}]} true
{"Retry":[{"ErrorEquals":["Busy"],"JitterStrategy":"HALF"}]} true
{"Catch":[{"ErrorEquals":["Busy"],"Next":"Call","ResultPaths":"$.error"}]} true
TXT
node run.cjs > seen.txt
diff expected.txt seen.txt
