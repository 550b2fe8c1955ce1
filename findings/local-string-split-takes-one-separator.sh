#!/usr/bin/env bash
# aws-local-stepfunctions: States.StringSplit takes its separators for one word and splits nothing
# Version 3.0.0. On AWS each character of the second argument separates: the example of its guide, 'This.is+a,test=string' by '.+,=',
# has five parts there and one here. A single separator works in both, which hides the difference.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts aws-local-stepfunctions@3.0.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { StateMachine } from 'aws-local-stepfunctions';

const machine = new StateMachine({
  StartAt: 'Split',
  States: { Split: { Type: 'Pass', Parameters: { 'parts.$': 'States.StringSplit($.text, $.separators)' }, End: true } },
});
for (const input of [
  { text: '1,2,3', separators: ',' },
  { text: 'This.is+a,test=string', separators: '.+,=' },
]) {
  console.log(JSON.stringify((await machine.run(input).result).parts));
}
JS
cat > expected.txt <<'TXT'
["1","2","3"]
["This.is+a,test=string"]
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
