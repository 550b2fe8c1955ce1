#!/usr/bin/env bash
# aws-local-stepfunctions: a Choice rule like "IsPresent": false never matches
# Version 3.0.0. AWS takes the rule when the field is absent; here the state falls through to its Default without an
# error, and so do "IsNull": false and "IsString": false. {"Not": {…, "IsPresent": true}} matches in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts aws-local-stepfunctions@3.0.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { StateMachine } from 'aws-local-stepfunctions';

const decide = async (rule, input) => {
  const definition = {
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Matched' }], Default: 'Otherwise' },
      Matched: { Type: 'Pass', Result: 'matched', End: true },
      Otherwise: { Type: 'Pass', Result: 'default', End: true },
    },
  };
  return await new StateMachine(definition).run(input).result;
};
const Variable = '$.email';
console.log('IsPresent false, field absent:', await decide({ Variable, IsPresent: false }, {}));
console.log('IsNull false, field is 1:', await decide({ Variable, IsNull: false }, { email: 1 }));
console.log('IsString false, field is 1:', await decide({ Variable, IsString: false }, { email: 1 }));
console.log('Not IsPresent true, field absent:', await decide({ Not: { Variable, IsPresent: true } }, {}));
JS
cat > expected.txt <<'TXT'
IsPresent false, field absent: default
IsNull false, field is 1: default
IsString false, field is 1: default
Not IsPresent true, field absent: matched
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
