#!/usr/bin/env bash
# @holiday-jp/holiday_jp: whether it is a Japanese holiday depends on the machine's time zone
# Version 2.5.1. It reads year, month and day of a Date in the zone of the process: on a server in UTC, New Year's Day
# begins at nine in the morning in Japan and lasts until nine on the 2nd.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @holiday-jp/holiday_jp@2.5.1 > npm.txt || exit 2
cat > run.mjs <<'JS'
import holidays from '@holiday-jp/holiday_jp';

for (const time of ['2026-01-01T08:30:00+09:00', '2026-01-02T08:30:00+09:00']) {
  console.log(process.env.TZ, time, holidays.isHoliday(new Date(time)));
}
JS
cat > expected.txt <<'TXT'
Asia/Tokyo 2026-01-01T08:30:00+09:00 true
Asia/Tokyo 2026-01-02T08:30:00+09:00 false
UTC 2026-01-01T08:30:00+09:00 false
UTC 2026-01-02T08:30:00+09:00 true
TXT
TZ=Asia/Tokyo node run.mjs > seen.txt
TZ=UTC node run.mjs >> seen.txt
diff expected.txt seen.txt
