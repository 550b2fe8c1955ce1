#!/usr/bin/env bash
# @middy/core: 5 ms before the time limit the invocation fails, and the handler goes on
# Version 7.9.2. The default timeoutEarlyInMillis is 5: the caller gets a TimeoutError, and nothing stops the handler unless it heeds the
# signal that it gets as a third argument. Without middy, Lambda ends the process at the limit; after an error it keeps it, and what
# was under way goes on when the next invocation thaws it, so that a retry meets its predecessor. 0 leaves the limit to Lambda.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @middy/core@7.9.2 > npm.txt || exit 2
cat > run.mjs <<'JS'
import middy from '@middy/core';

for (const options of [{}, { timeoutEarlyInMillis: 0 }]) {
  const happened = [];
  const written = Promise.withResolvers();
  const handler = middy(options).handler(async () => {
    await new Promise((answered) => setTimeout(answered, 500));
    happened.push('the handler writes');
    written.resolve();
    return 'written';
  });
  const answer = await handler({}, { getRemainingTimeInMillis: () => 100 }).catch(({ name }) => name);
  happened.push(`the caller gets ${answer}`);
  await written.promise;
  console.log(`${JSON.stringify(options)}: ${happened.join(', ')}`);
}
JS
cat > expected.txt <<'TXT'
{}: the caller gets TimeoutError, the handler writes
{"timeoutEarlyInMillis":0}: the handler writes, the caller gets written
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
