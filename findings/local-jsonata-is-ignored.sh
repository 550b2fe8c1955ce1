#!/usr/bin/env bash
# aws-local-stepfunctions: a JSONata state runs without an error and computes nothing
# Version 3.0.0. The definition passes its validation, "Output" is ignored, and the input comes out as it went in. On AWS
# the output is {"total":3}.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts aws-local-stepfunctions@3.0.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { StateMachine } from 'aws-local-stepfunctions';

const machine = new StateMachine({
  QueryLanguage: 'JSONata',
  StartAt: 'Add',
  States: { Add: { Type: 'Pass', Output: { total: '{% $states.input.a + $states.input.b %}' }, End: true } },
});
console.log(JSON.stringify(await machine.run({ a: 1, b: 2 }).result));
JS
echo '{"a":1,"b":2}' > expected.txt
node run.mjs > seen.txt
diff expected.txt seen.txt
