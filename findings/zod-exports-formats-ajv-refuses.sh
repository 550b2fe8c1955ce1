#!/usr/bin/env bash
# zod: what z.toJSONSchema makes of startsWith is no schema to ajv, which stops at a format that zod made up
# Version 4.6.7. Beside the pattern, which would do, startsWith writes "format": "starts_with"; endsWith, includes, lowercase and e164 do
# likewise. ajv 8.20.0 knows none of them, also with ajv-formats 3.0.1, and refuses unknown formats by default. The same
# rule as regex compiles. validateFormats: false, or a format of that name, helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts zod@4.6.7 > npm.txt || exit 2
npm install --loglevel=error --no-audit --no-fund --ignore-scripts ajv@8.20.0 ajv-formats@3.0.1 >> npm.txt || exit 2
cat > run.mjs <<'JS'
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';
import * as z from 'zod';

const ajv = new Ajv.default();
addFormats.default(ajv);
for (const [name, schema] of Object.entries({
  startsWith: z.string().startsWith('+81'),
  endsWith: z.string().endsWith('Z'),
  includes: z.string().includes('@'),
  lowercase: z.string().lowercase(),
  e164: z.e164(),
  regex: z.string().regex(/^\+81/),
  email: z.email(),
})) {
  const { format, pattern, ...rest } = z.toJSONSchema(schema);
  let taken = 'taken';
  try {
    ajv.compile({ format, pattern, ...rest });
  } catch {
    taken = 'refused';
  }
  console.log(`${name}: format ${format}, ${pattern ? 'a pattern' : 'no pattern'}, ${taken}`);
}
JS
cat > expected.txt <<'TXT'
startsWith: format starts_with, a pattern, refused
endsWith: format ends_with, a pattern, refused
includes: format includes, a pattern, refused
lowercase: format lowercase, a pattern, refused
e164: format e164, a pattern, refused
regex: format undefined, a pattern, taken
email: format email, a pattern, taken
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
