#!/usr/bin/env bash
# zod: z.toJSONSchema leaves out the flags of a regular expression, so that the schema refuses what zod takes
# Version 4.6.7. JSON Schema has no flags. What it cannot express makes toJSONSchema throw, as z.date() does; of /^karte$/i it writes the
# pattern without a word. ajv 8.20.0 then refuses "KARTE", and of /^b/m it refuses a text whose second line begins with b.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts zod@4.6.7 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts ajv@8.20.0 >> npm.txt || exit 2
cat > run.mjs <<'JS'
import Ajv from 'ajv/dist/2020.js';
import * as z from 'zod';

const ajv = new Ajv.default();
for (const [regex, text] of [
  [/^karte$/i, 'KARTE'],
  [/^b/m, 'a\nb'],
]) {
  const schema = z.string().regex(regex);
  const exported = z.toJSONSchema(schema);
  console.log(`${regex} ${exported.pattern}: zod ${schema.safeParse(text).success}, ajv ${ajv.validate(exported, text)}`);
}
try {
  z.toJSONSchema(z.date());
} catch ({ message }) {
  console.log(message);
}
JS
cat > expected.txt <<'TXT'
/^karte$/i ^karte$: zod true, ajv false
/^b/m ^b: zod true, ajv false
Date cannot be represented in JSON Schema
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
