import { Logger } from '@aws-lambda-powertools/logger';
import { maskPhones } from '../domain/masking.ts';

/**
 * Structured logs of a function. We never log a number on purpose; the replacer masks what others put into the
 * messages that reach us.
 */
export const logger = new Logger({
  jsonReplacerFn: (_key, value) => (typeof value === 'string' ? maskPhones(value) : value),
});
