#!/usr/bin/env bash
# csv-parse: a Windows line break within a quoted cell counts as two lines
# Version 7.0.3. What `info` says of `lines` is right for \n and \r within quotes, and between rows for all three; \r\n
# within quotes adds 2, so that every later row is told by the wrong line. One was expected for each kind of line break.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts csv-parse@7.0.3 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { parse } from 'csv-parse/sync';

for (const lineBreak of ['\n', '\r', '\r\n']) {
  const [, second] = parse(`1,"two${lineBreak}lines"${lineBreak}2,one line${lineBreak}`, { info: true });
  console.log(JSON.stringify(lineBreak), 'the second row ends in line', second.info.lines);
}
JS
cat > expected.txt <<'TXT'
"\n" the second row ends in line 3
"\r" the second row ends in line 3
"\r\n" the second row ends in line 4
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
