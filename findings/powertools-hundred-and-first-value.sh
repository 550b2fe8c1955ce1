#!/usr/bin/env bash
# @aws-lambda-powertools/metrics: the 101st value is written without the dimensions of the first hundred
# Version 2.36.0. A line of the embedded metric format holds 100 values, so the hundredth is written out at once, and what was added
# by addDimension goes with it. What comes after counts in the series without that dimension: the series that was meant is
# too small, and another one, which nobody looks at, is too large. Nothing is warned of. setDefaultDimensions stay.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @aws-lambda-powertools/metrics@2.36.0 > npm.txt || exit 2
cat > run.mjs <<'JS'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'example', serviceName: 'example' });
metrics.setDefaultDimensions({ stage: 'test' });
metrics.addDimension('queue', 'sales');
for (let wait = 1; wait <= 101; wait += 1) metrics.addMetric('Wait', MetricUnit.Seconds, wait);
metrics.publishStoredMetrics();
JS
cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs';

for (const line of readFileSync('written.txt', 'utf8').trim().split('\n')) {
  const { _aws, Wait } = JSON.parse(line);
  console.log(_aws.CloudWatchMetrics[0].Dimensions[0].toSorted().join('+'), [Wait].flat().length);
}
JS
cat > expected.txt <<'TXT'
queue+service+stage 100
service+stage 1
TXT
node run.mjs > written.txt 2> warnings.txt
node read.mjs > seen.txt
cat warnings.txt >> seen.txt
diff expected.txt seen.txt
