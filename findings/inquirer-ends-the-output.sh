#!/usr/bin/env bash
# @inquirer/prompts: a stream that is given as output is ended by the first prompt
# Version 8.8.0. Standard output stays open after a prompt; a stream that is passed in, as tests and servers give it, is ended
# when the first prompt is answered. The second prompt still takes its answer, and nothing of its question can be read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @inquirer/prompts@8.8.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { PassThrough } from 'node:stream';
import { input } from '@inquirer/prompts';

const keyboard = new PassThrough();
const screen = new PassThrough();
let shown = '';
screen.on('data', (text) => {
  shown += text;
});
for (const message of ['First', 'Second']) {
  setImmediate(() => keyboard.write('yes\n'));
  const answer = await input({ message }, { input: keyboard, output: screen });
  await new Promise((resolve) => setImmediate(resolve));
  console.log(message, answer, 'shown:', shown.includes(message), 'ended:', screen.writableEnded);
}
JS
cat > expected.txt <<'TXT'
First yes shown: true ended: true
Second yes shown: false ended: true
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
