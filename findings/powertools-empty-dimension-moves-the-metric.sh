#!/usr/bin/env bash
# @aws-lambda-powertools/metrics: an empty dimension value is left out, and the metric counts in another series
# Version 2.36.0. A dimension with an empty value is dropped with a warning; the metric itself is written all the same, with
# the dimensions that are left. It is added to the series without the dimension, whose sum is then no longer what it says,
# and an alarm on the series that was meant sees nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-lambda-powertools/metrics@2.36.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

for (const reason of ['too_short', '']) {
  const metric = new Metrics({ namespace: 'example', serviceName: 'example' }).singleMetric();
  metric.addDimension('reason', reason);
  metric.addMetric('Refused', MetricUnit.Count, 1);
}
JS
cat > expected.txt <<'TXT'
"Dimensions":[["service","reason"]] "Refused":1
"Dimensions":[["service"]] "Refused":1
TXT
node run.mjs 2> warnings.txt | sed -E 's/.*("Dimensions":\[\[[^]]*\]\]).*("Refused":[0-9]+).*/\1 \2/' > seen.txt
diff expected.txt seen.txt
