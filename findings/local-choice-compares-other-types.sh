#!/usr/bin/env bash
# aws-local-stepfunctions: "NumericLessThan" is true of null and of a text that reads like a smaller number
# Version 3.0.0. On AWS such a rule does not match: Step Functions never matches a value of another type. Here "NumericEquals" keeps to
# that, and the four that ask for less or more do not, so that a field that is null takes the branch of 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts aws-local-stepfunctions@3.0.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { StateMachine } from 'aws-local-stepfunctions';

for (const operator of ['NumericEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThanEquals']) {
  const machine = new StateMachine({
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ Variable: '$.agents', [operator]: 1, Next: 'Matched' }], Default: 'Otherwise' },
      Matched: { Type: 'Pass', Result: 'matched', End: true },
      Otherwise: { Type: 'Pass', Result: 'default', End: true },
    },
  });
  for (const agents of [null, '0', '2']) {
    console.log(operator, 1, JSON.stringify(agents), await machine.run({ agents }).result);
  }
}
JS
cat > expected.txt <<'TXT'
NumericEquals 1 null default
NumericEquals 1 "0" default
NumericEquals 1 "2" default
NumericLessThan 1 null matched
NumericLessThan 1 "0" matched
NumericLessThan 1 "2" default
NumericLessThanEquals 1 null matched
NumericLessThanEquals 1 "0" matched
NumericLessThanEquals 1 "2" default
NumericGreaterThanEquals 1 null default
NumericGreaterThanEquals 1 "0" default
NumericGreaterThanEquals 1 "2" matched
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
