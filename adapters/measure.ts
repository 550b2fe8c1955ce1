import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS, type Measure, type MetricName } from '../domain/metrics.ts';
import { logger } from './logging.ts';

/** Lines in CloudWatch's embedded metric format; namespace and service come from the environment. */
export const metrics = new Metrics({ logger });

/** Writes one line for each set of dimensions: powertools warns where two sets of a line share a dimension. */
export const measure: Measure = (figures, dimensions: Readonly<Record<string, string>>) => {
  const names = Object.keys(figures) as MetricName[];
  for (const set of METRICS[names[0] as MetricName].dimensions) {
    for (const dimension of set) metrics.addDimension(dimension, dimensions[dimension] as string);
    for (const name of names) metrics.addMetric(name, METRICS[name].unit, figures[name as never] as number);
    metrics.publishStoredMetrics();
  }
};
