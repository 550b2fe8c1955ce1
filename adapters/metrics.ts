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

/** Counts one call that is over, or of which nothing is heard any more. */
export function countCall(outcome: string): void {
  const single = metrics.singleMetric();
  single.addDimension('outcome', outcome);
  single.addMetric('CallsEnded', MetricUnit.Count, 1);
}

/** Counts a step that failed, whether it is tried again or not: a function may serve several. */
export function countFailure(step: string): void {
  const single = metrics.singleMetric();
  single.addDimension('step', step);
  single.addMetric('StepsFailed', MetricUnit.Count, 1);
}
