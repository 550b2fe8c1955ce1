#!/usr/bin/env bash
# date-holidays: Japan's day between two holidays is there in 2026, and missing in 2032 and 2049
# Version 3.37.0. By Japanese law a day between two holidays is one, too (国民の休日): in September, when the third Monday is
# two days before the autumn equinox. 2026-09-22 is found; 2032-09-21 and 2049-09-21, of which the same is true, are not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts date-holidays@3.37.0 > npm.txt || exit 2
cat > run.cjs <<'JS'
const Holidays = require('date-holidays');

for (const year of [2026, 2032, 2049]) {
  const days = new Holidays('JP').getHolidays(year).filter(({ date }) => date.startsWith(`${year}-09`));
  console.log(days.map(({ date, name }) => `${date.slice(0, 10)} ${name}`).join(', '));
}
JS
cat > expected.txt <<'TXT'
2026-09-21 敬老の日, 2026-09-22 国民の休日, 2026-09-23 秋分の日
2032-09-20 敬老の日, 2032-09-22 秋分の日
2049-09-20 敬老の日, 2049-09-22 秋分の日
TXT
node run.cjs > seen.txt
diff expected.txt seen.txt
