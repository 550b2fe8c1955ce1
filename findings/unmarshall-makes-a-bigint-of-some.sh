#!/usr/bin/env bash
# @aws-sdk/util-dynamodb: the same attribute is a number in one item and a bigint in the next
# Version 3.996.9. An integer beyond 2^53 comes out of unmarshall, and so of the document client, as a bigint, which keeps its digits, and
# which JSON.stringify and Math refuse. A decimal of as many digits comes out as a number that has lost some, without a word.
# Written back, the bigint is taken, while the same integer as a number would be refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/util-dynamodb@3.996.9 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-dynamodb@3.1162.0 >> npm.txt || exit 2
cat > run.mjs <<'JS'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

const tried = (what) => {
  try {
    return what();
  } catch ({ name }) {
    return name;
  }
};
for (const N of ['9007199254740991', '9007199254740993', '1.2345678901234567890']) {
  const { id } = unmarshall({ id: { N } });
  const back = tried(() => marshall({ id }).id.N);
  console.log(`${N}: ${typeof id} ${id}, as JSON ${tried(() => JSON.stringify(id))}, written back ${back}`);
}
console.log('a number of that size:', tried(() => marshall({ id: 2 ** 53 }).id.N) === 'Error' ? 'refused' : 'taken');
JS
cat > expected.txt <<'TXT'
9007199254740991: number 9007199254740991, as JSON 9007199254740991, written back 9007199254740991
9007199254740993: bigint 9007199254740993, as JSON TypeError, written back 9007199254740993
1.2345678901234567890: number 1.2345678901234567, as JSON 1.2345678901234567, written back 1.2345678901234567
a number of that size: refused
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
