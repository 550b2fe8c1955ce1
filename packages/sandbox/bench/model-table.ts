import { readService } from '../service.ts';
import { functionTimes } from '../simulation/cold-starts.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { markdownTable } from '../simulation/simulation-report.ts';

/** What a scenario assumes about AWS and people, and how certain each is; the words are those of docs/assumptions.md. */
export function modelTable({ delays, quotas, customers }: Scenario): string {
  const number = (value: number) => value.toLocaleString('en');
  const range = ([low, high]: readonly [number, number], unit: string) => `${number(low)}–${number(high)} ${unit}`;
  const times = Object.values(functionTimes(readService('local', 0).functions)).map(({ startMs }) =>
    Math.round(startMs),
  );
  const starts = [Math.min(...times), Math.max(...times)] as const;
  const { startExecution, stateTransitions, lambdaConcurrency, tablePartitions } = quotas;
  return markdownTable(
    ['model', 'value', 'confidence'],
    [
      ['delay before each state of an execution', range(delays.stateSeconds, 's'), '**inferred**'],
      [
        'time until a new execution environment has its process',
        range(delays.initMs, 'ms'),
        'assumed; together with the next line within the documented range',
      ],
      ['time until the function has started in it', range(starts, 'ms'), '**measured**: [cold start](cold-start.md)'],
      ['time an idle execution environment is kept', `${delays.environmentKeptMs / 60_000} min`, 'seen by others'],
      ['start of a function in an idle environment', range(delays.invocationMs, 'ms'), 'assumed'],
      ['response time of DynamoDB', range(delays.tableMs, 'ms'), 'assumed'],
      ['response time of Amazon Connect', range(delays.connectMs, 'ms'), 'assumed'],
      ['delay of event delivery', range(delays.eventMs, 'ms'), 'assumed'],
      ['age of the metrics of Amazon Connect', `${delays.metricsLagSeconds} s`, 'inferred'],
      ['quota of StartOutboundVoiceContact', '2 a second, bursts of 5', 'documented'],
      [
        'quota of StartExecution',
        `${startExecution.perSecond} a second, bursts of ${startExecution.burst}`,
        'documented',
      ],
      ['quota of state transitions', `${stateTransitions.perSecond} a second`, 'documented'],
      ['concurrent executions of functions', number(lambdaConcurrency), 'documented'],
      [
        `throughput of each of a table's ${tablePartitions.partitions} partitions`,
        `${number(tablePartitions.write)} write and ${number(tablePartitions.read)} read units a second`,
        'documented; the number of partitions is inferred',
      ],
      ['time that a phone rings', range(customers.ringSeconds, 's'), 'assumed'],
      ['duration of a conversation, unless the scenario sets it', range(customers.talkSeconds, 's'), 'assumed'],
    ],
  );
}
