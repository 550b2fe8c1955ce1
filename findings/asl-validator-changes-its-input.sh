#!/usr/bin/env bash
# asl-validator: writes a field into every state of the definition that it is given to check
# Version 4.0.0. After validate(definition) each state says "QueryLanguage", so that whoever deploys, prints or compares the object
# afterwards has another definition than the file. Of a frozen one it throws a TypeError. structuredClone helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts asl-validator@4.0.0 > npm.txt || exit 2
cat > run.cjs <<'JS'
const validate = require('asl-validator');

const Wait = { Type: 'Wait', Seconds: 1, End: true };
const definition = { StartAt: 'Wait', States: { Wait } };
console.log(JSON.stringify(definition));
console.log('valid:', validate(definition).isValid);
console.log(JSON.stringify(definition));
JS
cat > expected.txt <<'TXT'
{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":1,"End":true}}}
valid: true
{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":1,"End":true,"QueryLanguage":"JSONPath"}}}
TXT
node run.cjs > seen.txt
diff expected.txt seen.txt
