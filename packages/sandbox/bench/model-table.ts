import { readService } from '../service.ts';
import { functionTimes } from '../simulation/cold-starts.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { markdownTable } from '../simulation/simulation-report.ts';

/** What a scenario takes for true of AWS and of people, and how sure each is; the words are those of docs/assumptions.md. */
export function modelTable({ delays, quotas, customers }: Scenario): string {
  const number = (value: number) => value.toLocaleString('en');
  const range = ([low, high]: readonly [number, number], unit: string) => `${number(low)}–${number(high)} ${unit}`;
  const times = Object.values(functionTimes(readService('local', 0).functions)).map(({ startMs }) =>
    Math.round(startMs),
  );
  const starts = [Math.min(...times), Math.max(...times)] as const;
  const { startExecution, stateTransitions, lambdaConcurrency, tablePartitions } = quotas;
  return markdownTable(
    ['in the model', '', 'how sure'],
    [
      ['every state of an execution begins late by', range(delays.stateSeconds, 's'), '**inferred**'],
      [
        'where no execution environment is idle, a new one has its process after',
        range(delays.initMs, 'ms'),
        'assumed; with the next line within the documented range',
      ],
      ['and then the function starts in', range(starts, 'ms'), '**measured**: [cold start](cold-start.md)'],
      ['an idle execution environment is kept for', `${delays.environmentKeptMs / 60_000} min`, 'seen by others'],
      ['otherwise a function starts in', range(delays.invocationMs, 'ms'), 'assumed'],
      ['DynamoDB answers in', range(delays.tableMs, 'ms'), 'assumed'],
      ['Amazon Connect answers in', range(delays.connectMs, 'ms'), 'assumed'],
      ['events come late by', range(delays.eventMs, 'ms'), 'assumed'],
      ['metrics of Amazon Connect are old by', `${delays.metricsLagSeconds} s`, 'inferred'],
      ['StartOutboundVoiceContact takes', '2 a second after 5 at once', 'documented'],
      [
        'StartExecution takes',
        `${startExecution.perSecond} a second after ${startExecution.burst} at once`,
        'documented',
      ],
      ['state transitions of the account', `${stateTransitions.perSecond} a second`, 'documented'],
      ['functions that run at once', number(lambdaConcurrency), 'documented'],
      [
        `each of the ${tablePartitions.partitions} partitions of a table takes`,
        `${number(tablePartitions.write)} write and ${number(tablePartitions.read)} read units a second`,
        'documented; the number of partitions is inferred',
      ],
      ['phones ring for', range(customers.ringSeconds, 's'), 'assumed'],
      ['people talk for, where the row says nothing else', range(customers.talkSeconds, 's'), 'assumed'],
    ],
  );
}
