import { type CurrentMetricName, GetCurrentMetricDataCommand } from '@aws-sdk/client-connect';
import type { Account } from '../account.ts';
import type { Check, CheckedStage } from '../check.ts';
import { counted } from '../counted.ts';
import { idsOf, once } from '../stage-answers.ts';

const PERMISSIONS = ['connect:GetCurrentMetricData'];

/** Amazon Connect's real-time metrics of the queues. */
export const METRICS_CHECKS: readonly Check[] = [
  {
    id: 'metrics-empty',
    title: 'With nobody logged in there is no result, rather than a zero',
    permissions: PERMISSIONS,
    async ask(account, stage) {
      const rows = await grouped(account, stage);
      const online = rows.reduce((sum, row) => sum + metricOf(row, 'AGENTS_ONLINE'), 0);
      if (online > 0) {
        return {
          state: 'unchecked',
          seen: `${counted(online, 'agent')} logged in`,
          nextStep: 'Run this again when nobody is.',
        };
      }
      return rows.length === 0
        ? { state: 'fine', seen: 'no result, with nobody logged in' }
        : {
            // The code reads a zero as nobody, too.
            state: 'problem',
            seen: `${counted(rows.length, 'result')} with zero agents`,
            nextStep: 'Report this; decisions on calls are not affected.',
          };
    },
  },
  {
    id: 'metrics-oldest-contact',
    title: 'The age of the oldest contact is in seconds with groupings, in milliseconds without',
    permissions: PERMISSIONS,
    async ask(account, stage) {
      const seconds = Math.max(0, ...(await grouped(account, stage)).map((row) => metricOf(row, 'OLDEST_CONTACT_AGE')));
      const [row] = await metrics(account, stage, []);
      const milliseconds = row ? metricOf(row, 'OLDEST_CONTACT_AGE') : 0;
      if (seconds === 0 || milliseconds === 0) {
        return { state: 'unchecked', seen: 'nobody waits in a queue', nextStep: 'Run this again while somebody does.' };
      }
      const ratio = milliseconds / seconds;
      const seen = `${seconds} with groupings, ${milliseconds} without`;
      return ratio > 500 && ratio < 2_000
        ? { state: 'fine', seen }
        : { state: 'problem', seen, nextStep: 'Report this; nothing that places calls reads it.' };
    },
  },
];

type Row = Awaited<ReturnType<typeof metrics>>[number];

const grouped = (account: Account, stage: CheckedStage) =>
  once(account, 'metrics', () => metrics(account, stage, ['QUEUE']));

const NAMES: readonly CurrentMetricName[] = ['AGENTS_ONLINE', 'AGENTS_AVAILABLE', 'OLDEST_CONTACT_AGE'];

async function metrics(account: Account, stage: CheckedStage, Groupings: 'QUEUE'[]) {
  const { instanceId: InstanceId, queues } = await idsOf(account, stage);
  const { MetricResults = [] } = await account.connect.send(
    new GetCurrentMetricDataCommand({
      InstanceId,
      Filters: { Queues: Object.values(queues), Channels: ['VOICE'] },
      Groupings,
      CurrentMetrics: NAMES.map((Name) => ({ Name, Unit: Name === 'OLDEST_CONTACT_AGE' ? 'SECONDS' : 'COUNT' })),
    }),
  );
  return MetricResults;
}

const metricOf = ({ Collections = [] }: Row, name: CurrentMetricName): number =>
  Collections.find(({ Metric }) => Metric?.Name === name)?.Value ?? 0;
