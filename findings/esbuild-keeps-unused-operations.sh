#!/usr/bin/env bash
# @aws-sdk/client-connect: a bundle for one command holds the schemas of all other commands, too
# Version 3.1136.0. Bundled by esbuild 0.28.2. Each operation's schema is an array whose object has a computed key, [_h]: for all that the
# bundler knows, evaluating the key has a side effect, so that nothing that has one falls out, though no code reaches it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-sdk/client-connect@3.1136.0 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund esbuild@0.28.2 >> npm.txt || exit 2
cat > entry.mjs <<'JS'
import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';
export const call = (input) => new ConnectClient().send(new StartOutboundVoiceContactCommand(input));
JS
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: ['entry.mjs'],
  ...{ bundle: true, treeShaking: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], write: false },
});
const schemas = readFileSync('node_modules/@aws-sdk/client-connect/dist-es/schemas/schemas_0.js', 'utf8');
const operations = [...schemas.matchAll(/^export var (\w+\$) = \[9,/gm)].map(([, name]) => name);
const [bundle] = outputFiles;
const kept = operations.filter((name) => bundle.text.includes(`${name} = [`));
console.log(`1 operation is used, ${operations.length} are there, ${kept.length} are in the bundle`);
JS
cat > expected.txt <<'TXT'
1 operation is used, 397 are there, 397 are in the bundle
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
