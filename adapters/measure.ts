import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS, type Measure, type MetricName } from '../domain/metrics.ts';
import { logger } from './logging.ts';

/** Lines in CloudWatch's embedded metric format; namespace and service come from the environment. */
export const metrics = new Metrics({ logger });

/**
 * Writes one line per set of dimensions, as powertools warns if two sets of a line share a dimension. It would write a value that
 * is not a number as null, and omit a dimension without a value, which would put the value into another series: neither is written.
 */
export const measure: Measure = (figures, dimensions: Readonly<Record<string, string>>) => {
  const names = Object.keys(figures) as MetricName[];
  const finite = names.filter((name) => Number.isFinite(figures[name as never]));
  if (finite.length < names.length)
    logger.warn('no number', { metrics: names.filter((name) => !finite.includes(name)) });
  if (finite.length === 0) return;
  for (const set of METRICS[names[0] as MetricName].dimensions) {
    const missing = set.filter((dimension) => !dimensions[dimension]);
    if (missing.length > 0) {
      logger.warn('no dimension', { metrics: finite, missing });
      continue;
    }
    for (const dimension of set) metrics.addDimension(dimension, dimensions[dimension] as string);
    for (const name of finite) metrics.addMetric(name, METRICS[name].unit, figures[name as never] as number);
    metrics.publishStoredMetrics();
  }
};
