import { Metrics } from '@aws-lambda-powertools/metrics';
import { logger } from './logging.ts';

/** Counters in CloudWatch's embedded metric format; namespace and service come from the environment. */
export const metrics = new Metrics({ logger });
