#!/usr/bin/env bash
# @aws-lambda-powertools/metrics: a value that is no number is refused, but NaN and Infinity are written, as null
# Version 2.36.0. addMetric throws a RangeError for undefined and for a text, so that a mistake looks as if it were always
# caught. NaN, which a difference of two times yields where one of them is missing, passes, and so does Infinity: the
# embedded metric format then says null in place of a number, which is no value of that format.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-lambda-powertools/metrics@2.36.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

for (const value of [undefined, '5', Number.NaN, Number.POSITIVE_INFINITY, 5]) {
  try {
    new Metrics({ namespace: 'example', serviceName: 'example' }).singleMetric().addMetric('Wait', MetricUnit.Milliseconds, value);
  } catch (error) {
    console.error(`${value}: ${error.name}`);
  }
}
JS
cat > expected.txt <<'TXT'
undefined: RangeError
5: RangeError
"Wait":null
"Wait":null
"Wait":5
TXT
{ node run.mjs 2>&3 | grep --only-matching '"Wait":[^}]*' > written.txt; } 3> refused.txt
cat refused.txt written.txt > seen.txt
diff expected.txt seen.txt
