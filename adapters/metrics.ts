import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logger } from './logging.ts';

/** Counters in CloudWatch's embedded metric format; namespace and service come from the environment. */
const metrics = new Metrics({ logger });

/** Counts one request that ended. */
export function countOutcome(outcome: string): void {
  const single = metrics.singleMetric();
  single.addDimension('outcome', outcome);
  single.addMetric('RequestsEnded', MetricUnit.Count, 1);
}
