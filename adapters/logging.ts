import { Logger } from '@aws-lambda-powertools/logger';
import { maskLogged } from '../domain/masking.ts';

/**
 * Structured logs of a function. We never log a number on purpose; the replacer masks what others put into the
 * messages that reach us, and what is in an event where the event log is on (`POWERTOOLS_LOGGER_LOG_EVENT`).
 */
export const logger = new Logger({
  jsonReplacerFn: (_key, value) => maskLogged(value),
});
