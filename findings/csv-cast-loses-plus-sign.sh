#!/usr/bin/env bash
# csv-parse: with cast: true, a telephone number or a code becomes a number
# Version 7.0.3. Whatever reads like a number is one: the plus sign, leading zeros and an article code such as 1e3 are
# gone, although none of them was written as a number. Quotes in the file change nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts csv-parse@7.0.3 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { parse } from 'csv-parse/sync';

const file = 'phone,article\n+819012345678,007\n"09012345678","1e3"\n';
console.log(JSON.stringify(parse(file, { columns: true, cast: true })));
JS
echo '[{"phone":819012345678,"article":7},{"phone":9012345678,"article":1000}]' > expected.txt
node run.mjs > seen.txt
diff expected.txt seen.txt
