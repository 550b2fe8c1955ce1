#!/usr/bin/env bash
# libphonenumber-js: a Japanese number with its extension written in Japanese is no number at all
# Version 1.13.16. 内線 is what Japan writes for "ext."; English and Russian words are known, also with the country JP. With 内線12 behind it
# nothing is parsed, rather than the number alone, although 内線 without digits, or any other Japanese word, is passed over.
# findPhoneNumbersInText finds the number and loses the extension, so that the call ends at the switchboard.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js/max';

const told = (phone) => (phone ? `${phone.number} ext ${phone.ext}` : 'nothing');
for (const end of ['ext. 12', 'доб. 12', '内線', '代表', '内線12']) {
  const text = `090-1234-5678 ${end}`;
  const [found] = findPhoneNumbersInText(text, 'JP');
  console.log(`${end}: parsed ${told(parsePhoneNumberFromString(text, 'JP'))}; found ${told(found?.number)}`);
}
JS
cat > expected.txt <<'TXT'
ext. 12: parsed +819012345678 ext 12; found +819012345678 ext 12
доб. 12: parsed +819012345678 ext 12; found +819012345678 ext 12
内線: parsed +819012345678 ext undefined; found +819012345678 ext undefined
代表: parsed +819012345678 ext undefined; found +819012345678 ext undefined
内線12: parsed nothing; found +819012345678 ext undefined
TXT
node run.mjs > seen.txt
diff expected.txt seen.txt
