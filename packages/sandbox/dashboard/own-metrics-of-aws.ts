import { deadLetters, executions, ofFunction } from '../../../resources/dashboard/metrics-of-aws.ts';
import type { LocalFunctions } from '../local-functions.ts';
import type { Stack } from '../stack.ts';
import type { Execution } from '../state-machine.ts';
import type { MetricStore } from './metric-store.ts';

/** What AWS counts by itself and this machine has nothing of, by the metric's name. */
export const NOT_ON_THIS_MACHINE: readonly string[] = ['Throttles'];

/** The functions, with a count of their errors as AWS Lambda keeps it: each run is one, or none. */
export const withErrorsCounted = (functions: LocalFunctions, metrics: MetricStore): LocalFunctions => ({
  ...functions,
  async invoke(name, payload) {
    const count = (errors: number) => metrics.put(ofFunction('Errors', name), errors, Date.now());
    try {
      const result = await functions.invoke(name, payload);
      count(0);
      return result;
    } catch (error) {
      count(1);
      throw error;
    }
  },
});

/** An execution has ended, as AWS Step Functions counts it. */
export function countExecution({ status }: Pick<Execution, 'status'>, metrics: MetricStore): void {
  metrics.put(executions('ExecutionsFailed'), status === 'FAILED' ? 1 : 0, Date.now());
  metrics.put(executions('ExecutionsTimedOut'), status === 'TIMED_OUT' ? 1 : 0, Date.now());
}

/** How long the dead-letter queues are, which Amazon SQS tells every minute and this machine when somebody looks. */
export function measureQueues({ bus, queues, metrics }: Pick<Stack, 'bus' | 'queues' | 'metrics'>): void {
  metrics.put(deadLetters('DeadLetterQueue'), bus.deadLetters.length, Date.now());
  metrics.put(deadLetters('ReleaseDeadLetterQueue'), queues.deadLetters.length, Date.now());
}
